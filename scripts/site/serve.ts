import {createReadStream} from "node:fs";
import {createServer} from "node:http";
import type {Server} from "node:http";
import type {AddressInfo} from "node:net";
import path from "node:path";
import sirv from "sirv";

/** With these a page may use shared memory, and so threads in WebAssembly. */
export const ISOLATION = {
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp"
} as const;

export interface ServeOptions {
  /** Folder to serve. */
  readonly folder: string;
  /** 0 takes any free port. */
  readonly port: number;
  readonly host?: string;
  /** Path under which the site stands, e.g. `/deeplab`; the root by default. */
  readonly base?: string;
  /** Whether to send the headers that allow threads; on by default. */
  readonly isolated?: boolean;
}

/** Folders of the built site in which a file's name changes with its content. */
const NAMED_BY_CONTENT = /^\/_(?:app|file|import|observablehq)\//;
/** Those of files that are large and seldom change. */
const SELDOM_CHANGES = /^\/(?:data|vendor)\/.*\.(?:safetensors|jpg|wasm|css|woff2)$/;

/** How long a browser may take a file from its cache: ten minutes is what GitHub Pages says of everything. */
function cacheControl(address: string): string {
  if (NAMED_BY_CONTENT.test(address)) return "max-age=31536000, immutable";
  return SELDOM_CHANGES.test(address) ? "max-age=600" : "no-cache";
}

/**
 * Serves a folder of static files.
 *
 * @returns the server and its address, without a slash at the end
 * @throws Error with code EADDRINUSE when the port is taken
 */
export async function serve({
  folder,
  port,
  host = "127.0.0.1",
  base = "",
  isolated = true
}: ServeOptions): Promise<{server: Server; url: string}> {
  const files = sirv(folder, {
    dev: true,
    etag: true,
    brotli: true,
    gzip: true,
    extensions: ["html"],
    setHeaders: (response, address) => {
      response.setHeader("Cache-Control", cacheControl(address));
      if (isolated) for (const [name, value] of Object.entries(ISOLATION)) response.setHeader(name, value);
    }
  });
  const server = createServer((request, response) => {
    const notFound = () => {
      response.writeHead(404, {"Content-Type": "text/html;charset=utf-8"});
      const page = createReadStream(path.join(folder, "404.html")).on("error", () => response.end("Not found"));
      page.pipe(response);
    };
    if (!request.url?.startsWith(`${base}/`)) return notFound();
    request.url = request.url.slice(base.length);
    files(request, response, notFound);
  });
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(port, host, resolve));
  const {port: taken} = server.address() as AddressInfo;
  return {server, url: `http://${host === "127.0.0.1" ? "localhost" : host}:${taken}${base}`};
}
