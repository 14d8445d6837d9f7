import {createHash} from "node:crypto";

/** Where the policy stands: before everything that it is about. */
const AFTER = '<meta charset="utf-8">';
/** A script that stands in the page itself. */
const INLINE_SCRIPT = /<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/g;
/** The page whose cells are programs that the reader, or whoever sent a link, wrote. */
const OF_CELLS = "notebook.html";

/**
 * A page that says itself what it may load, run and ask, so that it is kept to that on the dullest of hosts: files and connections of its
 * own origin, and of scripts in the page only those that the build put there.
 *
 * Another host is asked by a worker alone, once the reader wants it (`src/worker/elsewhere.ts`): a worker has the policy of its own file,
 * and a page's can be relaxed for nothing later. The worker of the notebook's cells is made from a blob, so that it has its page's.
 *
 * @param html a built page, to which nothing is added afterwards
 * @param file its name in the site
 * @throws Error where the page has no place for it
 */
export function withPolicy(html: string, file: string): string {
  if (!html.includes(AFTER)) throw new Error(`${file} has no place for its Content-Security-Policy.`);
  return html.replace(AFTER, (place) => `${place}\n<meta http-equiv="Content-Security-Policy" content="${policyOf(html, file)}">`);
}

function policyOf(html: string, file: string): string {
  const hashes = new Set([...html.matchAll(INLINE_SCRIPT)].map(([, script]) => `'sha256-${sha256(script!)}'`));
  const isOfCells = file === OF_CELLS;
  const directives: Readonly<Record<string, readonly string[]>> = {
    "default-src": ["'self'"],
    // Cells are compiled where they run, and TensorFlow.js starts its threads from blobs there.
    "script-src": ["'self'", "'wasm-unsafe-eval'", ...(isOfCells ? ["'unsafe-eval'", "blob:"] : []), ...hashes],
    "worker-src": ["'self'", ...(isOfCells ? ["blob:"] : [])],
    // Views set sizes and colours in `style`; what a style could ask for is of this origin too.
    "style-src": ["'self'", "'unsafe-inline'"],
    "img-src": ["'self'", "data:", "blob:"],
    "media-src": ["'self'", "blob:"],
    "connect-src": ["'self'", "data:", "blob:"],
    "object-src": ["'none'"],
    "frame-src": ["'none'"],
    "base-uri": ["'none'"],
    "form-action": ["'none'"]
  };
  return Object.entries(directives)
    .map(([name, sources]) => [name, ...sources].join(" "))
    .join("; ");
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("base64");
}
