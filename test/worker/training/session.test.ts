import * as tf from "@tensorflow/tfjs-core";
import {beforeAll, describe, expect, it} from "vitest";
import {openSession} from "../../../src/worker/training/session.js";
import type {Session, SessionOptions} from "../../../src/worker/training/session.js";
import {openTrainingStore, trainingStoreIn} from "../../../src/worker/training/store.js";
import {trainedModel, whyNotShelved} from "../../../src/worker/training/trained-model.js";
import {keptModels} from "../../../src/shelf/shelf.js";
import type {Stopped, TrainingNews, TrainingSettings} from "../../../src/worker/training-messages.js";
import {useBackend} from "../../backend.js";
import {browserWith, fakeFiles} from "../../shelf/folders.js";
import {SETTINGS, failingFolder, photos, starting} from "./fixture.js";

beforeAll(() => useBackend("wasm"));

async function begun(settings: TrainingSettings = SETTINGS, of = photos(3, 1), more: Pick<SessionOptions, "lasting" | "now"> = {}) {
  const folder = failingFolder();
  const store = trainingStoreIn(folder);
  const start = await starting(settings, of);
  await store.begin(start.said.id, start.model);
  const options = {photos: of, store, ...more};
  const session = openSession(start, options);
  await session.keep();
  return {folder, store, session, options};
}

/** All news until it ends, or until `enough` says so. */
async function told(session: Session, enough: (news: TrainingNews) => boolean = () => false): Promise<TrainingNews[]> {
  const all: TrainingNews[] = [];
  for (;;) {
    for (const news of await session.advance()) {
      all.push(news);
      if (news.kind === "finished" || news.kind === "stopped" || enough(news)) return all;
    }
  }
}

/** What of the news does not depend on the clock, in one piece. */
const timeless = (news: readonly TrainingNews[]) =>
  news
    .filter(({kind}) => kind === "step" || kind === "measured")
    .map((each) => (each.kind === "step" ? {...each.record, milliseconds: 0} : each));

it("tells where a browser keeps nothing", async () => {
  // As here: there is neither a folder of the site's own nor a database.
  expect((await openTrainingStore()).lasts).toBe(false);
});

