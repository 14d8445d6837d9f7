/** Milliseconds within which a browser that keeps something answers; some never do, and say nothing. */
const PATIENCE = 3000;

/**
 * What is answered by who may never do so: a store of the browser, an engine that hangs.
 *
 * @param patience milliseconds that are waited
 * @throws DOMException "TimeoutError" where nothing came in time
 */
export async function inTime<T>(answer: Promise<T>, patience = PATIENCE): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new DOMException("The browser does not answer.", "TimeoutError")), patience);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}
