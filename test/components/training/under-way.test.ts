import {expect, it} from "vitest";
import {busyMark} from "../../../src/lab/busy.js";
import type {PageShell} from "../../../src/lab/page-shell.js";
import {underWay} from "../../../src/pages/train/under-way.js";
import type {UnderWay} from "../../../src/pages/train/under-way.js";
import type {OpenTraining, TrainingCallName} from "../../../src/worker/training-messages.js";

/** An opened training of which ten steps of fifty are done. */
const OPENED = {
  id: "a",
  title: "Cats",
  settings: {steps: 50, measureEvery: 5},
  step: 10,
  course: {steps: [], measured: [], best: 5, resumed: [], overfittingSince: null}
} as unknown as OpenTraining;

const settled = () => new Promise((resolve) => setTimeout(resolve));

/** A page with a training that was paused. @param answers of the worker; an Error is what a question is rejected with */
async function paused(answers: Partial<Record<TrainingCallName, unknown>>): Promise<{training: UnderWay; told: string[]}> {
  const told: string[] = [];
  const ask = async (name: TrainingCallName) => {
    await settled();
    if (answers[name] instanceof Error) throw answers[name];
    return answers[name] ?? null;
  };
  const shell = {
    engine: {train: ask},
    busy: busyMark(document.createElement("main")),
    status: {update: () => {}},
    report: (reason: unknown) => reason !== null && told.push(String(reason)),
    isLeft: () => false
  } as unknown as PageShell;
  const training = underWay({
    shell,
    figures: {element: document.createElement("div"), show: () => {}},
    trained: {element: document.createElement("div"), show: () => {}},
    onChange: () => {}
  });
  const started = training.start(() => Promise.resolve(OPENED), {} as never);
  await settled();
  button(training, "Pause").click();
  await started;
  return {training, told};
}

function button({buttons}: UnderWay, label: string): HTMLButtonElement {
  return buttons.find(({textContent}) => textContent === label) as HTMLButtonElement;
}

it("says that the best is kept once it is, and not where it cannot be", async () => {
  const stop = async (keepModel: unknown) => {
    const page = await paused({advance: [], keep: 10, keepModel});
    button(page.training, "Stop, and keep the best").click();
    await settled();
    await settled();
    return page;
  };
  const good = await stop({kept: {sha256: "0", title: "Cats"}, problem: null});
  expect(good.training.said()).toMatch(/^Stopped after step 10: the best is kept as a model/);
  expect(good.training.isOpen()).toBe(false);
  expect(good.told).toEqual([]);

  const unkept = await stop({kept: null, problem: "This browser keeps no files."});
  expect(unkept.training.said()).toMatch(/^Stopped after step 10: the best is a model, which waits to be downloaded/);

  const full = await stop(new Error("There is no room."));
  expect(full.training.said()).toMatch(/^Paused after step 10/);
  expect(full.training.isOpen()).toBe(true);
  expect(full.told).toEqual(["Error: There is no room."]);
});
