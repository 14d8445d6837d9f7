import {mkdir, mkdtemp, readFile, readdir, rm, writeFile} from "node:fs/promises";
import {tmpdir} from "node:os";
import path from "node:path";
import {afterAll, beforeAll, beforeEach, expect, test} from "vitest";
import {runModelCommand} from "../../scripts/models/cli.js";
import type {Model} from "../../src/engine/model.js";
import {MODEL_PROTO} from "../../src/formats/onnx-schema.js";
import {readModel, writeModel} from "../../src/importers/model-file.js";
import {randomWeights} from "../engine/networks.js";
import {tinyWhole} from "../exactness/tiny.js";

const model: Model = {
  network: tinyWhole,
  weights: randomWeights(tinyWhole),
  card: {
    name: "tiny",
    classes: ["sea", "sky", "land"],
    palette: [
      [0, 0, 255],
      [0, 255, 255],
      [9, 99, 9]
    ],
    license: "CC0",
    source: "a test",
    measured: "nothing"
  }
};

let folder: string;
let out: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "deeplab-export-"));
  await writeFile(path.join(folder, "tiny.safetensors"), writeModel(model));
});
beforeEach(async () => {
  out = path.join(folder, "out");
  await rm(out, {recursive: true, force: true});
  await mkdir(out);
});
afterAll(() => rm(folder, {recursive: true}));

async function run(...args: string[]) {
  const lines: string[] = [];
  const errors: string[] = [];
  const code = await runModelCommand(["export", ...args], {
    folder,
    log: (line) => lines.push(line),
    error: (line) => errors.push(line)
  });
  return {code, lines, errors};
}

const inOut = (name: string) => path.join(out, name);

/** What an ONNX file says of itself, by ONNX's own schema. */
async function said(file: string) {
  const {metadataProps, graph} = MODEL_PROTO.toObject(MODEL_PROTO.decode(await readFile(file)), {longs: Number}) as {
    metadataProps: {key: string; value: string}[];
    graph: {output: object[]; initializer: {name: string; dataType: number}[]};
  };
  return {metadata: Object.fromEntries(metadataProps.map(({key, value}) => [key, value])), ...graph};
}

test("writes an ONNX graph that says what it is, and what goes in and comes out", async () => {
  const file = inOut("tiny.onnx");
  const {code, lines, errors} = await run("tiny", "--out", file, "--size", "65", "--output-stride", "8");
  expect([code, errors]).toEqual([0, []]);
  expect(lines).toEqual([
    expect.stringMatching(/^Wrote tiny to .*tiny\.onnx \(0\.0 MB\)\.$/),
    expect.stringMatching(/^It is given image, float32 \[batch, 3, 65, 65\]/),
    expect.stringMatching(/^It gives logits, float32 \[batch, 3, 33, 33\]/)
  ]);
  const {metadata} = await said(file);
  expect(metadata).toMatchObject({name: "tiny", license: "CC0", source: "a test", output_stride: "8", preprocessing: "in the graph"});
  expect(JSON.parse(metadata["classes"]!)).toEqual(["sea", "sky", "land"]);
  expect(JSON.parse(metadata["network"]!)).toEqual(tinyWhole);
  expect(await readdir(out)).toEqual(["tiny.onnx"]);
});

test("takes a model by its path, and writes its weights as float16", async () => {
  const tiny = path.join(folder, "tiny.safetensors");
  expect((await run(tiny, "--out", inOut("a"), "--format", "onnx", "--type", "float16", "--full-size")).code).toBe(0);
  const {initializer, output} = await said(inOut("a"));
  expect(initializer.find(({name}) => name === "logits/kernel")).toMatchObject({dataType: 10});
  expect(JSON.stringify(output)).toContain('[{"dimParam":"batch"},{"dimValue":3},{"dimValue":513},{"dimValue":513}]');
  expect((await run(tiny, "--out", inOut("a.safetensors"), "--type", "float16")).lines).toHaveLength(1);
  expect(await readFile(inOut("a.safetensors"))).toEqual(Buffer.from(writeModel(model, {type: "F16"})));
  expect((await run("tiny", "--out", inOut("b.safetensors"))).code).toBe(0);
  expect(readModel(await readFile(inOut("b.safetensors")))).toEqual(model);
});

test("writes over no file unless it is told to", async () => {
  await writeFile(inOut("a.onnx"), "mine");
  expect(await run("tiny", "--out", inOut("a.onnx"))).toMatchObject({
    code: 1,
    errors: [expect.stringMatching(/is there already.*--force/)]
  });
  expect(await readFile(inOut("a.onnx"), "utf8")).toBe("mine");
  expect((await run("tiny", "--out", inOut("a.onnx"), "--force")).code).toBe(0);
  expect((await said(inOut("a.onnx"))).metadata["name"]).toBe("tiny");
});

test.each([
  [["tiny"], /Say where it goes: --out/],
  [["--out", "OUT/a.onnx"], /Say one model to export/],
  [["nowhere", "--out", "OUT/a.onnx"], /There is no model "nowhere"/],
  [["no/where.safetensors", "--out", "OUT/a.onnx"], /There is no file no\/where\.safetensors/],
  [["tiny", "--out", "OUT/a.tflite"], /ends in none of \.onnx, \.safetensors: .* --format/],
  [["tiny", "--out", "OUT/a.onnx", "--format", "tflite"], /--format is onnx or safetensors, not "tflite"/],
  [["tiny", "--out", "OUT/a.onnx", "--format", "safetensors"], /ends in \.onnx, and --format says safetensors/],
  [["tiny", "--out", "OUT/none/a.onnx"], /There is no folder .*none: make it first/],
  [["tiny", "--out", "OUT", "--format", "onnx"], /is a folder: say the name of the file/],
  [["tiny", "--out", "OUT/a.onnx", "--size", "32"], /--size is a whole number of pixels from 33 up, not "32"/],
  [["tiny", "--out", "OUT/a.onnx", "--output-stride", "4"], /--output-stride is 8, 16 or 32, not "4"/],
  [["tiny", "--out", "OUT/a.onnx", "--type", "int8"], /--type is float32 or float16, not "int8"/],
  [["tiny", "--out", "OUT/a.safetensors", "--size", "65"], /--size says for which run an ONNX graph is made/],
  [["tiny", "--out", "OUT/a.onnx", "--rates", "6"], /Unknown option '--rates'/]
])("%j is told of in a sentence, and writes nothing", async (args, sentence) => {
  const {code, errors, lines} = await run(...args.map((arg) => arg.replace("OUT", out)));
  expect([code, lines]).toEqual([1, []]);
  expect(errors).toEqual([expect.stringMatching(sentence)]);
  expect(await readdir(out)).toEqual([]);
});
