import {describe, expect, it} from "vitest";
import {pseudoRandom} from "../../../src/engine/seeded.js";
import {paceController, paceSettings} from "../../../src/pages/webcam/pace.js";
import type {PaceChange} from "../../../src/pages/webcam/pace.js";
import type {LiveRun} from "../../../src/worker/live/messages.js";

const settings = paceSettings([513, 385, 321, 257], [16, 32]);
/** Stands for multiply-adds: pixels, four times fewer of them at twice the stride. In units of 257 px at stride 32. */
const cost = ({inputSize, outputStride}: LiveRun) => (inputSize / 257) ** 2 * (32 / outputStride) ** 2;
const named = ({inputSize, outputStride}: LiveRun) => `${inputSize}/${outputStride}`;

interface Machine {
  /** Milliseconds of a frame at the cost of one, which the machine does beside the network. */
  readonly fixed: number;
  /** Milliseconds for each unit of cost, `at` milliseconds after the start. */
  network(at: number): number;
  readonly overlaps?: boolean;
  /** Share of a frame's time by which it strays at random. */
  readonly noise?: number;
  /** Times at which the camera gave no frame for a while: from, to. */
  readonly pause?: readonly [number, number];
}

const COMPILING = 700;
const CAMERA = 1000 / 30;

/** Streams through a machine as a live session does: each setting compiles once, and a change comes after the frame that is on its way. */
function stream(
  machine: Machine,
  {framesPerSecond = 15, start = settings[0]!, seconds = 30}: {framesPerSecond?: number; start?: LiveRun; seconds?: number} = {}
) {
  const controller = paceController({framesPerSecond, settings, cost, start});
  const random = pseudoRandom(1);
  const compiled = new Set<string>();
  const changes: (PaceChange & {at: number})[] = [];
  let run = start;
  const taken = (at: number) => {
    const [from, to] = machine.pause ?? [0, 0];
    return {run, at: Math.ceil((at >= from && at < to ? to : at) / CAMERA) * CAMERA};
  };
  let done = 0;
  let frame = taken(0);
  while (done < seconds * 1000) {
    const begun = Math.max(done, frame.at);
    const next = machine.overlaps ? taken(begun) : null;
    const time = (machine.fixed + machine.network(begun) * cost(frame.run)) * (1 + (machine.noise ?? 0) * (2 * random() - 1));
    done = begun + time + (compiled.has(named(frame.run)) ? 0 : COMPILING);
    compiled.add(named(frame.run));
    const change = controller.frame(done - frame.at, done);
    if (change) {
      changes.push({...change, at: done});
      run = change.run;
    }
    frame = next ?? taken(done);
  }
  const sentences = changes.map(({sentence}) => sentence);
  return {run, changes, sentences, settings: changes.map((change) => named(change.run))};
}

describe("the settings of a pace", () => {
  it("lower the size first, then raise the stride at the smallest", () => {
    expect(paceSettings([257, 513, 385], [8, 16, 32]).map(named)).toEqual(["513/8", "385/8", "257/8", "257/16", "257/32"]);
    expect(() => paceSettings([], [16])).toThrow(RangeError);
  });
});

