/** Does pieces of work one after the other. One that is cancelled while it waits is never begun. */
export type Queue = <T>(work: () => Promise<T>, signal?: AbortSignal) => Promise<T>;

export function newQueue(): Queue {
  let last: Promise<unknown> = Promise.resolve();
  return <T>(work: () => Promise<T>, signal?: AbortSignal) => {
    const mine = last.then(() => {
      signal?.throwIfAborted();
      return work();
    });
    last = mine.catch(() => {});
    return mine;
  };
}