describe("a training's session", () => {
  it("equals one that was not interrupted, to the bit, after it was paused, or ended without a word", async () => {
    const before = tf.memory().numTensors;
    const whole = await begun();
    const all = await told(whole.session);
    expect(all.at(-1)).toEqual({kind: "finished", step: 6});
    const steps = all.flatMap((news) => (news.kind === "measured" ? [news.measured.step] : []));
    expect(steps).toEqual([0, 2, 4, 6]);

    const one = (await whole.store.find("t"))!;
    for (const at of process.env["LONG"] ? [1, 2, 3, 4, 5] : [3]) {
      const {store, session, options} = await begun();
      const first = await told(session, (news) => news.kind === "step" && news.record.step === at);
      expect(await session.keep()).toBe(at);
      // One more, which nobody keeps: the browser is killed.
      await session.advance();
      session.dispose();
      const again = openSession((await store.find("t"))!, options);
      const rest = await told(again);
      expect(timeless([...first, ...rest])).toEqual(timeless(all));
      const other = (await store.find("t"))!;
      expect(other.state).toEqual(one.state);
      expect(other.best).toEqual(one.best);
      expect(other.said.best).toEqual(one.said.best);
      expect(other.course.resumed).toEqual([at]);
      expect(other.course.measured).toEqual(one.course.measured);
      again.dispose();
    }
    whole.session.dispose();
    expect(tf.memory().numTensors).toBe(before);

    const {kept, file} = await trainedModel(one, "best");
    expect(kept.facts.measured).toMatch(/^mIoU \d+\.\d % on 1 photo kept apart/);
    expect(kept.facts.source).toContain(`for ${one.said.best!.step} of 6 steps on drawn shapes: 3 photos learnt from, 1 kept apart`);
    expect(file.size).toBe(kept.facts.bytes);
    // There is no shelf here: the model is, for who downloads it.
    expect(await whyNotShelved({kept, file})).toMatch(/^This browser lets the site keep no files/);
    browserWith(fakeFiles(file.size / 2));
    expect(await whyNotShelved({kept, file})).toMatch(/^This browser has no more room for this site: \d/);
    browserWith(fakeFiles());
    expect(await whyNotShelved({kept, file})).toBeNull();
    expect(await keptModels()).toEqual([kept]);
  });

  it("loses no checkpoint where the browser ends while one is written, or before it takes the other's place", async () => {
    const {store, session, folder} = await begun();
    await told(session, (news) => news.kind === "step");
    await session.keep();
    const good = (await store.find("t"))!;
    for (const file of [".checkpoint", ".json"]) {
      await told(session, (news) => news.kind === "step");
      folder.fails = (name) => name.endsWith(file);
      await expect(session.keep()).rejects.toThrow("The browser ended.");
      folder.fails = () => false;
      expect((await store.find("t"))!.state).toEqual(good.state);
    }
    await session.keep();
    expect((await store.find("t"))!.state.step).toBe(3);
    expect((await store.list()).map(({step}) => step)).toEqual([3]);
    expect((await folder.names()).filter((name) => name.endsWith(".checkpoint"))).toHaveLength(1);
    await store.remove("t");
    expect(await folder.names()).toEqual([]);
    session.dispose();
  });

  it("finds what is listed nowhere: the browser ended before the first checkpoint, or the checkpoint is gone", async () => {
    const {store, session, folder} = await begun();
    expect(await store.orphans()).toEqual([]);
    const {model} = await starting(SETTINGS, photos(3, 1));
    await store.begin("early", model);
    expect(await store.orphans()).toEqual(["early"]);
    await folder.remove((await folder.names()).find((name) => name.endsWith(".checkpoint"))!);
    expect((await store.orphans()).sort()).toEqual(["early", "t"]);
    for (const id of await store.orphans()) await store.remove(id);
    expect(await folder.names()).toEqual([]);
    session.dispose();
  });

  it("takes a training whose file cannot be read today for no leftover", async () => {
    const {folder, session} = await begun();
    const blind = trainingStoreIn({
      ...folder,
      async read(name) {
        if (name.endsWith(".json")) throw new DOMException("The file is in use.", "NotReadableError");
        return folder.read(name);
      }
    });
    expect(await blind.list()).toEqual([]);
    expect(await blind.orphans()).toEqual([]);
    session.dispose();
  });

  it("writes a checkpoint before half a minute is lost", async () => {
    let time = 0;
    const {session} = await begun(SETTINGS, photos(3, 1), {now: () => (time += 4000)});
    const news = await told(session);
    const spans = news.flatMap(({kind}, index) => (kind === "kept" ? [index] : []));
    expect(spans.length).toBeGreaterThan(2);
    session.dispose();
  });

  it("stops at what is no number and names step, photos and layer; the checkpoint before is whole", async () => {
    const {store, session} = await begun({...SETTINGS, rate: {base: 1e38, power: 0, warmUp: 0}});
    const end = (await told(session)).at(-1)!;
    expect(end).toMatchObject({kind: "stopped", reason: "not a number", step: 2, keptAt: 0});
    const {message, photos: at, layer} = end as Stopped;
    expect(layer).toMatch(/^aspp|^decoder|^logits/);
    expect(message).toBe(
      `Step 2 (${at.length === 1 ? "photo" : "photos"} ${at.join(", ")}) gave values that are no numbers at the layer ${layer}: begin anew with a smaller learning rate, ` +
        "or with clipping. What was learnt up to step 0 is kept."
    );
    expect(at.length === 1 || at.length === 2).toBe(true);
    expect((await store.find("t"))!.state.step).toBe(0);
    expect(await session.advance()).toEqual([]);
    session.dispose();
  });

  it("says which photo cannot be read, and that there is no room", async () => {
    const unreadable = await begun(SETTINGS, photos(3, 1, 2));
    expect((await told(unreadable.session)).at(-1)).toMatchObject({
      ...{kind: "stopped", reason: "photo", photos: ["photo2"], keptAt: 0},
      message: expect.stringContaining("(photo photo2) could not read its photo: The photo photo2.png cannot be decoded.") as string
    });
    const {session, folder} = await begun();
    folder.fails = () => true;
    expect((await told(session)).at(-1)).toMatchObject({kind: "stopped", reason: "no room", step: 6, keptAt: 0});
    unreadable.session.dispose();
    session.dispose();
  });

  it("names no step that there is not where measuring or keeping fails after the last", async () => {
    // The checkpoint before the first step, two photos before each second step, six steps; then two photos, and the checkpoint.
    for (const [call, what] of [
      [14, "Measuring"],
      [15, "The checkpoint"]
    ] as const) {
      let calls = 0;
      const lasting = async <T>(work: Promise<T>) => {
        const result = await work;
        if (calls++ === call) throw new RangeError("Array buffer allocation failed");
        return result;
      };
      const {session} = await begun(SETTINGS, photos(3, 1), {lasting});
      expect((await told(session)).at(-1)).toMatchObject({
        ...{kind: "stopped", reason: "out of memory", step: 6, photos: [], layer: null},
        message: expect.stringMatching(new RegExp(`^${what} after step 6 found no more memory: `)) as string
      });
      session.dispose();
    }
  });

  it("learns four photos by heart", async () => {
    const settings = {
      ...SETTINGS,
      steps: 40,
      measureEvery: 40,
      batch: 4,
      frozen: "nothing",
      rate: {base: 0.03, power: 0.5, warmUp: 2}
    } as const;
    const {session} = await begun(settings, photos(4, 0));
    const news = await told(session);
    const measured = news.flatMap((each) => (each.kind === "measured" ? [each.measured] : []));
    expect(measured.at(-1)!.train.iou[1]).toBeGreaterThan(0.9);
    expect(measured[0]!.train.iou[1]).toBeLessThan(0.5);
    session.dispose();
  });
});
