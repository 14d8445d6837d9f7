import {encode} from "fast-png";
import {describe, expect, it} from "vitest";
import {checkMask, decodeMask, idsIn} from "../../src/formats/mask-picture.js";

const palette = Array.from({length: 16}, (_, i) => [i * 16, 255 - i, 7]);

describe("decodeMask", () => {
  it("gives the raw indices of a palette PNG", () => {
    const bytes = encode({width: 2, height: 2, data: Uint8Array.from([0, 15, 5, 1]), channels: 1, depth: 8, palette});
    expect(decodeMask(bytes, "m.png")).toEqual({width: 2, height: 2, ids: Uint8Array.from([0, 15, 5, 1])});
  });

  it("unpacks indices of less than a byte, row by row", () => {
    // Three pixels of 4 bits a row: a byte and a half, then padding.
    const bytes = encode({width: 3, height: 2, data: Uint8Array.from([0x12, 0x30, 0x4f, 0x60]), channels: 1, depth: 4, palette});
    expect([...decodeMask(bytes, "m.png").ids]).toEqual([1, 2, 3, 4, 15, 6]);
  });

  it("gives the values of a grey PNG", () => {
    const bytes = encode({width: 2, height: 1, data: Uint8Array.from([1, 255]), channels: 1, depth: 8});
    expect([...decodeMask(bytes, "m.png").ids]).toEqual([1, 255]);
  });

  it("refuses colours, 16-bit values and files that are no PNG", () => {
    const colours = encode({width: 1, height: 1, data: Uint8Array.from([1, 2, 3]), channels: 3, depth: 8});
    expect(() => decodeMask(colours, "m.png")).toThrow("The mask m.png holds colours");
    const deep = encode({width: 1, height: 1, data: Uint16Array.from([300]), channels: 1, depth: 16});
    expect(() => decodeMask(deep, "m.png")).toThrow("The mask m.png holds 16-bit values");
    expect(() => decodeMask(new Uint8Array(20), "m.png")).toThrow("The mask m.png is not a PNG file.");
    expect(() => decodeMask(colours.subarray(0, 40), "m.png")).toThrow("The mask m.png cannot be decoded");
  });
});

describe("checkMask", () => {
  const mask = {width: 2, height: 1, ids: Uint8Array.from([1, 255])};

  it("passes ids below the number of classes and 255", () => {
    expect(() => checkMask(mask, {width: 2, height: 1}, 2, "a")).not.toThrow();
    expect(idsIn(mask)).toEqual([1, 255]);
  });

  it("names sizes that differ and ids beyond the classes", () => {
    expect(() => checkMask(mask, {width: 1, height: 2}, 2, "a")).toThrow('The mask of "a" is 2x1 pixels, its photo 1x2.');
    expect(() => checkMask(mask, {width: 2, height: 1}, 1, "a")).toThrow(
      'The mask of "a" holds ids that are no class of the model: 1; it has 1 classes, 0 to 0, and 255 for ignored pixels.'
    );
  });
});
