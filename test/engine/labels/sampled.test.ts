import {expect, it} from "vitest";
import {sampledLabels} from "../../../src/engine/labels/sampled.js";

it("takes the id at the middle of each cell", () => {
  // prettier-ignore
  const ids = Uint8Array.of(
     1,  2,  3,  4,  5,  6,
     7,  8,  9, 10, 11, 12,
    13, 14, 15, 16, 17, 18
  );
  const map = {width: 6, height: 3, ids};
  expect(sampledLabels(map, {width: 2, height: 1})).toEqual({width: 2, height: 1, ids: Uint8Array.of(8, 11)});
  expect(sampledLabels(map, {width: 6, height: 3})).toEqual(map);
});
