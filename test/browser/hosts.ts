import {spawn, spawnSync} from "node:child_process";
import type {ChildProcess} from "node:child_process";
import {existsSync} from "node:fs";
import {mkdir, mkdtemp, readFile, rm, stat, symlink, writeFile} from "node:fs/promises";
import {createServer} from "node:http";
import type {IncomingMessage, ServerResponse} from "node:http";
import type {AddressInfo} from "node:net";
import {tmpdir} from "node:os";
import path from "node:path";
import {serve} from "../../scripts/site/serve.js";

/** A server that the built site is put on. */
export interface Host {
  /** Where the site is, without a slash at the end. */
  readonly url: string;
  stop(): Promise<void>;
}

/** Milliseconds that another program may take until it answers. */
const PATIENCE = 10_000;
/** Below which path a class's site stands on a school's server. */
const SUB_PATH = "/class/deeplab";

/** What is there for `npm start`. */
export async function ours(folder: string): Promise<Host> {
  const {server, url} = await serve({folder, port: 0});
  return {url, stop: async () => void server.close()};
}

/** Python's own, the plainest there is: files and folders, under a sub-path. */
export async function python(folder: string): Promise<Host> {
  const root = await below(folder);
  const port = await freePort();
  const child = spawn("python3", ["-m", "http.server", String(port), "--bind", "127.0.0.1", "--directory", root], {stdio: "ignore"});
  return started(child, port, SUB_PATH, () => rm(root, {recursive: true}));
}

/** Whether nginx is installed here. */
export const hasNginx = spawnSync("nginx", ["-v"]).error === undefined;

/** nginx with what Debian's package sets, under a sub-path. */
export async function nginx(folder: string): Promise<Host> {
  const root = await below(folder);
  const port = await freePort();
  const config = path.join(root, "nginx.conf");
  const types = existsSync("/etc/nginx/mime.types") ? "include /etc/nginx/mime.types;" : "";
  // Started by root it would take another user, whom the folder is closed to.
  const user = process.getuid?.() === 0 ? "user root;" : "";
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((name) => `${name}_temp_path ${root}/${name};`).join(" ");
  await writeFile(
    config,
    `${user} daemon off; pid ${root}/pid; error_log stderr; events {}
     http { ${types} default_type application/octet-stream; access_log off; ${temporary}
       server { listen 127.0.0.1:${port}; root ${root}; index index.html; location / { try_files $uri $uri/ =404; } } }`
  );
  const child = spawn("nginx", ["-p", root, "-e", "stderr", "-c", config], {stdio: "ignore"});
  return started(child, port, SUB_PATH, () => rm(root, {recursive: true}));
}

/** A bucket that is told to be a site: the very keys, the folder's index, and a page for what is not there. */
export function bucket(folder: string): Promise<Host> {
  return simulated(
    "/a-bucket",
    async (key) => {
      const file = key === "" || key.endsWith("/") ? `${key}index.html` : key;
      return (await isFile(path.join(folder, file))) ? {status: 200, file} : {status: 404, file: "404.html"};
    },
    folder
  );
}

/** A bucket as it is: the very keys, and a sentence for programs for all that is no key. */
export function plainBucket(folder: string): Promise<Host> {
  const isKey = async (key: string) => isFile(path.join(folder, key));
  return simulated("/a-bucket", async (key) => ((await isKey(key)) ? {status: 200, file: key} : {status: 404, file: ".nojekyll"}), folder);
}

/** A branch that GitHub Pages publishes, rendered by Jekyll, under the project's name; readers may leave the endings of pages out. */
export async function pages(folder: string): Promise<Host> {
  const config = await readFile(path.join(folder, "_config.yml"), "utf8");
  const included = /^include: \[(.*)\]$/m.exec(config)![1]!.split(", ");
  const isPublished = (file: string) => file.split("/").every((part) => !/^[_.]/.test(part) || included.includes(part));
  return simulated(
    "/deeplab",
    async (address) => {
      for (const file of [address, `${address}.html`, `${address}index.html`])
        if (isPublished(file) && (await isFile(path.join(folder, file)))) return {status: 200, file};
      return {status: 404, file: "404.html"};
    },
    folder
  );
}

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".css": "text/css",
  ".json": "application/json",
  ".wasm": "application/wasm",
  ".jpg": "image/jpeg",
  ".png": "image/png"
};

async function simulated(
  base: string,
  answer: (address: string) => Promise<{readonly status: number; readonly file: string}>,
  folder: string
): Promise<Host> {
  const respond = async (request: IncomingMessage, response: ServerResponse) => {
    const {pathname} = new URL(request.url!, "http://localhost");
    if (!pathname.startsWith(`${base}/`)) return void response.writeHead(404).end();
    const {status, file} = await answer(decodeURIComponent(pathname.slice(base.length + 1)));
    response.writeHead(status, {"Content-Type": TYPES[path.extname(file)] ?? "application/octet-stream"});
    response.end(request.method === "HEAD" ? undefined : await readFile(path.join(folder, file)));
  };
  const server = createServer((request, response) => void respond(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const {port} = server.address() as AddressInfo;
  return {url: `http://localhost:${port}${base}`, stop: async () => void server.close()};
}

async function isFile(file: string): Promise<boolean> {
  return stat(file).then(
    (found) => found.isFile(),
    () => false
  );
}

/** A folder in which the site stands under a sub-path. */
async function below(folder: string): Promise<string> {
  const root = await mkdtemp(path.join(tmpdir(), "deeplab-host-"));
  await mkdir(path.join(root, path.dirname(SUB_PATH)));
  await symlink(folder, path.join(root, SUB_PATH));
  return root;
}

/** A port that nobody has. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const {port} = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/**
 * A server of another program, once it answers.
 *
 * @param end does what is to be done once it has ended
 */
export async function started(child: ChildProcess, port: number, base = "", end = async () => {}): Promise<Host> {
  const stop = async () => {
    const ended = new Promise((resolve) => child.once("exit", resolve));
    if (child.kill()) await ended;
    await end();
  };
  const until = performance.now() + PATIENCE;
  for (;;) {
    try {
      await fetch(`http://127.0.0.1:${port}${base}/`, {method: "HEAD"});
      return {url: `http://localhost:${port}${base}`, stop};
    } catch (reason) {
      if (performance.now() > until) {
        await stop();
        throw reason;
      }
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}
