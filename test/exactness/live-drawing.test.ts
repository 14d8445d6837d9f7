import {afterAll, beforeAll, describe, expect, it} from "vitest";
import type {Session} from "../../scripts/browser/session.js";
import {labelsFromLogits} from "../../src/engine/labels/labels.js";
import {overlayPalette} from "../../src/formats/overlay-look.js";
import {keptShare} from "../../src/engine/labels/live-logits.js";
import {fitInput, pixelsToTensor} from "../../src/engine/preprocess.js";
import {LIVE_VIEWS} from "../../src/media/live/look.js";
import type {Labelling, LiveView, Look} from "../../src/media/live/look.js";
import {useBackend} from "../backend.js";
import {preprocess} from "../preprocess.js";
import {hasBrowser} from "./browser.js";
import {agreement, largestDifference} from "./difference.js";
import {
  at,
  bytesOf,
  CAT,
  CLASSES,
  COLUMNS,
  deviation,
  expectColour,
  halves,
  HEIGHT,
  idsOf,
  label,
  LOOK,
  mix,
  noise,
  OPTIONS,
  PALETTE,
  PERSON,
  pixels,
  PLAIN,
  randomLogits,
  ROWS,
  waves,
  WHOLE,
  WIDTH
} from "./live-scene.js";
import {openPage} from "./page.js";
import type * as Page from "./pages/live-drawing.js";
import type {DeviceId, Pixels, RendererId, Step} from "./pages/live-drawing.js";

/** The classes' colours over a frame. */
const OVER = overlayPalette(PALETTE);
const DEVICES: readonly DeviceId[] = ["webgl", "webgpu"];
const RENDERERS: readonly RendererId[] = [...DEVICES, "canvas"];
/** What a frame leaves, each of those behind the first rounds of views shows. */
const FRAMES = process.env["LONG"] ? 200 : 60;

