/**
 * A part of the site's program that is loaded when it is needed.
 *
 * @param load imports it
 * @throws Error with a sentence for the reader when it does not come
 */
export async function part<T>(load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (reason) {
    throw new Error("A part of this page could not be loaded. Check the connection to this site, then try again.", {
      cause: reason
    });
  }
}
