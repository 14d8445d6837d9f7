import {expect, it} from "vitest";
import {runKeeper} from "../../../src/pages/evaluate/keeper.js";
import {measuredCount, runsIn} from "../../../src/pages/evaluate/kept-runs.js";
import type {KeptRun} from "../../../src/pages/evaluate/kept-runs.js";
import {measureList} from "../../../src/pages/evaluate/measuring.js";
import {fileFolder} from "../../../src/shelf/file-folder.js";
import type {MeasureChoice, MeasuredPhoto} from "../../../src/worker/measure-messages.js";
import {fakeFiles} from "../../shelf/folders.js";

const setting = {outputStride: 16, inputSize: 65, padding: "square", boundaryDistance: {pixels: 2}} as const;
const choice: MeasureChoice = {...setting, modelUrl: "m", backend: "wasm"};
const data = {given: {kind: "files of a data set", files: []}, mends: [], split: "val"} as const;
const ids = ["a", "b", "c", "d"];
const empty: KeptRun = {
  key: "k",
  dataset: "set",
  split: "val",
  model: {id: "m", title: "M", classes: ["x"], palette: [[0, 0, 0]]},
  backend: "wasm",
  setting,
  ids,
  photos: ids.map(() => null),
  saved: 0
};
const found = (id: string, digest = id): MeasuredPhoto => ({digest, counts: {id, milliseconds: 1, matrix: [0, 4]}});

/** An engine whose photos are these, and which tells what it measured. */
function engineOf(digests: readonly string[]) {
  const measured: number[] = [];
  return {
    measured,
    engine: {
      async measurePhoto(_: object, place: number, __: object, known: string | null) {
        if (digests[place] === "broken") throw new Error("The photo c cannot be decoded.");
        if (known === digests[place]) return null;
        measured.push(place);
        return found(ids[place]!, digests[place]!);
      }
    }
  };
}

it("goes on where a run was: what is the same stands, what is another photo now is measured again", async () => {
  const {engine, measured} = engineOf(["a", "B", "c", "d"]);
  const before = {...empty, photos: [found("a"), found("b"), null, null]};
  const said: string[] = [];
  let time = 0;
  const run = await measureList(engine, data, choice, before, {
    signal: new AbortController().signal,
    now: () => (time += 500),
    onPhoto: ({run, done, left}) => said.push(`${done}: ${measuredCount(run)}, ${left}`)
  });
  expect(measured).toEqual([1, 2, 3]);
  expect(run.photos.map((photo) => photo?.digest)).toEqual(["a", "B", "c", "d"]);
  expect(said).toEqual(["1: 2, null", "2: 2, 1000", "3: 3, 500", "4: 4, 0"]);
});

it("stops where a photo cannot be measured, or when it is paused, and what was measured stands", async () => {
  const {engine} = engineOf(["a", "b", "broken", "d"]);
  let last = empty;
  const onPhoto = ({run}: {run: KeptRun}) => (last = run);
  const {signal} = new AbortController();
  await expect(measureList(engine, data, choice, empty, {signal, onPhoto})).rejects.toThrow("The photo c cannot be decoded.");
  expect(measuredCount(last)).toBe(2);

  const pausing = new AbortController();
  const work = measureList(engine, data, choice, empty, {signal: pausing.signal, onPhoto: () => pausing.abort()});
  await expect(work).rejects.toThrow(expect.objectContaining({name: "AbortError"}) as Error);
});

it("keeps results over visits, the last first; what is removed or damaged is gone", async () => {
  const root = fakeFiles();
  const open = async () => runsIn(await fileFolder("measurements", root));
  const keeperOf = () => runKeeper({open, interval: 1e6, onFault: (reason) => expect.fail(String(reason))});
  const first = keeperOf();
  await first.loaded;
  first.put({...empty, key: "one", photos: [found("a"), null, null, null]});
  first.put({...empty, key: "two"});
  first.put({...empty, key: "one", photos: [found("a"), found("b"), null, null]});
  expect(root.content.size).toBe(0);
  await first.settle();
  root.content.set("bad.json", new Blob(["{"]));

  const second = keeperOf();
  await second.loaded;
  expect(
    second
      .all()
      .map(({key}) => key)
      .sort()
  ).toEqual(["one", "two"]);
  expect(measuredCount(second.find("one")!)).toBe(2);
  await second.remove("one");
  expect([...root.content.keys()].sort()).toEqual(["bad.json", "two.json"]);
});

it("goes on in memory where the browser keeps nothing or has no more room, and says so", async () => {
  const said: string[] = [];
  const none = runKeeper({open: async () => null, onFault: (reason) => said.push((reason as Error).message)});
  await none.settle();
  expect(said).toEqual([]);
  none.put(empty);
  await none.settle();
  expect(said).toEqual(["This browser keeps nothing for this site: save the results before you leave this page."]);
  expect(none.find("k")).toMatchObject({ids});

  const faults: string[] = [];
  const root = fakeFiles(10);
  const full = runKeeper({open: async () => runsIn(await fileFolder("m", root)), onFault: (reason) => faults.push((reason as Error).name)});
  full.put(empty);
  await full.settle();
  expect(faults).toEqual(["QuotaExceededError"]);
  expect(full.find("k")).toMatchObject({ids});
});
