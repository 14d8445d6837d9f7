import {describe, expect, it} from "vitest";
import {fitInput} from "../../src/engine/preprocess.js";

describe("fitInput", () => {
  it("brings the long side to the size asked for and pads to 16k + 1", () => {
    expect(fitInput(375, 500, 513)).toEqual({resizedHeight: 385, resizedWidth: 513, height: 385, width: 513});
    expect(fitInput(480, 640, 257)).toEqual({resizedHeight: 193, resizedWidth: 257, height: 193, width: 257});
    expect(fitInput(333, 500, 513)).toEqual({resizedHeight: 342, resizedWidth: 513, height: 353, width: 513});
  });
  it("keeps the photo's own size when none is asked for", () => {
    expect(fitInput(300, 401, null)).toEqual({resizedHeight: 300, resizedWidth: 401, height: 305, width: 401});
  });
  it("takes the oddest photos", () => {
    expect(fitInput(1, 1, 513)).toMatchObject({height: 513, width: 513});
    expect(fitInput(1, 4000, 513)).toEqual({resizedHeight: 1, resizedWidth: 513, height: 33, width: 513});
    expect(fitInput(1, 1, null)).toEqual({resizedHeight: 1, resizedWidth: 1, height: 33, width: 33});
  });
  it("refuses what is no size", () => {
    expect(() => fitInput(0, 10, 257)).toThrow("whole number of pixels");
    expect(() => fitInput(10, 10, 25.7)).toThrow("whole number of pixels");
  });
});
