/** Lets the page draw, and answer the reader, before what is left of a piece of work. */
export function nextTask(): Promise<void> {
  const {scheduler} = globalThis as {readonly scheduler?: {readonly yield?: () => Promise<void>}};
  return scheduler?.yield?.() ?? new Promise((resolve) => setTimeout(resolve));
}
