/**
 * Keeps what readers used of this site, so that the next visit needs no network, and adds two headers to its answers, so that pages are
 * cross-origin isolated and WebAssembly may use threads where the host cannot be told to send them (GitHub Pages).
 *
 * Each build has a cache of its own. A new one takes over what did not change and fetches the rest of what was kept while the reader goes
 * on; pages of the build before find their files in its cache still, the one before that is deleted. A deployment looks at caches of its
 * own address alone.
 */

/** What the build makes of this: the files of the site by address, with sizes and digests. Empty in a preview, where nothing is kept. */
const BUILD = {version: "", files: {}};

const SITE = self.registration.scope;
/** No address has a space in it: none of these begins with another site's. */
const PREFIX = `deeplab-workbench ${SITE} `;
const CACHE = PREFIX + BUILD.version;
/** Where a cache keeps the digests of its build. */
const DIGESTS = `${SITE}.digests`;

self.addEventListener("install", (event) => {
  self.skipWaiting();
  event.waitUntil(
    takeOver().catch(async (reason) => {
      // The next build takes over what the one before kept, not the half of it.
      await caches.delete(CACHE);
      throw reason;
    })
  );
});

// No client is claimed: a page that began without this goes on without it, and so does what its worker is fetching just now.
self.addEventListener("activate", (event) => event.waitUntil(deleteOld()));

self.addEventListener("fetch", (event) => {
  const {request} = event;
  if (!request.url.startsWith(SITE)) return;
  if (request.cache === "only-if-cached" && request.mode !== "same-origin") return;
  // Whatever fails here, as caches may in a private window, the network is left: a page never stands or falls with this.
  event.respondWith(answer(event).catch(() => fetch(request)));
});

const ASKED = {
  /** Keeps the named ones of the site's files. */
  keep: ({addresses}) => keep(addresses.map(fileOf)),
  all: (_, tell) => keep(Object.keys(BUILD.files), tell),
  remove,
  kept: () => kept()
};

self.addEventListener("message", (event) => {
  const {data, ports} = event;
  const tell = (answer) => ports[0]?.postMessage(answer);
  const work = ASKED[data?.what]?.(data, (kept) => tell({kept}));
  if (work)
    event.waitUntil(
      work.then(
        (done) => tell({done}),
        ({message}) => tell({error: message})
      )
    );
});

/** The site's file that an address means, as hosts answer it: `workbench.html` for `.../workbench?model=nano`; undefined for none. */
function fileOf(address) {
  if (!address.startsWith(SITE)) return undefined;
  const path = new URL(address).pathname.slice(new URL(SITE).pathname.length);
  return [path, `${path}.html`, `${path}index.html`].find((file) => Object.hasOwn(BUILD.files, file));
}

async function answer(event) {
  const {request} = event;
  const file = request.method === "GET" && !request.headers.has("range") ? fileOf(request.url) : undefined;
  if (file !== undefined) return isolated((await found(file)) ?? (await fetched(event, file)));
  const [{value: network, reason}] = await Promise.allSettled([fetch(request)]);
  if (network?.ok) return isolated(network);
  // A page of the build before asks for a file of that: the host may no longer have it.
  const old = request.method === "GET" ? await caches.match(request.url, {ignoreVary: true}) : undefined;
  if (!old && !network) throw reason;
  return isolated(old ?? network);
}

/** A file of this build that is kept; none where the browser gives no caches, as in some private windows. */
async function found(file) {
  const cache = await caches.open(CACHE).catch(() => undefined);
  return cache?.match(SITE + file, {ignoreVary: true});
}

/** Fetches a file of this build, and keeps it. */
async function fetched(event, file) {
  // Not every host answers an address without its ending.
  const answer = await fetch(event.request.mode === "navigate" ? SITE + file : event.request);
  if (brings(answer, file)) {
    const copy = answer.clone();
    event.waitUntil(
      caches.open(CACHE).then(
        (cache) => putIfThereIsRoom(cache, SITE + file, copy),
        () => {}
      )
    );
  }
  return answer;
}

