import {FormatError} from "../formats/format-error.js";

/**
 * Named items, each after those that it reads; names that are no item's are passed over. Depth first, without recursion: a graph can be
 * thousands deep.
 *
 * @throws FormatError where one depends on itself
 */
export function* inOrder<T>(items: ReadonlyMap<string, T>, inputsOf: (item: T) => readonly string[]): Generator<[string, T]> {
  const state = new Map<string, "open" | "done">();
  for (const root of items.keys()) {
    const stack = [root];
    while (stack.length > 0) {
      const name = stack.at(-1)!;
      const item = items.get(name);
      if (item === undefined || state.get(name) === "done") {
        stack.pop();
      } else if (state.get(name) === "open") {
        state.set(name, "done");
        stack.pop();
        yield [name, item];
      } else {
        state.set(name, "open");
        for (const input of inputsOf(item)) {
          if (state.get(input) === "open") throw new FormatError(`The graph is damaged: "${input}" depends on itself.`);
          if (state.get(input) !== "done") stack.push(input);
        }
      }
    }
  }
}
