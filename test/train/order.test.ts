import {expect, it} from "vitest";
import {batchAt, chanceFor} from "../../src/train/order.js";

it("shows each photo once before any again, in another order each round and for each seed", () => {
  const [count, batch] = [6, 4];
  const rounds = (seed: number) => {
    const all = Array.from({length: 6}, (_, step) => batchAt(seed, step, batch, count)).flat();
    return Array.from({length: 4}, (_, round) => all.slice(round * count, (round + 1) * count));
  };
  for (const round of rounds(1)) expect(round.toSorted()).toEqual([0, 1, 2, 3, 4, 5]);
  expect(new Set([...rounds(1), ...rounds(2)].map(String)).size).toBeGreaterThan(6);
  // A step's batch follows from its number alone.
  expect(batchAt(1, 4, batch, count)).toEqual(batchAt(1, 4, batch, count));
});

it("draws other numbers for other uses, and the same for the same", () => {
  const first = (...use: number[]) => chanceFor(5, ...use)();
  expect(first(3, 1)).toBe(first(3, 1));
  const drawn = Array.from({length: 400}, (_, i) => first(Math.floor(i / 4), i % 4));
  expect(new Set(drawn).size).toBe(400);
  expect(drawn.reduce((a, b) => a + b) / 400).toBeCloseTo(0.5, 1);
});
