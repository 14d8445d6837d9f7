/** Address of the site's root, wherever it is hosted. */
const ROOT = new URL("../../", import.meta.url);

/** Address of a file that the site serves under a fixed name, e.g. `data/models/nano.safetensors`. */
export function siteUrl(path: string): string {
  return new URL(path, ROOT).href;
}
