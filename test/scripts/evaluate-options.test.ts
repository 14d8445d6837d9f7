import {describe, expect, it} from "vitest";
import {evaluateOptions} from "../../scripts/evaluate/options.js";
import {RELEASED_CRF} from "../../src/engine/crf/options.js";

const needed = ["--dataset", "d", "--model", "m"];

describe("evaluateOptions", () => {
  it("defaults to output stride 16, input size 513, the whole model and the first list that is there", () => {
    expect(evaluateOptions(needed)).toEqual({
      dataset: "d",
      model: "m",
      outputStride: 16,
      inputSize: 513,
      padding: "square",
      averaging: undefined,
      rates: undefined,
      muted: [],
      ablate: false,
      quantise: [],
      crf: undefined,
      boundaryDistance: undefined,
      split: undefined,
      without: [],
      json: false
    });
  });

  it("reads every option", () => {
    const parts = ["--rates", "1,2,3", "--mute", "decoder/low_level,aspp/image_pooling"];
    expect(
      evaluateOptions([
        ...needed,
        "--output-stride",
        "8",
        "--input-size",
        "native",
        "--padding",
        "tight",
        "--scales",
        "0.75,1,1.25",
        "--flip",
        ...parts,
        "--split",
        "train",
        "--without",
        "2009_004483,2010_005359",
        "--json"
      ])
    ).toEqual({
      dataset: "d",
      model: "m",
      outputStride: 8,
      inputSize: null,
      padding: "tight",
      averaging: {scales: [0.75, 1, 1.25], flip: true},
      rates: [1, 2, 3],
      muted: ["decoder/low_level", "aspp/image_pooling"],
      ablate: false,
      quantise: [],
      split: "train",
      without: ["2009_004483", "2010_005359"],
      json: true
    });
  });

  it("takes scale 1 for one pass, and the mirrored photo alone for two at that scale", () => {
    expect(evaluateOptions([...needed, "--scales", "1"])!.averaging).toBeUndefined();
    expect(evaluateOptions([...needed, "--flip"])!.averaging).toEqual({scales: [1], flip: true});
  });

  it.each([
    ["2 % of the diagonal by default", [], {share: 0.02}],
    ["a share of the diagonal", ["--boundary-distance", "0.5%"], {share: 0.005}],
    ["pixels", ["--boundary-distance", "15"], {pixels: 15}]
  ])("measures outlines with --boundary: %s", (_, args, boundaryDistance) => {
    expect(evaluateOptions([...needed, "--boundary", ...args])).toMatchObject({boundaryDistance});
  });

  it("follows the network with the released CRF with --crf, or with another", () => {
    expect(evaluateOptions([...needed, "--crf"])).toMatchObject({crf: RELEASED_CRF});
    const other = ["--crf-grid", "logits", "--crf-iterations", "3", "--crf-bilateral", "4,121,5"];
    expect(evaluateOptions([...needed, "--crf", ...other])!.crf).toEqual({
      ...RELEASED_CRF,
      grid: "logits",
      iterations: 3,
      bilateral: {weight: 4, position: 121, colour: 5}
    });
  });

  it("rounds the weights with --quantise to each of a list of formats", () => {
    const quantise = ["float16", "int8-per-channel", "uint4-per-tensor", "minmax6-per-tensor"];
    expect(evaluateOptions([...needed, "--quantise", quantise.join()])).toMatchObject({quantise});
  });

  it("asks for nothing but help with --help", () => {
    expect(evaluateOptions(["--help"])).toBeNull();
  });

  it.each([
    ["no data set", ["--model", "m"], "Say which data set to measure on"],
    ["no model", ["--dataset", "d"], "Say which model to measure"],
    ["another stride", [...needed, "--output-stride", "4"], '--output-stride is 8, 16 or 32, not "4".'],
    ["a size that is no number", [...needed, "--input-size", "big"], '--input-size is a whole number of pixels or "native", not "big".'],
    ["another padding", [...needed, "--padding", "round"], '--padding is square or tight, not "round".'],
    ...["0", "x", "1,", "1,1", "5"].map((scales): [string, string[], string] => [
      `scales of ${scales}`,
      [...needed, "--scales", scales],
      `--scales are different numbers above 0 and up to 4 with commas between, not "${scales}".`
    ]),
    ["a rate that is no number", [...needed, "--rates", "6,x"], '--rates are whole numbers from 1 up with commas between, not "6,x".'],
    ["parts beside --ablate", [...needed, "--ablate", "--mute", "logits"], "--ablate chooses --rates and --mute itself"],
    ["a CRF beside --ablate", [...needed, "--ablate", "--crf"], "--ablate and --quantise measure the network, and --crf what follows it"],
    ["a CRF beside --quantise", [...needed, "--quantise", "float16", "--crf"], "--ablate and --quantise measure the network"],
    ["parts beside --quantise", [...needed, "--quantise", "float16", "--ablate"], "--ablate and --quantise each measure a list of runs"],
    ...["int8", "float32", "int7-per-tensor", "float16,"].map((formats): [string, string[], string] => [
      `formats of ${formats}`,
      [...needed, "--quantise", formats],
      `--quantise takes float16 and names such as int8-per-channel, not "${formats.split(",").at(-1)!}".`
    ]),
    ["a grid of nothing", [...needed, "--crf-grid", "photo"], "--crf-grid says how --crf works: give both."],
    ["another grid", [...needed, "--crf", "--crf-grid", "cells"], '--crf-grid is logits or photo, not "cells".'],
    ["no iteration", [...needed, "--crf", "--crf-iterations", "0"], '--crf-iterations is a whole number from 1 up, not "0".'],
    ...["5,50", "5,50,3,1", "-1,50,3", "5,0,3", "5,x,3"].map((numbers): [string, string[], string] => [
      `a kernel of ${numbers}`,
      [...needed, "--crf", `--crf-bilateral=${numbers}`],
      `--crf-bilateral is a weight from 0 up and two widths from 1 up with commas between, not "${numbers}".`
    ]),
    ["a distance of nothing", [...needed, "--boundary-distance", "2%"], "--boundary-distance says how --boundary measures: give both."],
    ...["0", "0%", "101%", "1.5", "far", "-3", "%"].map((distance): [string, string[], string] => [
      `a distance of ${distance}`,
      [...needed, "--boundary", `--boundary-distance=${distance}`],
      `--boundary-distance is a share of the diagonal, e.g. 2%, or a whole number of pixels from 1 up, not "${distance}".`
    ]),
    ["an unknown option", [...needed, "--fast"], "Unknown option '--fast'"]
  ])("says so on %s", (_, args, message) => {
    expect(() => evaluateOptions(args)).toThrow(message);
  });
});
