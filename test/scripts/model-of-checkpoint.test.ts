import {copyFile, mkdtemp, readFile, readdir, rm, writeFile} from "node:fs/promises";
import {tmpdir} from "node:os";
import path from "node:path";
import {afterAll, beforeAll, beforeEach, expect, test} from "vitest";
import {runModelCommand} from "../../scripts/models/cli.js";
import {readModel} from "../../src/importers/model-file.js";
import {tarGz} from "../formats/tar-gz.js";

const NANO = path.join(import.meta.dirname, "../../data/models/nano.safetensors");
const INDEX = "model.ckpt-30.index";
const DATA = "model.ckpt-30.data-00000-of-00001";
const part = (name: string) => path.join(import.meta.dirname, "../fixtures/checkpoint", name);

let root: string;
let folder: string;
beforeAll(async () => {
  root = await mkdtemp(path.join(tmpdir(), "deeplab-checkpoints-"));
});
afterAll(() => rm(root, {recursive: true}));
beforeEach(async () => {
  folder = await mkdtemp(path.join(root, "models-"));
});

async function run(args: string[]) {
  const lines: string[] = [];
  const errors: string[] = [];
  const code = await runModelCommand(args, {folder, log: (line) => lines.push(line), error: (line) => errors.push(line)});
  return {code, lines, errors};
}

const file = (name: string) => path.join(root, name);
const added = async (id: string) => readModel(await readFile(path.join(folder, `${id}.safetensors`)));

test("a checkpoint is added by its .index or what its files' names begin with, and what it leaves open is said", async () => {
  const {code, lines} = await run(["add", part(INDEX)]);
  expect(code).toBe(0);
  expect(lines).toEqual([
    "With which ASPP rates was it trained? Taken: 6, 12, 18 (or say --rates).",
    "At which output stride was it trained, and are these rates stated? Taken: 16 (or say --output-stride).",
    "What are its 7 classes called? Taken: class 0, class 1, class 2, class 3, ... class 6 (or say --classes).",
    expect.stringMatching(/^Added model\.ckpt-30 to data\/models/)
  ]);
  const answers = ["--rates", "2,4,6", "--output-stride", "8", "--classes", "sky, road,c,d,e,f,g"];
  expect(await run(["add", part("model.ckpt-30"), "--id", "mine", ...answers])).toMatchObject({
    code: 0,
    lines: [expect.stringMatching(/^Added/)]
  });
  const {network, card, weights} = await added("mine");
  expect(network.head.aspp.branches).toContainEqual(expect.objectContaining({kind: "atrous", rate: 3}));
  expect(card.classes.slice(0, 2)).toEqual(["sky", "road"]);
  expect(weights).toEqual((await added("model.ckpt-30")).weights);
});
test("a checkpoint in a .tar.gz is the one with the most steps, beside no frozen graph", async () => {
  const [index, data] = await Promise.all([INDEX, DATA].map((name) => readFile(part(name))));
  const others = {"a/._model.ckpt-99.index": new Uint8Array(9), "a/model.ckpt-4.index": new Uint8Array(9)};
  await writeFile(file("trained.tar.gz"), await tarGz({...others, [`a/${DATA}`]: data!, [`a/${INDEX}`]: index!}));
  expect(await run(["add", file("trained.tar.gz"), "--rates", "6,12,18"])).toMatchObject({code: 0});
  expect((await added("trained")).network.classes).toBe(7);
  await writeFile(file("half.tar.gz"), await tarGz({[INDEX]: index!}));
  expect((await run(["add", file("half.tar.gz")])).errors).toEqual([`The archive holds ${INDEX}, but no ${DATA} to go with it.`]);
});
test("a checkpoint without its values, by another of its files, or with answers that nothing asks for is a sentence", async () => {
  await copyFile(part(INDEX), file("alone.index"));
  expect((await run(["add", file("alone.index")])).errors).toEqual([
    expect.stringMatching(/alone\.data-00000-of-00001" cannot be read \(ENOENT\)/)
  ]);
  expect((await run(["add", part(DATA)])).errors).toEqual([
    "Of the files of a checkpoint, give model.ckpt-30.index; it leads to the others."
  ]);
  expect((await run(["add", NANO, "--id", "mine", "--rates", "6,12,18"])).errors).toEqual([
    "The file nano.safetensors tells its rates itself, or has none: leave that answer out."
  ]);
  expect((await run(["add", part(INDEX), "--averages", "no"])).errors).toEqual([
    expect.stringMatching(/tells its averages itself, or has none/)
  ]);
  expect(await readdir(folder)).toEqual([]);
});