describe("the pace", () => {
  it("leaves a machine alone that holds the rate at the best setting", () => {
    expect(stream({fixed: 5, network: () => 2}).changes).toEqual([]);
  });

  it("goes down to the first setting that holds the rate, soon, stays there, and says what it did", () => {
    // 513 px: 8 + 5 * 15.9 = 88 ms, 385 px: 8 + 5 * 9 = 53 ms, and 15 a second leave 67 ms.
    const {changes, sentences} = stream({fixed: 8, network: () => 5, noise: 0.1});
    expect(changes.map(({run}) => named(run))).toEqual(["385/16"]);
    expect(sentences[0]).toMatch(/^Input 513 → 385 px to hold 15 frames a second \(it took (8\d|9\d) ms a frame\)\.$/);
    expect(changes[0]!.at).toBeLessThan(COMPILING + 1200);
  });

  it("skips settings that cannot hold the rate, and says all that changed", () => {
    // 257 px at stride 16: 10 + 25 * 4 = 110 ms; at stride 32: 35 ms.
    const {settings: ran, sentences} = stream({fixed: 10, network: () => 25});
    expect(ran.at(-1)).toBe("257/32");
    expect(ran.length).toBeLessThanOrEqual(2);
    expect(sentences[0]).toContain("Input 513 → 257 px and output stride 16 → 32 to hold 15 frames a second");
  });

  it("knows what a frame costs where the next is uploaded meanwhile and waits", () => {
    // 5 + 3.5 * 15.9 = 61 ms a frame, but 122 ms from the start of its upload.
    expect(stream({fixed: 5, network: () => 3.5, overlaps: true}).changes).toEqual([]);
    expect(stream({fixed: 8, network: () => 5, overlaps: true}).settings).toEqual(["385/16"]);
  });

  it("goes down under a load and up again when it is gone, one setting at a time", () => {
    const {
      changes,
      settings: ran,
      sentences
    } = stream({fixed: 5, network: (at) => (at > 5000 && at < 12_000 ? 12 : 2), noise: 0.1}, {seconds: 60});
    expect(ran[0]).toBe("257/16");
    expect(changes[0]!.at).toBeGreaterThan(5000);
    expect(changes[0]!.at).toBeLessThan(7000);
    expect(ran.slice(1)).toEqual(["321/16", "385/16", "513/16"]);
    expect(sentences[1]).toMatch(/^Input 257 → 321 px because there is time for it at 15 frames a second \(it took \d+ ms a frame\)\.$/);
    // Slowly: three seconds at least between two steps.
    for (let step = 2; step < changes.length; step++) expect(changes[step]!.at - changes[step - 1]!.at).toBeGreaterThan(3000);
  });

  it("does not flap where the costs mislead: a setting that failed is tried ever less", () => {
    // The best setting takes far longer than its cost says, as one that no longer fits in a cache.
    const controller = paceController({framesPerSecond: 15, settings, cost, start: settings[1]!});
    let [run, at, tries] = [settings[1]!, 0, 0];
    while (at < 600_000) {
      const time = run.inputSize === 513 ? 150 : 25;
      at += Math.max(time, CAMERA);
      const change = controller.frame(time, at);
      if (change && change.run.inputSize === 513) tries++;
      run = change?.run ?? run;
    }
    expect(tries).toBeGreaterThan(1);
    expect(tries).toBeLessThan(9);
  });

  it("holds still at the edge of the budget, with noise", () => {
    const edges = [0.85, 0.9, 0.95, 1, 1.05, 1.1];
    for (const edge of edges) {
      const network = ((1000 / 15) * edge - 8) / cost(settings[0]!);
      expect(
        stream({fixed: 8, network: () => network, noise: 0.3}, {seconds: 120}).changes.length,
        `at ${edge} of the budget`
      ).toBeLessThanOrEqual(3);
    }
  });

  it("does not take one slow frame, or a pause, for a slow machine", () => {
    const controller = paceController({framesPerSecond: 15, settings, cost, start: settings[0]!});
    const changes = Array.from({length: 300}, (_, index) =>
      controller.frame(index % 40 === 20 ? 900 : 30, index * 70 + (index > 150 ? 60_000 : 0))
    );
    expect(changes.every((change) => change === null)).toBe(true);
    expect(stream({fixed: 8, network: () => 2, pause: [6000, 20_000]}).changes).toEqual([]);
  });

  it("ends at the last setting on a hopeless machine, and says once that the rate cannot be held", () => {
    const {run, sentences, changes} = stream({fixed: 60, network: () => 100}, {seconds: 90});
    expect(run).toEqual({inputSize: 257, outputStride: 32});
    expect(sentences[0]).toContain("to come as near as it can to 15 frames a second");
    expect(sentences.filter((sentence) => sentence.includes("cannot be held"))).toEqual([
      "15 frames a second cannot be held here: input 257 px at output stride 32, the fastest setting, takes 160 ms a frame, about 6.3 a second."
    ]);
    expect(changes.at(-1)!.sentence).toContain("cannot be held");
  });

  it("says so when the rate is held after all", () => {
    const {sentences} = stream({fixed: 20, network: (at) => (at < 15_000 ? 100 : 30)}, {seconds: 40});
    expect(sentences.at(-1)).toBe("Input 257 px at output stride 32 holds 15 frames a second now (it takes 50 ms a frame).");
  });

  it("refuses a setting that it does not know, and no rate", () => {
    expect(() => paceController({framesPerSecond: 15, settings, cost, start: {inputSize: 129, outputStride: 16}})).toThrow("129 px");
    expect(() => paceController({framesPerSecond: 0, settings, cost, start: settings[0]!})).toThrow(RangeError);
  });
});
