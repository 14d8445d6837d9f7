import {decode} from "fast-png";
import {parse} from "npyjs";
import {describe, expect, it} from "vitest";
import {decodeMask} from "../../src/formats/mask-picture.js";
import {maskFiles, possibleSuffixes} from "../../src/masks/files.js";
import {stemsOf} from "../../src/masks/names.js";

const NETWORK = {
  classes: ["background", "cat", "dining table", "tv/monitor"],
  palette: [
    [0, 0, 0],
    [64, 0, 0],
    [192, 128, 0],
    [0, 64, 128]
  ]
} as const;
const PROBABILITIES = Float32Array.from({length: 24}, (_, i) => (i % 8) / 8);
const MASK = {width: 3, height: 2, labels: Uint8Array.from([0, 1, 1, 0, 3, 3]), probabilities: PROBABILITIES};
const NOTHING = {colour: false, probabilities: null, perClass: false};
const EVERYTHING = {colour: true, probabilities: "float32", perClass: true} as const;

const file = (suffix: string, wanted = EVERYTHING as Parameters<typeof maskFiles>[2]) =>
  maskFiles(MASK, NETWORK, wanted).find((made) => made.suffix === suffix)!.bytes;

describe("maskFiles", () => {
  it("writes a palette PNG of class ids that reads back as a mask of VOC", () => {
    expect(maskFiles(MASK, NETWORK, NOTHING).map(({suffix}) => suffix)).toEqual([".png"]);
    expect(decodeMask(file(".png", NOTHING), "a.png")).toEqual({width: 3, height: 2, ids: MASK.labels});
    expect(decode(file(".png")).palette!.slice(0, 4)).toEqual(NETWORK.palette);
  });

  it("writes colours, and white where a class is for each that was found", () => {
    expect(maskFiles(MASK, NETWORK, EVERYTHING).map(({suffix}) => suffix)).toEqual([
      ".png",
      "-colour.png",
      "-probabilities.npy",
      "-class-0-background.png",
      "-class-1-cat.png",
      "-class-3-tv-monitor.png"
    ]);
    expect([...decode(file("-colour.png")).data.slice(0, 6)]).toEqual([0, 0, 0, 64, 0, 0]);
    const {data, channels, depth} = decode(file("-class-3-tv-monitor.png"));
    expect({data: [...data], channels, depth}).toEqual({data: [0, 0, 0, 0, 255, 255], channels: 1, depth: 8});
  });

  it.each(["float32", "float16"] as const)("writes probabilities as %s, height x width x classes", (probabilities) => {
    const {data, shape, dtype} = parse(file("-probabilities.npy", {...NOTHING, probabilities}).buffer as ArrayBuffer);
    expect({shape, dtype}).toEqual({shape: [2, 3, 4], dtype: probabilities === "float32" ? "f4" : "f2"});
    // Eighths are exact in both.
    expect([...(data as Float32Array)]).toEqual([...PROBABILITIES]);
  });

  it("knows every name that its files may have", () => {
    expect(possibleSuffixes(NETWORK, NOTHING)).toEqual([".png"]);
    expect(possibleSuffixes(NETWORK, EVERYTHING)).toEqual(
      expect.arrayContaining(maskFiles(MASK, NETWORK, EVERYTHING).map(({suffix}) => suffix))
    );
    expect(possibleSuffixes(NETWORK, EVERYTHING)).toContain("-class-2-dining-table.png");
  });
});

it("stemsOf names files as their photos, and keeps apart what differs in its ending or in capitals alone", () => {
  expect(stemsOf(["a.jpg", "b.c.png", "plain", ".hidden"])).toEqual(["a", "b.c", "plain", ".hidden"]);
  expect(stemsOf(["a.jpg", "A.png", "b.jpg"])).toEqual(["a.jpg", "A.png", "b"]);
});
