import {describe, expect, it} from "vitest";
import {isMirrored, labellingOf, lookOf, subjectAmong} from "../../../src/pages/webcam/live-look.js";
import {stateFromQuery} from "../../../src/lab/state.js";
import {webcamTable} from "../../../src/pages/webcam/state.js";

const CLASSES = ["background", "cat", "person"];
const state = (query = "") => stateFromQuery(webcamTable(["nano"]), new URLSearchParams(query));

describe("lookOf", () => {
  it("leaves the background clear in the overlay only", () => {
    expect(lookOf(state(), CLASSES, false).hidden).toEqual([0]);
    expect(lookOf(state("view=mask&hide=cat"), CLASSES, false).hidden).toEqual([1]);
  });
  it("has names on masks, and none where the subject stays as it is", () => {
    const named = (view: string) => lookOf(state(`view=${view}`), CLASSES, true).names;
    expect(["overlay", "side-by-side", "mask"].map(named)).toEqual([true, true, true]);
    expect(["blur", "colour", "picture", "isolate"].map(named)).toEqual([false, false, false, false]);
    expect(lookOf(state("names=0"), CLASSES, true).names).toBe(false);
  });
  it("takes one class as the subject, or all but the background", () => {
    expect(lookOf(state(), CLASSES, false).subject).toEqual([2]);
    expect(lookOf(state("subject=cat"), CLASSES, false).subject).toEqual([1]);
    expect(lookOf(state("subject=all"), CLASSES, false).subject).toEqual([1, 2]);
  });
  it("puts a picture behind the subject where there is one, and the colour until then", () => {
    expect(lookOf(state("view=picture"), CLASSES, true)).toMatchObject({view: "background", backdrop: "picture"});
    expect(lookOf(state("view=picture&backdrop=%2301ff80"), CLASSES, false)).toMatchObject({view: "background", backdrop: [1, 255, 128]});
    expect(lookOf(state("view=colour&backdrop=%2301ff80"), CLASSES, true).backdrop).toEqual([1, 255, 128]);
  });
});

it("mirrors a camera and nothing else, unless the reader says so", () => {
  expect(isMirrored(state())).toBe(true);
  expect(isMirrored(state("source=screen"))).toBe(false);
  expect(isMirrored(state("mirror=off"))).toBe(false);
  expect(isMirrored(state("source=file&mirror=on"))).toBe(true);
});

it("takes everything as the subject where the model has no such class", () => {
  expect(subjectAmong("person", CLASSES)).toBe("person");
  expect(subjectAmong("person", ["road", "sky"])).toBe("all");
});

it("reads no colour from what is none", () => {
  expect(state("backdrop=red").backdrop).toBe(state().backdrop);
});

it("follows edges where a GPU draws, unless the reader says otherwise", () => {
  expect([true, false].map((gpu) => labellingOf(state(), gpu).edges)).toEqual([true, false]);
  expect(labellingOf(state("edges=on"), false)).toEqual({smoothing: true, edges: true});
  expect(labellingOf(state("edges=off&smooth=0"), true)).toEqual({smoothing: false, edges: false});
});