/** Whether an answer is the file that was asked for: it may stand elsewhere, as without its ending, but a page to log in is another. */
function brings({status, url}, file) {
  return status === 200 && fileOf(url) === file;
}

/** What finds no room in a cache comes over the network again. */
async function putIfThereIsRoom(cache, address, answer) {
  await cache.put(address, answer).catch(() => {});
}

/** Keeps files of this build that are not kept yet, one after the other. @returns how much is kept then */
async function keep(files, tell = () => {}) {
  const cache = await caches.open(CACHE);
  const here = await filesIn(cache);
  for (const file of new Set(files)) {
    if (file === undefined || here.has(file)) continue;
    const answer = await fetch(SITE + file);
    if (!brings(answer, file))
      throw new Error(`The server answered ${answer.status} for ${file}${answer.redirected ? `, from ${answer.url}` : ""}.`);
    await cache.put(SITE + file, answer);
    here.add(file);
    tell(amountOf(here));
  }
  return kept();
}

async function kept() {
  return amountOf(await filesIn(await caches.open(CACHE)));
}

/** The files of this build that a cache holds. */
async function filesIn(cache) {
  const files = (await cache.keys()).map(({url}) => url.slice(SITE.length));
  return new Set(files.filter((file) => Object.hasOwn(BUILD.files, file)));
}

/** How many files and bytes some of this build's are, and of how many. */
function amountOf(files) {
  const bytesOf = (names) => names.reduce((sum, file) => sum + BUILD.files[file].bytes, 0);
  const all = Object.keys(BUILD.files);
  return {files: files.size, bytes: bytesOf([...files]), ofFiles: all.length, ofBytes: bytesOf(all)};
}

async function remove() {
  const cache = await caches.open(CACHE);
  for (const request of await cache.keys()) if (request.url !== DIGESTS) await cache.delete(request);
  return kept();
}

/** This site's caches, the oldest first. */
async function ownCaches() {
  return (await caches.keys()).filter((name) => name.startsWith(PREFIX));
}

/** Puts into this build's cache what that of the build before holds: what is the same as it is, what changed anew. */
async function takeOver() {
  const before = (await ownCaches()).filter((name) => name !== CACHE).at(-1);
  const cache = await caches.open(CACHE);
  await putIfThereIsRoom(cache, DIGESTS, new Response(JSON.stringify(BUILD.files)));
  if (before === undefined) return;
  const old = await caches.open(before);
  const digests = await (await old.match(DIGESTS))?.json();
  for (const request of await old.keys()) {
    const file = request.url.slice(SITE.length);
    const now = BUILD.files[file];
    if (now === undefined) continue;
    const same = digests?.[file]?.sha256 === now.sha256;
    const answer = same ? await old.match(request, {ignoreVary: true}) : await fetch(request.url, {cache: "no-cache"});
    if (brings(answer, file)) await putIfThereIsRoom(cache, request.url, answer);
  }
}

/** Deletes this site's caches but its own and the one before. */
async function deleteOld() {
  const others = (await ownCaches()).filter((name) => name !== CACHE);
  await Promise.all(others.slice(0, -1).map((name) => caches.delete(name)));
}

/** The same answer with the headers that allow threads. */
function isolated(response) {
  // Redirects that the browser follows itself cannot be given headers.
  if (response.status === 0 || response.type === "opaqueredirect") return response;
  const headers = new Headers(response.headers);
  headers.set("Cross-Origin-Opener-Policy", "same-origin");
  headers.set("Cross-Origin-Embedder-Policy", "require-corp");
  headers.set("Cross-Origin-Resource-Policy", "same-origin");
  const body = [101, 204, 205, 304].includes(response.status) ? null : response.body;
  return new Response(body, {status: response.status, statusText: response.statusText, headers});
}
