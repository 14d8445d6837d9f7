/** Framework's preview marks its modules with a hash in the query, and serves files under another path than a built site. */
const PREVIEW = new URL(import.meta.url).searchParams.has("sha");

const ROOT = new URL(PREVIEW ? "../_file/" : "../", import.meta.url);

/** Address of a file that the site serves under a fixed name, e.g. `data/models/nano.safetensors`, wherever it is hosted. */
export function siteUrl(path: string): string {
  return new URL(path, ROOT).href;
}

/**
 * The name under which this site keeps something in the browser, which it shares with whatever else stands at its origin: another
 * deployment, under another path, has names of its own.
 */
export function keptAs(name: string): string {
  return name + (PREVIEW || !ROOT.protocol.startsWith("http") ? "" : keptFor(ROOT.pathname));
}

/** What a path adds to such a name: at the root of a host, where most sites stand, nothing. */
export function keptFor(pathname: string): string {
  return pathname === "/" ? "" : `@${encodeURIComponent(pathname)}`;
}

/** Address of a page of the site (`/`, `/aspp`) from any of them: the whole name of its file, to which not every host adds. */
export function pageAddress(path: string): string {
  return `.${path === "/" ? "/index" : path}.html`;
}
