import {expect, it} from "vitest";
import {newArrival} from "../../src/worker/arrival.js";

it("tells bytes at once, seconds once the speed is known, and none when it is nearly done", () => {
  let time = 0;
  const told = newArrival(2e6, () => time);
  const after = (milliseconds: number, received: number) => {
    time += milliseconds;
    return told(received);
  };
  expect(after(0, 100_000)).toBe("0.1 of 2.0 MB");
  expect(after(100, 120_000)).toBe("0.1 of 2.0 MB");
  // 200 kB a second.
  expect(after(900, 300_000)).toBe("0.3 of 2.0 MB, about 9 s more");
  expect(after(1000, 500_000)).toBe("0.5 of 2.0 MB, about 8 s more");
  expect(after(6000, 1_850_000)).toBe("1.9 of 2.0 MB");
  expect(after(500, 2e6)).toBe("2.0 of 2.0 MB");
});

it("forgets what came all at once, and tells of a line that got slower", () => {
  let time = 0;
  const told = newArrival(10e6, () => time);
  told(0);
  time = 600;
  expect(told(6e6)).toBe("6.0 of 10.0 MB");
  for (let second = 1; second <= 5; second++) {
    time = 600 + 1000 * second;
    told(6e6 + 100_000 * second);
  }
  expect(told(6.5e6)).toBe("6.5 of 10.0 MB, about 35 s more");
});

it("tells what is here where nobody says how much there will be", () => {
  expect(newArrival(0, () => 0)(1.26e6)).toBe("1.3 MB");
});
