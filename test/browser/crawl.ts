import path from "node:path";
import {JSDOM} from "jsdom";

/** What an answer is by its ending: a server that sends an index for all that it lacks is found out. */
const TYPES: Readonly<Record<string, RegExp>> = {
  ".js": /javascript/,
  ".css": /^text\/css/,
  ".html": /^text\/html/,
  ".json": /json/,
  ".wasm": /wasm|octet-stream/
};
/** As many questions at once as a browser asks of a host, or so: the plainest server takes no more. */
const AT_ONCE = 8;

/**
 * Asks for addresses, and from pages among them for all that these name within the site.
 *
 * @param site its address, with a slash at the end
 * @param files of the site to begin with
 * @returns what did not come as what it should be, and all pages that did
 */
export async function crawl(site: string, files: readonly string[]): Promise<{failed: string[]; pages: string[]}> {
  const failed: string[] = [];
  const pages: string[] = [];
  const waiting = files.map((file) => site + file);
  const known = new Set(waiting);
  await Promise.all(Array.from({length: AT_ONCE}, follow));
  return {failed, pages};

  async function follow(): Promise<void> {
    for (let address = waiting.shift(); address !== undefined; address = waiting.shift()) {
      const isPage = /(?:\/|\.html)$/.test(address);
      const answer = await fetch(address, {method: isPage ? "GET" : "HEAD"});
      const type = TYPES[isPage ? ".html" : path.extname(address)];
      if (answer.status !== 200 || type?.test(answer.headers.get("content-type") ?? "") === false) {
        failed.push(`${address}: ${answer.status}, ${answer.headers.get("content-type")}`);
      } else if (isPage) {
        pages.push(address.slice(site.length));
        for (const link of linksOf(await answer.text())) {
          const to = new URL(link, address).href.replace(/[?#].*$/, "");
          if (!to.startsWith(site) || known.has(to)) continue;
          known.add(to);
          waiting.push(to);
        }
      }
    }
  }
}

/** Addresses that a page names: of elements, of its scripts, of files that its cells ask for. */
function linksOf(html: string): string[] {
  const {document} = new JSDOM(html).window;
  const named = [...document.querySelectorAll("[href], [src]")].map(
    (element) => element.getAttribute("href") ?? element.getAttribute("src")!
  );
  const inline = [...document.querySelectorAll("script:not([src])")].map((script) => script.textContent).join("\n");
  const said = [...inline.matchAll(/(?:\bfrom |\bimport |\bimport\(|"path":)"(\.\/[^"]+)"/g)].map(([, link]) => link!);
  return [...named, ...said].filter((link) => !/^(?:data|https?|mailto|blob):/.test(link));
}