describe.skipIf(!hasBrowser)("a live picture", () => {
  let session: Session<typeof Page>;
  beforeAll(async () => {
    session = await openPage<typeof Page>("test/exactness/pages/live-drawing.ts");
  });
  afterAll(() => session?.close());

  describe.each(RENDERERS)("drawn with %s", (id) => {
    const drawn = (steps: Step[], options = OPTIONS) => session.call("drawn", id, options, steps);

    it.each([
      {covered: WHOLE, detail: 1280},
      {covered: {width: 0.93, height: 0.71}, detail: 1280},
      // A class map half as large as the frame.
      {covered: {width: 1, height: 0.9}, detail: 64}
    ])("has the engine's class map where the frame covers $covered of the logits, at most $detail pixels", async ({covered, detail}) => {
      const values = randomLogits(1);
      const {pictures, surveys} = await drawn([{upload: noise(2)}, label(values, {covered}), {draw: LOOK}, {survey: true}], {
        ...OPTIONS,
        detail
      });
      const step = WIDTH / Math.min(WIDTH, detail);
      const expected = labelsFromLogits({height: ROWS, width: COLUMNS, classes: CLASSES, values}, covered, HEIGHT / step, WIDTH / step);
      const ids = idsOf(pictures[0]!);
      expect(new Set(ids).size).toBeGreaterThan(10);
      const wanted = Array.from(
        ids,
        (_, i) => expected[Math.floor(Math.floor(i / WIDTH) / step) * (WIDTH / step) + Math.floor((i % WIDTH) / step)]!
      );
      expect(agreement(ids, wanted)).toBeGreaterThanOrEqual(0.995);

      const [survey] = surveys;
      expect(survey).toMatchObject({width: 64, height: 48});
      expect(survey!.ids).toEqual(survey!.ids.map((_, i) => ids[(2 * Math.floor(i / 64) + 1) * WIDTH + 2 * (i % 64) + 1]));
    });

    it("blends the logits over time where the frame stands still, and only there", async () => {
      const [before, now] = [randomLogits(3), randomLogits(4)];
      const milliseconds = 90;
      const frame = noise(5);
      const smoothing = {...PLAIN, smoothing: true};
      const moved = noise(5, ([r, g, b]) => [255 - r, 255 - g, b]);
      const two = (second: Pixels, labelling: Labelling): Step[] => [
        {upload: frame},
        label(before, {labelling}),
        {upload: second},
        label(now, {labelling, milliseconds}),
        {draw: LOOK}
      ];
      const kept = keptShare(milliseconds);
      const blend = now.map((value, i) => value + (before[i]! - value) * kept);
      const classMap = (values: Float32Array) =>
        labelsFromLogits({height: ROWS, width: COLUMNS, classes: CLASSES, values}, WHOLE, HEIGHT, WIDTH);
      expect(agreement(classMap(blend), classMap(now))).toBeLessThan(0.7);

      // Without smoothing nothing is remembered, so each pair of frames begins anew.
      const {pictures} = await drawn([...two(frame, smoothing), ...two(frame, PLAIN), ...two(moved, smoothing)]);
      const [still, plain, changed] = pictures.map(idsOf) as [number[], number[], number[]];
      expect(agreement(still, classMap(blend))).toBeGreaterThanOrEqual(0.995);
      expect(agreement(plain, classMap(now))).toBeGreaterThanOrEqual(0.995);
      expect(agreement(changed, classMap(now))).toBeGreaterThanOrEqual(0.995);
    });

    it.each([50, 61])("lets a border follow the frame's edge at column %i", async (edge) => {
      const frame = pixels(WIDTH, HEIGHT, (x) => (x < edge ? [200, 60, 40] : [30, 90, 180]));
      // From the fifth column of cells on a person: half-way between its cells and those before is column 55.6.
      const values = halves(4);
      const steps = [PLAIN, {...PLAIN, edges: true}].flatMap((labelling): Step[] => [
        {upload: frame},
        label(values, {labelling}),
        {draw: LOOK}
      ]);
      const {pictures} = await drawn(steps);
      const [plain, along] = pictures.map((picture) => {
        const ids = idsOf(picture);
        return Array.from({length: HEIGHT}, (_, y) => ids.slice(y * WIDTH, (y + 1) * WIDTH).indexOf(PERSON));
      }) as [number[], number[]];
      expect(new Set(plain)).toEqual(new Set([56]));
      for (const border of along) expect(Math.abs(border - edge)).toBeLessThanOrEqual(2);
    });

    it("shows each view, pixel by pixel", async () => {
      const frame = noise(6);
      const backdrop = pixels(64, 96, (x, y) => [2 * x, 2 * y, 77]);
      const looks: Look[] = [
        {...LOOK, view: "overlay", opacity: 0.6},
        {...LOOK, view: "overlay", opacity: 0.6, hidden: [CAT], mirror: true},
        {...LOOK, view: "mask", hidden: [PERSON]},
        {...LOOK, view: "side-by-side", mirror: true},
        {...LOOK, view: "isolate"},
        {...LOOK, view: "background", backdrop: [10, 200, 30]},
        {...LOOK, view: "background", backdrop: "picture", mirror: true}
      ];
      const {pictures} = await drawn([{upload: frame}, label(halves(4)), {backdrop}, ...looks.map((draw) => ({draw}))]);
      const [overlay, hidden, mask, sideBySide, isolate, coloured, pictured] = pictures as [
        Pixels,
        Pixels,
        Pixels,
        Pixels,
        Pixels,
        Pixels,
        Pixels
      ];
      const [cat, person] = [PALETTE[CAT]!, PALETTE[PERSON]!];
      const [catOver, personOver] = [OVER[CAT]!, OVER[PERSON]!];
      expect([sideBySide.width, sideBySide.height]).toEqual([2 * WIDTH, HEIGHT]);
      for (const y of [0, 37, 95]) {
        for (const x of [0, 40, 70, 127]) {
          const photo = at(frame, x, y);
          const isPerson = x > 56;
          const colour = isPerson ? person : cat;
          const mirrored = WIDTH - 1 - x;
          expectColour(at(overlay, x, y), mix(photo, isPerson ? personOver : catOver, 0.6));
          expectColour(at(hidden, mirrored, y), isPerson ? mix(photo, personOver, 0.6) : photo);
          expectColour(at(mask, x, y), isPerson ? [127.5, 127.5, 127.5] : cat);
          expectColour(at(sideBySide, mirrored, y), photo);
          expectColour(at(sideBySide, WIDTH + mirrored, y), colour);
          const grey = (0.2126 * photo[0]! + 0.7152 * photo[1]! + 0.0722 * photo[2]!) * 0.35;
          expectColour(at(isolate, x, y), isPerson ? photo : [grey, grey, grey]);
          expectColour(at(coloured, x, y), isPerson ? photo : [10, 200, 30]);
          // The picture is as wide as the frame, twice enlarged, and its middle 48 rows are seen; it is not mirrored.
          const column = (mirrored + 0.5) / 2 - 0.5;
          const row = 24 + (y + 0.5) / 2 - 0.5;
          expectColour(at(pictured, mirrored, y), isPerson ? photo : [2 * Math.min(Math.max(column, 0), 63), 2 * row, 77]);
        }
      }
    });

    it("blurs what is not the subject, without the subject's colour", async () => {
      const frame = noise(7, ([r], x) => (x < 56 ? [r, r, r] : [255, 0, 0]));
      const {pictures} = await drawn([{upload: frame}, label(halves(4)), {draw: {...LOOK, view: "blur"}}]);
      const [picture] = pictures;
      const channel = (image: Pixels, offset: number) =>
        [...bytesOf(image)].filter((_, i) => i % 4 === offset && Math.floor(i / 4) % WIDTH < 54);
      const [red, green] = [channel(picture!, 0), channel(picture!, 1)];
      expect(deviation(red)).toBeLessThan(0.2 * deviation(channel(frame, 0)));
      expect(largestDifference(red, green)).toBeLessThan(8);
      for (let x = 60; x < WIDTH; x++) expectColour(at(picture!, x, 50), [255, 0, 0]);
    });

    it("writes notes of the view's size over it, and no others", async () => {
      const frame = noise(8);
      const notes = pixels(
        WIDTH,
        HEIGHT,
        (x) => (x < 64 ? [255, 255, 0] : [0, 0, 0]),
        (x) => (x < 64 ? 128 : 0)
      );
      const looks: Look[] = [
        {...LOOK, view: "overlay", opacity: 0},
        {...LOOK, view: "side-by-side"}
      ];
      const {pictures} = await drawn([{upload: frame}, label(halves(4)), {annotate: notes}, ...looks.map((draw) => ({draw}))]);
      expectColour(at(pictures[0]!, 20, 5), mix(at(frame, 20, 5), [255, 255, 0], 128 / 255));
      expectColour(at(pictures[0]!, 100, 5), at(frame, 100, 5));
      expectColour(at(pictures[1]!, 20, 5), at(frame, 20, 5));
    });

    it("stays the labelled frame, with its own mask, until the next one is labelled", async () => {
      const first = noise(9);
      const second = pixels(64, 80, () => [1, 2, 3]);
      const draw = {...LOOK, view: "overlay", opacity: 0.5} as const;
      const {pictures, surveys} = await drawn([
        {upload: first},
        label(halves(4)),
        {draw},
        {survey: true},
        {upload: second},
        {draw},
        {survey: true},
        label(halves(0)),
        {draw},
        {survey: true}
      ]);
      expect(pictures[1]).toEqual(pictures[0]);
      expect(surveys[1]).toEqual(surveys[0]);
      expect(pictures[2]).toMatchObject({width: 64, height: 80});
      expectColour(at(pictures[2]!, 10, 10), mix([1, 2, 3], OVER[PERSON]!, 0.5));
      expect(new Set(surveys[2]!.ids)).toEqual(new Set([PERSON]));
    });

    it(`leaves memory as it is after ${FRAMES} frames`, async () => {
      const {label: labelled} = label(randomLogits(10), {labelling: {smoothing: true, edges: true}});
      const found = await session.call("footprints", id, OPTIONS, {
        frames: FRAMES,
        frame: noise(11, undefined, 32, 24),
        label: labelled,
        look: LOOK
      });
      const settled = found[3 * LIVE_VIEWS.length]!;
      expect(settled.bytes).toBeGreaterThan(0);
      expect(new Set(found.slice(3 * LIVE_VIEWS.length).map((footprint) => JSON.stringify(footprint)))).toEqual(
        new Set([JSON.stringify(settled)])
      );
    });
  });

  describe.each(DEVICES)("drawn with %s", (id) => {
    // The frame is resized as it is, and halved twice before.
    it.each([65, 17])("is made of the tensors of TensorFlow.js on its own device, at %i pixels", async (inputSize) => {
      const frame = noise(12);
      const values = randomLogits(13);
      const {input, picture} = await session.call("throughTensors", id, OPTIONS, frame, inputSize, label(values).label, LOOK);
      await useBackend("cpu");
      const expected = preprocess(pixelsToTensor(Uint8Array.from(bytesOf(frame)), HEIGHT, WIDTH, 4), fitInput(HEIGHT, WIDTH, inputSize));
      expect(input).toHaveLength(expected.size);
      expect(largestDifference(input, [...expected.dataSync()])).toBeLessThan(1e-4);
      expected.dispose();
      expect(
        agreement(idsOf(picture), labelsFromLogits({height: ROWS, width: COLUMNS, classes: CLASSES, values}, WHOLE, HEIGHT, WIDTH))
      ).toBeGreaterThanOrEqual(0.995);
    });
  });

  it("is the same with WebGL and WebGPU in every view", async () => {
    const steps: Step[] = [{backdrop: noise(14, undefined, 50, 40)}];
    for (const [seed, frame] of [waves(0), waves(1)].entries()) {
      steps.push(
        {upload: frame},
        label(randomLogits(20 + seed), {labelling: {smoothing: true, edges: true}, covered: {width: 1, height: 0.8}, milliseconds: 40})
      );
    }
    const look = (view: LiveView): Look => ({
      ...LOOK,
      view,
      opacity: 0.5,
      hidden: [0, 3],
      subject: [1, 2, 3, 4, 5, 6, 7, 8],
      backdrop: "picture"
    });
    steps.push(...LIVE_VIEWS.map((view) => ({draw: look(view)})));
    const [gl, gpu] = [await session.call("drawn", "webgl", OPTIONS, steps), await session.call("drawn", "webgpu", OPTIONS, steps)];
    expect(gpu.pictures).toHaveLength(LIVE_VIEWS.length);
    for (const [index, picture] of gpu.pictures.entries()) {
      const other = gl.pictures[index]!;
      expect([picture.width, picture.height]).toEqual([other.width, other.height]);
      const [bytes, others] = [bytesOf(picture), bytesOf(other)];
      const near = Array.from(
        {length: picture.width * picture.height},
        (_, i) => largestDifference(bytes.subarray(4 * i, 4 * i + 3), others.subarray(4 * i, 4 * i + 3)) <= 3
      );
      expect(near.filter(Boolean).length / near.length, LIVE_VIEWS[index]).toBeGreaterThanOrEqual(0.99);
    }
  });
});
