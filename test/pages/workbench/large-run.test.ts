import {expect, it} from "vitest";
import {atMost, smallerSize} from "../../../src/pages/workbench/large-run.js";
import {seconds} from "../../../src/lab/quantities.js";

const photo = {width: 513, height: 385};
const choice = {modelUrl: "", backend: "wasm", outputStride: 16, inputSize: 513} as const;
const forecast = {multiplyAdds: 40e9, bytes: 6e8, milliseconds: 20_000};

it("finds by what is told of a model that a run is small, so that nothing is asked for those that are", () => {
  const nano = {multiplyAdds: 0.4e9};
  expect(atMost(nano, photo, choice)).toBeLessThan(1e9);
  expect(atMost(nano, {width: 2048, height: 1536}, {...choice, inputSize: null})).toBeLessThan(2e10);
  expect(atMost({multiplyAdds: 54e9}, photo, choice)).toBeGreaterThan(40.9e9);
  // Finer features, and passes, multiply it.
  expect(atMost(nano, photo, {...choice, outputStride: 8})).toBe(4 * atMost(nano, photo, choice));
  expect(atMost(nano, photo, {...choice, averaging: {scales: [1], flip: true}})).toBe(2 * atMost(nano, photo, choice));
});

it("offers the largest size that is not long, or else the smallest", () => {
  expect(smallerSize({forecast, choice, photo})).toBe("321");
  expect(smallerSize({forecast: {...forecast, milliseconds: 5000}, choice, photo})).toBe("385");
  expect(smallerSize({forecast: {...forecast, multiplyAdds: 400e9, milliseconds: 2e6}, choice, photo})).toBe("257");
  expect(smallerSize({forecast, choice: {...choice, inputSize: 257}, photo})).toBeUndefined();
  expect(
    smallerSize({forecast: {...forecast, multiplyAdds: 20e9}, choice: {...choice, inputSize: null}, photo: {width: 4000, height: 3000}})
  ).toBe("769");
});

it("says long times as one would", () => {
  expect([900, 19_400, 300_000].map(seconds)).toEqual(["1 second", "19 seconds", "5 minutes"]);
});
