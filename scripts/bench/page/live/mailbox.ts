/** Where values wait for those who take them, or those for the values. */
export interface Mailbox<T> {
  put(value: T): void;
  take(): Promise<T>;
  /** From now on nothing comes any more: who takes is told why. */
  fail(reason: unknown): void;
}

export function mailbox<T>(): Mailbox<T> {
  const values: T[] = [];
  const takers: {resolve(value: T): void; reject(reason: unknown): void}[] = [];
  let failed: {reason: unknown} | null = null;
  return {
    put(value) {
      const taker = takers.shift();
      if (taker) taker.resolve(value);
      else values.push(value);
    },
    take: () =>
      new Promise((resolve, reject) => {
        if (values.length > 0) resolve(values.shift()!);
        else if (failed) reject(failed.reason);
        else takers.push({resolve, reject});
      }),
    fail(reason) {
      failed = {reason};
      for (const {reject} of takers.splice(0)) reject(reason);
    }
  };
}
