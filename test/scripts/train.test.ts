import {cp, mkdir, mkdtemp, readFile, readdir, rm, writeFile} from "node:fs/promises";
import {tmpdir} from "node:os";
import path from "node:path";
import {encode} from "fast-png";
import {afterAll, beforeAll, expect, it} from "vitest";
import {runTrainCommand} from "../../scripts/train/cli.js";
import {trainOptions} from "../../scripts/train/options.js";
import {readModel, writeModel} from "../../src/importers/model-file.js";
import {readCheckpoint} from "../../src/train/checkpoint.js";
import {startModel} from "../train/fixture.js";

const FIXTURES = path.join(import.meta.dirname, "../fixtures");
const SIDE = 257;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "train-"));
  await mkdir(path.join(folder, "voc/JPEGImages"), {recursive: true});
  await mkdir(path.join(folder, "voc/SegmentationClass"));
  for (const split of ["train", "val"]) await writeFile(path.join(folder, `voc/${split}.txt`), `${split}\n`);
  const ids = Uint8Array.from({length: SIDE ** 2}, (_, i) => (i % SIDE < 90 ? 1 : 0));
  for (const name of ["train", "val"]) {
    // A PNG, whatever the layout calls it.
    await cp(path.join(FIXTURES, "nano/reference_input.png"), path.join(folder, `voc/JPEGImages/${name}.jpg`));
    const mask = encode({width: SIDE, height: SIDE, data: ids, channels: 1, depth: 8});
    await writeFile(path.join(folder, `voc/SegmentationClass/${name}.png`), mask);
  }
});
afterAll(() => rm(folder, {recursive: true, force: true}));

const asked = (out: string) => [
  ...["--dataset", path.join(folder, "voc"), "--model", path.join(FIXTURES, "training/start.safetensors")],
  ...["--classes", "background,thing", "--steps", "3", "--batch", "1", "--crop", "65", "--photo-side", "129", "--checkpoint-every", "1"],
  ...["--out", path.join(folder, out)]
];

async function run(out: string, signal = new AbortController().signal, ...more: string[]) {
  const said: string[] = [];
  const code = await runTrainCommand([...asked(out), ...more], (text) => said.push(text), signal);
  return {code, said: said.join("\n")};
}

it("trains a model, says what is new, measures and writes it; what was stopped goes on as if it had not been", async () => {
  const whole = await run("whole.safetensors");
  expect(whole.code).toBe(0);
  expect(whole.said).toMatch(/^New, because the classes are others: logits\/kernel, logits\/bias, for background, thing\./);
  expect(whole.said).toContain("mIoU of the classes in the labels");
  const stopped = await run("parts.safetensors", AbortSignal.abort());
  expect(stopped).toMatchObject({code: 130});
  expect(stopped.said).toContain("Stopped after step 1 of 3");
  const {settings} = readCheckpoint(await readFile(path.join(folder, "parts.safetensors.checkpoint")));
  // As it was before there was a choice: such a checkpoint goes on, too.
  expect(JSON.parse(settings)).not.toHaveProperty("decoder");
  const rest = await run("parts.safetensors");
  expect(rest.said).toContain("Goes on after step 1.");

  const [model, other] = await Promise.all(
    ["whole", "parts"].map(async (name) => readModel(await readFile(path.join(folder, `${name}.safetensors`))))
  );
  expect(model!.card).toMatchObject({name: "whole", classes: ["background", "thing"]});
  expect(model!.card.measured).toMatch(/^mIoU .* % on 1 photo kept apart/);
  expect(other!.weights).toEqual(model!.weights);
  const lines = async (name: string) =>
    (await readFile(path.join(folder, `${name}.safetensors.log.jsonl`), "utf8"))
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as {step?: number; loss?: number})
      .filter(({step}) => step !== undefined)
      .map(({step, loss}) => [step, loss]);
  expect(await lines("whole")).toHaveLength(3);
  expect(await lines("parts")).toEqual(await lines("whole"));
  expect((await readdir(folder)).filter((name) => name.includes("checkpoint"))).toEqual([]);
});

it("keeps the step after which it says that it stopped, whenever in a step it is interrupted", async () => {
  let looks = 0;
  // Comes between the first look at the signal and the second.
  const signal = {
    get aborted() {
      return looks++ > 0;
    }
  } as AbortSignal;
  const without = path.join(folder, "without-decoder.safetensors");
  await writeFile(without, writeModel(await startModel({decoder: false})));
  const {code, said} = await run("late.safetensors", signal, "--checkpoint-every", "100", "--model", without, "--decoder", "on");
  expect(code).toBe(130);
  expect(said).toMatch(/New, because a decoder is added: decoder\/low_level\/kernel, .*, decoder\/conv_1\/pointwise\/bias\./);
  const {state} = readCheckpoint(await readFile(path.join(folder, "late.safetensors.checkpoint")));
  expect(said).toContain(`Stopped after step ${state.step} of 3`);
  expect(Object.keys(state.weights)).toContain("decoder/conv_1/pointwise/kernel");
  await expect(run("late.safetensors", AbortSignal.abort(), "--checkpoint-every", "100", "--model", without)).rejects.toThrow(
    "is of a training with other settings"
  );
});

it("says what it cannot begin with", async () => {
  const {signal} = new AbortController();
  const begun = (...more: string[]) => runTrainCommand([...asked("x.safetensors"), ...more], () => {}, signal);
  await expect(begun("--val", "test")).rejects.toThrow('no list of photos called "test"; it has val, train');
  const usual = ["--dataset", "a", "--model", "nano", "--out", "b.safetensors"];
  expect(() => trainOptions(usual.slice(2))).toThrow("--dataset <folder>");
  expect(() => trainOptions([...usual.slice(0, 4), "--out", "b.npz"])).toThrow("--out <file.safetensors>");
  expect(() => trainOptions([...usual, "--freeze", "head"])).toThrow("--freeze is backbone, logits, nothing");
  expect(() => trainOptions([...usual, "--optimiser", "lion"])).toThrow("--optimiser is adamw, adam or sgd");
  expect(() => trainOptions([...usual, "--hard", "2,10"])).toThrow("--hard is a share");
  expect(() => trainOptions([...usual, "--steps", "many"])).toThrow("--steps is a whole number from 1 up");
  expect(() => trainOptions([...usual, "--rate=-1"])).toThrow("--rate is a number from 0 up");
  expect(trainOptions([...usual, "--optimiser", "sgd"])).toMatchObject({optimiser: {weightDecay: 4e-5}, rate: {base: 0.007}});
});
