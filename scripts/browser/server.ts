import {createServer} from "node:http";
import type {AddressInfo} from "node:net";
import sirv from "sirv";
import {ISOLATION} from "../site/serve.js";

/** What lies under an address: the files of a folder, or one file's content, which may have an encoding. */
export type Served =
  | {readonly folder: string}
  | {readonly content: string | Uint8Array; readonly type: string; readonly encoding?: "br"; readonly cache?: string};

export interface Server {
  /** Address of the root, without a slash at the end. */
  readonly url: string;
  close(): Promise<void>;
}

const HEADERS = {
  ...ISOLATION,
  "Cross-Origin-Resource-Policy": "same-origin",
  "Cache-Control": "no-store"
};

/**
 * Serves files to this machine only, at a free port of 127.0.0.1.
 *
 * @param routes by path; the path of a folder ends in "/"
 */
export async function serve(routes: Readonly<Record<string, Served>>): Promise<Server> {
  const mounts = Object.entries(routes).flatMap(([prefix, served]) =>
    "folder" in served ? [{prefix, handle: sirv(served.folder, {dev: true})}] : []
  );
  const server = createServer((request, response) => {
    for (const [name, value] of Object.entries(HEADERS)) response.setHeader(name, value);
    const {pathname} = new URL(request.url ?? "/", "http://localhost");
    const served = routes[pathname];
    if (served && "content" in served) {
      response.setHeader("Content-Type", served.type);
      if (served.encoding) response.setHeader("Content-Encoding", served.encoding);
      if (served.cache) response.setHeader("Cache-Control", served.cache);
      response.end(served.content);
      return;
    }
    const notFound = () => {
      response.statusCode = 404;
      response.end();
    };
    const mount = mounts.find(({prefix}) => pathname.startsWith(prefix));
    if (!mount) return notFound();
    request.url = pathname.slice(mount.prefix.length - 1);
    mount.handle(request, response, notFound);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const {port} = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      })
  };
}
