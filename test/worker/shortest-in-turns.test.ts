import {afterEach, expect, it, vi} from "vitest";
import {shortestInTurns} from "../../src/worker/shortest-in-turns.js";

afterEach(() => void vi.restoreAllMocks());

/** Works that take the times given, run by run, on a clock of their own; and the order in which they were run. */
function works(...times: number[][]) {
  let now = 0;
  vi.spyOn(performance, "now").mockImplementation(() => now);
  const order: number[] = [];
  const counts = times.map(() => 0);
  const list = times.map((of, index) => async () => {
    order.push(index);
    now += of[counts[index]!++]!;
  });
  return {list, order};
}

it("runs the works in turns and takes the shortest of each: a busy second makes none of them the slowest", async () => {
  // Something else runs during the second round: one after the other, the first work would have had all of it.
  const {list, order} = works([10, 90, 11], [20, 95, 22], [41, 99, 40]);
  expect(await shortestInTurns(list, {most: 3, budget: 10_000})).toEqual({milliseconds: [10, 20, 40], runs: 3});
  expect(order).toEqual([0, 1, 2, 0, 1, 2, 0, 1, 2]);
});

it("begins no round that would not be done in time, but always the first", async () => {
  const {list} = works([400, 400, 400, 400], [600, 600, 600, 600]);
  expect((await shortestInTurns(list, {most: 9, budget: 3000})).runs).toBe(3);
  const slow = works([5000]);
  expect(await shortestInTurns(slow.list, {most: 9, budget: 3000})).toEqual({milliseconds: [5000], runs: 1});
});
