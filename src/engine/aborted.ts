/** Whether a rejection says only that work was ended because nobody wants it any more. */
export function isAborted(reason: unknown): boolean {
  return reason instanceof DOMException && reason.name === "AbortError";
}
