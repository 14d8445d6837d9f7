import {expect, it} from "vitest";
import {intKeys} from "../../../src/engine/crf/int-keys.js";
import {pseudoRandom} from "../../../src/engine/seeded.js";

it("numbers lists in the order they came, each once, also beyond the expected number", () => {
  const next = pseudoRandom(1);
  const keys = intKeys(3, 2);
  const numbers = new Map<string, number>();
  const found: number[] = [];
  const expected: number[] = [];
  for (let i = 0; i < 3000; i++) {
    const key = Int32Array.from({length: 3}, () => Math.floor(14 * next()) - 7);
    const number = numbers.get(key.join());
    expected.push(number ?? -1, number ?? numbers.size);
    found.push(keys.find(key), keys.add(key));
    numbers.set(key.join(), number ?? numbers.size);
  }
  expect(found).toEqual(expected);
  expect(keys.size).toBe(numbers.size);
  const read = Array.from({length: keys.size}, (_, number) => {
    const key = new Int32Array(3);
    keys.read(number, key);
    return key.join();
  });
  expect(read).toEqual([...numbers.keys()]);
});
