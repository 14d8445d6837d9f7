import {describe, expect, it} from "vitest";
import {simplified, simplifiedTo} from "../../../src/engine/labels/polyline.js";
import {pseudoRandom} from "../../../src/engine/seeded.js";

describe("simplified", () => {
  it("keeps only the corners of a line drawn point by point", () => {
    const along = Array.from({length: 11}, (_, i) => [i, 0] as const);
    const down = Array.from({length: 10}, (_, i) => [10, i + 1] as const);
    expect(simplified([...along, ...down], 0.1)).toEqual([
      [0, 0],
      [10, 0],
      [10, 10]
    ]);
  });
  it("keeps lines of one and two points, and one that comes back to where it began", () => {
    expect(simplified([[1, 2]], 5)).toEqual([[1, 2]]);
    expect(
      simplified(
        [
          [1, 2],
          [1, 2]
        ],
        5
      )
    ).toEqual([
      [1, 2],
      [1, 2]
    ]);
    expect(
      simplified(
        [
          [0, 0],
          [9, 0],
          [0, 0]
        ],
        1
      )
    ).toEqual([
      [0, 0],
      [9, 0],
      [0, 0]
    ]);
  });
  it("leaves no point of a wild line farther away than the tolerance", () => {
    const random = pseudoRandom(3);
    let at = [0, 0] as readonly [number, number];
    const line = Array.from({length: 400}, () => (at = [at[0] + random() * 4 - 1, at[1] + random() * 4 - 2]));
    const few = simplified(line, 3);
    expect(few.length).toBeLessThan(line.length / 4);
    for (const [x, y] of line) {
      // The nearest of many points along each part, which is farther away than the part itself.
      const distance = Math.min(
        ...few
          .slice(1)
          .flatMap((to, i) =>
            Array.from({length: 201}, (_, k) =>
              Math.hypot(few[i]![0] + ((to[0] - few[i]![0]) * k) / 200 - x, few[i]![1] + ((to[1] - few[i]![1]) * k) / 200 - y)
            )
          )
      );
      expect(distance).toBeLessThanOrEqual(3.1);
    }
  });
});

it("simplifiedTo lets the tolerance grow until few enough points are left", () => {
  const zigzag = Array.from({length: 100}, (_, i) => [i, i % 2 === 0 ? 0 : 10] as const);
  expect(simplifiedTo(zigzag, 100, 1)).toHaveLength(100);
  const few = simplifiedTo(zigzag, 12, 1);
  expect(few.length).toBeLessThanOrEqual(12);
  expect([few[0], few.at(-1)]).toEqual([zigzag[0], zigzag.at(-1)]);
});
