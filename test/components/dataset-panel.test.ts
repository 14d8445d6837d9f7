import {expect, it} from "vitest";
import {busyMark} from "../../src/lab/busy.js";
import {computation} from "../../src/lab/computation.js";
import {datasetPanel} from "../../src/lab/datasets/dataset-panel.js";
import type {PageComputation, PageShell} from "../../src/lab/page-shell.js";
import type {SplitChoice} from "../../src/worker/dataset-messages.js";

/** A page whose engine opens data sets once the test lets it, and looks at them at once. */
function pageWith(engine: Partial<PageShell["engine"]>): PageShell {
  const busy = busyMark(document.createElement("main"));
  return {
    engine,
    status: {update: () => {}},
    report: () => {},
    attempt: () => {},
    computation: <Input extends object, Result>({part, work, show}: PageComputation<Input, Result>) =>
      computation<Input, Result>({
        busy,
        part,
        report: () => {},
        show,
        work: (context) => work({...context, engine: engine as PageShell["engine"]})
      })
  } as unknown as PageShell;
}

it("a data set that is being opened is not given up for the one before when another model is chosen", async () => {
  const looked: string[] = [];
  const opening: (() => void)[] = [];
  const nameOf = ({given}: Pick<SplitChoice, "given">) => given.files[0]!.path;
  const panel = datasetPanel({
    shell: pageWith({
      openDataset: () =>
        new Promise((resolve) => opening.push(() => resolve({layout: "voc", splits: ["val"], classes: undefined, colours: undefined}))),
      checkSplit(choice) {
        looked.push(nameOf(choice));
        const census = {pixels: new Float64Array(256), masks: new Float64Array(256)};
        return Promise.resolve({photos: 0, ids: [], findings: [], census} as never);
      }
    }),
    signal: new AbortController().signal,
    names: {get: () => ({names: false}), set: () => {}, listen: () => {}},
    expected: () => ({})
  });
  const choose = (name: string) => {
    const input = panel.element.querySelectorAll<HTMLInputElement>("input[type=file]")[1]!;
    Object.defineProperty(input, "files", {value: [new File([], name)], configurable: true});
    input.dispatchEvent(new Event("change"));
  };
  const settled = () => new Promise((resolve) => setTimeout(resolve));

  choose("first.zip");
  opening.shift()!();
  await settled();
  expect(looked).toEqual(["first.zip"]);

  choose("second.zip");
  panel.recheck();
  for (; opening.length > 0; await settled()) opening.shift()!();
  expect(looked).toEqual(["first.zip", "second.zip"]);
});
