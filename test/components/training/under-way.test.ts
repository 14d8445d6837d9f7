import {expect, it} from "vitest";
import {busyMark} from "../../../src/lab/busy.js";
import type {PageShell} from "../../../src/lab/page-shell.js";
import type {Followed} from "../../../src/pages/train/figures.js";
import {trainedView} from "../../../src/pages/train/trained.js";
import {underWay} from "../../../src/pages/train/under-way.js";
import type {OpenTraining, TrainedModel, TrainingNews} from "../../../src/worker/training-messages.js";

const STEPS = 2;
const OPENED = {
  ...{id: "a", title: "Shapes", settings: {steps: STEPS, measureEvery: 1}, step: 0},
  course: {steps: [], measured: [], best: null, resumed: [], overfittingSince: null}
} as unknown as OpenTraining;
const SCORE = {loss: 1, meanIoU: 0.5, iou: [0.5]};

const modelOf = (problem: string | null) =>
  ({kept: {sha256: "0".repeat(64), title: "Shapes"}, file: new Blob(["weights"]), problem}) as TrainedModel;

const step = (made: number): TrainingNews => ({
  kind: "step",
  record: {step: made, loss: 1, rate: 0.1, norm: 1, norms: {}, milliseconds: 5}
});
const measured = (made: number): TrainingNews => ({
  ...{kind: "measured", masks: [], costly: [], best: made, overfittingSince: null},
  measured: {step: made, train: SCORE, val: null}
});

/**
 * A training whose pieces the test gives one by one, as the page shows it.
 *
 * @param problem why its model is not kept; an Error where none can be made at all
 */
function page(problem: string | Error | null = null) {
  const asked: string[] = [];
  const shown: (Followed | null)[] = [];
  let give: (news: readonly TrainingNews[]) => void = () => {};
  const train = (name: string) => {
    asked.push(name);
    if (name === "advance") return new Promise((resolve) => (give = resolve));
    if (problem instanceof Error) return name === "keepModel" ? Promise.reject(problem) : Promise.resolve(1);
    return Promise.resolve(name === "keep" ? 1 : modelOf(problem));
  };
  const shell = {
    ...{engine: {train}, busy: busyMark(document.createElement("main")), status: {update: () => {}}},
    ...{report: (reason: unknown) => reason !== null && asked.push(String(reason)), isLeft: () => false}
  } as unknown as PageShell;
  const trained = trainedView();
  const training = underWay({
    shell,
    figures: {element: document.createElement("div"), show: (followed) => shown.push(followed)},
    trained,
    onChange: () => {}
  });
  const [, , , stop] = training.buttons;
  void training.start(() => Promise.resolve(OPENED), {} as Followed["chosen"]);
  const settle = () => new Promise((resolve) => setTimeout(resolve));
  return {
    ...{training, trained: trained.element, asked, shown, settle},
    async news(...news: TrainingNews[]) {
      await settle();
      give(news);
      await settle();
    },
    stop: () => stop!.click()
  };
}

it("a training that is stopped is kept, and can go on", async () => {
  const {training, trained, asked, news, stop, settle} = page();
  await news(measured(0));
  stop();
  await news(step(1));
  await settle();
  expect(training.said()).toMatch(/^Stopped after step 1: the best is kept as a model\./);
  expect(trained.querySelector("a")!.getAttribute("href")).toMatch(/model=sha256-0+/);
  expect(trained.textContent).toContain("stands among the models of every page");
  expect(training.isOpen()).toBe(false);
  expect(asked).toEqual(["advance", "advance", "keep", "keepModel"]);
});

it("one that is stopped says where its best is when the browser does not keep it, and stays open where no model can be made of it", async () => {
  const stopped = async (problem: string | Error) => {
    const {training, asked, news, stop, settle} = page(problem);
    await news(measured(0));
    stop();
    await news(step(1));
    await settle();
    return {training, asked};
  };
  const unkept = await stopped("This browser keeps no files.");
  expect(unkept.training.said()).toMatch(/^Stopped after step 1: the best is a model, which waits to be downloaded\./);
  const full = await stopped(new Error("There is no room."));
  expect(full.training.said()).toMatch(/^Paused after step 1/);
  expect(full.training.isOpen()).toBe(true);
  expect(full.asked).toContain("Error: There is no room.");
});

it("one that is stopped at its very last step has finished", async () => {
  const {training, asked, news, stop, settle} = page();
  await news(measured(0), step(1));
  stop();
  await news(step(2), measured(2), {kind: "kept", step: STEPS}, {kind: "finished", step: STEPS});
  await settle();
  expect(training.said()).toBe("Finished after 2 steps.");
  expect(asked).toEqual(["advance", "advance", "keepModel", "close"]);
});

it("nothing is shown any more of one that was deleted", async () => {
  const {training, shown, news} = page();
  await news(measured(0), step(1));
  expect(shown.at(-1)).toMatchObject({training: {id: "a"}});
  const forgotten = training.forget("a");
  await news(step(2));
  await forgotten;
  expect(shown.at(-1)).toBeNull();
  expect([training.openId(), training.said(), training.verdict.textContent]).toEqual([null, "", ""]);
});

it("a model that the browser does not keep can be downloaded, and leads nowhere else", async () => {
  const {training, trained, news} = page("This browser has no more room.");
  await news(measured(0), step(1), step(2), measured(2), {kind: "finished", step: STEPS});
  expect(training.said()).toBe("Finished after 2 steps.");
  expect(trained.textContent).toMatch(/“Shapes” is trainedThis browser has no more room\. It is here until you leave this page/);
  expect(trained.querySelectorAll("a")).toHaveLength(0);
  const files: Blob[] = [];
  Object.assign(URL, {createObjectURL: (blob: Blob) => (files.push(blob), "blob:1"), revokeObjectURL: () => {}});
  trained.querySelector("button")!.click();
  expect(await files[0]!.text()).toBe("weights");
});
