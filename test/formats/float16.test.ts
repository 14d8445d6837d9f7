import {getFloat16 as byPackage} from "@petamoriken/float16";
import {expect, it} from "vitest";
import {getFloat16} from "../../src/formats/float16.js";

it("is what the package reads, at every pattern of bits and in both orders of bytes", () => {
  const view = new DataView(new ArrayBuffer(2));
  const wrong: number[] = [];
  for (let bits = 0; bits < 2 ** 16; bits++) {
    view.setUint16(0, bits);
    for (const littleEndian of [false, true])
      if (!Object.is(getFloat16(view, 0, littleEndian), byPackage(view, 0, littleEndian))) wrong.push(bits);
  }
  expect(wrong).toEqual([]);
});
