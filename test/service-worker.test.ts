import {readFile} from "node:fs/promises";
import path from "node:path";
import vm from "node:vm";
import {expect, it} from "vitest";

const SITE = "https://school.example/deeplab/";
const SOURCE = await readFile(path.join(import.meta.dirname, "../src/service-worker.js"), "utf8");
/** Digests of the files of three builds, each as large as its name is long. */
const FIRST = {"index.html": "a", "models/nano": "b"};
const SECOND = {"index.html": "c", "models/nano": "b"};
const THIRD = {"index.html": "d", "models/nano": "b"};

type Fetch = (address: string) => Response;

/** What the server answers: the address itself, as if it had been asked for there. */
const answered: Fetch = (address) => from(address, new Response(address));

function from(address: string, answer: Response): Response {
  return Object.defineProperty(answer, "url", {value: address});
}

/** A browser's caches, of which each answer takes its place for good where there is room. */
function browserCaches(hasRoom = () => true) {
  const all = new Map<string, Map<string, Response>>();
  const addressOf = (request: string | {url: string}) => (typeof request === "string" ? request : request.url);
  return {
    all,
    keys: () => Promise.resolve([...all.keys()]),
    delete: (name: string) => Promise.resolve(all.delete(name)),
    open(name: string) {
      const entries = all.get(name) ?? new Map<string, Response>();
      all.set(name, entries);
      return Promise.resolve({
        keys: () => Promise.resolve([...entries.keys()].map((url) => ({url}))),
        match(request: string | {url: string}) {
          const found = entries.get(addressOf(request));
          return Promise.resolve(found && from(found.url, found.clone()));
        },
        put(request: string | {url: string}, answer: Response) {
          if (!hasRoom()) return Promise.reject(new DOMException("Quota exceeded.", "QuotaExceededError"));
          entries.set(addressOf(request), answer);
          return Promise.resolve();
        }
      });
    }
  };
}

/** The service worker of a build that is installed over what the caches hold. */
async function installed(digests: Record<string, string>, caches: ReturnType<typeof browserCaches>, fetch: Fetch) {
  const files = Object.fromEntries(Object.entries(digests).map(([file, sha256]) => [file, {bytes: file.length, sha256}]));
  const listeners = new Map<string, (event: object) => void>();
  const self = {
    registration: {scope: SITE},
    skipWaiting: () => {},
    addEventListener: (type: string, listener: (event: object) => void) => listeners.set(type, listener)
  };
  const build = JSON.stringify({version: digests["index.html"], files});
  const script = SOURCE.replace('BUILD = {version: "", files: {}}', () => `BUILD = ${build}`);
  vm.runInNewContext(script, {
    self,
    caches,
    Headers,
    Response,
    URL,
    fetch: (asked: string | {url: string}) => new Promise((resolve) => resolve(fetch(typeof asked === "string" ? asked : asked.url)))
  });
  const dispatch = async (type: string, event: object = {}) => {
    let work: unknown;
    listeners.get(type)!({...event, waitUntil: (promise: unknown) => (work = promise)});
    await work;
  };
  await dispatch("install");
  await dispatch("activate");
  const ask = async (data: object): Promise<unknown[]> => {
    const told: unknown[] = [];
    await dispatch("message", {data, ports: [{postMessage: (answer: unknown) => told.push(answer)}]});
    return told;
  };
  /** What a page is answered at an address of the site. */
  const page = async (address: string): Promise<Response> => {
    let answer: Promise<Response> | undefined;
    const request = {url: address, method: "GET", mode: "navigate", headers: new Headers()};
    await dispatch("fetch", {request, respondWith: (promise: Promise<Response>) => (answer = promise)});
    return answer!;
  };
  return Object.assign(ask, {page});
}

const cacheOf = (version: string) => `deeplab-workbench ${SITE} ${version}`;
const textsIn = (entries: ReadonlyMap<string, Response> | undefined) =>
  Promise.all([...(entries ?? [])].filter(([url]) => !url.endsWith(".digests")).map(([, answer]) => answer.clone().text()));

it("keeps the whole site, and says after each file how much that is", async () => {
  const ask = await installed(FIRST, browserCaches(), answered);
  const amounts = [
    {files: 1, bytes: 10, ofFiles: 2, ofBytes: 21},
    {files: 2, bytes: 21, ofFiles: 2, ofBytes: 21}
  ];
  expect(await ask({what: "all"})).toEqual([{kept: amounts[0]}, {kept: amounts[1]}, {done: amounts[1]}]);
  expect(await ask({what: "all"})).toEqual([{done: amounts[1]}]);
});

it("keeps an answer from the same file's other address, and none from elsewhere", async () => {
  const redirected = (to: string) => () => Object.defineProperty(from(to, new Response("")), "redirected", {value: true});
  const clean = await installed(FIRST, browserCaches(), redirected(SITE));
  expect(await clean({what: "keep", addresses: [SITE]})).toContainEqual({done: expect.objectContaining({files: 1}) as unknown});
  const login = await installed(FIRST, browserCaches(), redirected("https://school.example/login"));
  expect(await login({what: "keep", addresses: [SITE]})).toEqual([
    {error: "The server answered 200 for index.html, from https://school.example/login."}
  ]);
});

it("a new build comes where there is no room for it, without what was kept", async () => {
  let hasRoom = true;
  const caches = browserCaches(() => hasRoom);
  await (
    await installed(FIRST, caches, answered)
  )({what: "all"});
  hasRoom = false;
  const ask = await installed(SECOND, caches, answered);
  expect(await ask({what: "kept"})).toEqual([{done: {files: 0, bytes: 0, ofFiles: 2, ofBytes: 21}}]);
});

it("a page comes over the network where the browser's caches fail, with the headers for threads", async () => {
  let isBroken = false;
  const caches = browserCaches();
  const open = caches.open.bind(caches);
  caches.open = (name) => (isBroken ? Promise.reject(new DOMException("The operation is insecure.", "SecurityError")) : open(name));
  const worker = await installed(FIRST, caches, answered);
  isBroken = true;
  const answer = await worker.page(`${SITE}index.html`);
  expect(await answer.text()).toBe(`${SITE}index.html`);
  expect(answer.headers.get("Cross-Origin-Embedder-Policy")).toBe("require-corp");
});

it("the build before can be put back: its files are its own again", async () => {
  const caches = browserCaches();
  const server =
    (build: string): Fetch =>
    (address) =>
      from(address, new Response(`${build} ${address.slice(SITE.length)}`));
  await (
    await installed(FIRST, caches, server("first"))
  )({what: "all"});
  await installed(SECOND, caches, server("second"));
  expect(await textsIn(caches.all.get(cacheOf("c")))).toEqual(["second index.html", "first models/nano"]);
  const back = await installed(FIRST, caches, server("first"));
  expect(await (await back.page(SITE)).text()).toBe("first index.html");
  expect([...caches.all.keys()].sort()).toEqual([cacheOf("a"), cacheOf("c")]);
});

it("a build that did not come whole leaves what the one before kept to the next", async () => {
  const caches = browserCaches();
  await (
    await installed(FIRST, caches, answered)
  )({what: "all"});
  const cut: Fetch = () => {
    throw new TypeError("Failed to fetch");
  };
  await expect(installed(SECOND, caches, cut)).rejects.toThrow("Failed to fetch");
  expect([...caches.all.keys()]).toEqual([cacheOf("a")]);
  await installed(THIRD, caches, (address) => from(address, new Response("anew")));
  expect(await textsIn(caches.all.get(cacheOf("d")))).toEqual(["anew", `${SITE}models/nano`]);
});
