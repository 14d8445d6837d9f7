/** Keeps what changes, in the background. */
export interface SaveQueue {
  /**
   * Asks for something to be written; what was asked for under the same name and has not begun yet is left out.
   *
   * @param write is called when its turn comes, and so writes what stands then
   */
  save(name: string, write: () => Promise<void>): void;
  /** Forgets what waits under a name, or has failed: there is nothing to be written any more. */
  drop(name: string): void;
  /** Whether all that was asked for is written. */
  isSaved(): boolean;
  /** Waits until nothing is under way. What failed is not tried again before the next is asked for. */
  settled(): Promise<void>;
}

/**
 * Writes one thing after the other.
 *
 * @param onChange called whenever something was written, with null, or failed, with what went wrong
 */
export function saveQueue(onChange: (problem: unknown) => void): SaveQueue {
  const waiting = new Map<string, () => Promise<void>>();
  let failed = new Map<string, () => Promise<void>>();
  let running: Promise<void> | null = null;
  let isWriting = false;

  async function run(): Promise<void> {
    for (let next = waiting.entries().next().value; next; next = waiting.entries().next().value) {
      const [name, write] = next;
      waiting.delete(name);
      isWriting = true;
      let found: unknown = null;
      try {
        await write();
      } catch (problem) {
        failed.set(name, write);
        found = problem;
      }
      isWriting = false;
      onChange(found);
    }
    running = null;
  }

  return {
    save(name, write) {
      // There may be room by now for what found none.
      for (const [other, again] of failed) if (!waiting.has(other)) waiting.set(other, again);
      failed = new Map();
      waiting.set(name, write);
      running ??= run();
    },
    drop(name) {
      waiting.delete(name);
      failed.delete(name);
    },
    isSaved: () => !isWriting && waiting.size === 0 && failed.size === 0,
    async settled() {
      while (running) await running;
    }
  };
}
