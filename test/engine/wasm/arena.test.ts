import {describe, expect, it} from "vitest";
import {pseudoRandom} from "../../../src/engine/seeded.js";
import {laidOut} from "../../../src/engine/wasm/arena.js";
import type {Lifetime} from "../../../src/engine/wasm/arena.js";

describe("an arena", () => {
  it("gives what is there at the same time places of its own, and is no larger than all together", () => {
    const next = pseudoRandom(5);
    const whole = (most: number) => Math.floor(next() * most);
    for (let round = 0; round < 50; round++) {
      const lifetimes = Array.from({length: 1 + whole(30)}, (): Lifetime => {
        const from = whole(20);
        return {bytes: 1 + whole(1000), from, to: from + whole(6)};
      });
      const {places, bytes} = laidOut(lifetimes);
      lifetimes.forEach((a, i) => {
        expect(places[i]! % 64).toBe(0);
        expect(places[i]! + a.bytes).toBeLessThanOrEqual(bytes);
        for (const [j, b] of lifetimes.entries()) {
          if (j <= i || a.from > b.to || b.from > a.to) continue;
          expect(places[i]! + a.bytes <= places[j]! || places[j]! + b.bytes <= places[i]!, `${i} and ${j}`).toBe(true);
        }
      });
      expect(bytes).toBeLessThanOrEqual(lifetimes.reduce((sum, lifetime) => sum + Math.ceil(lifetime.bytes / 64) * 64, 0));
    }
  });

  it("puts one after the other where they share nothing in time", () => {
    const {places, bytes} = laidOut([
      {bytes: 100, from: 0, to: 1},
      {bytes: 100, from: 2, to: 3}
    ]);
    expect([...places, bytes]).toEqual([0, 0, 128]);
  });
});
