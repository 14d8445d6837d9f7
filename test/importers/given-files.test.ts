import {readFile} from "node:fs/promises";
import path from "node:path";
import {expect, it} from "vitest";
import {modelsAmong, titleOf} from "../../src/importers/given-files.js";

const NANO = await readFile(path.resolve(import.meta.dirname, "../../data/models/nano.safetensors"));
const file = (name: string, bytes: Uint8Array = new TextEncoder().encode(name)) => ({path: name, bytes: async () => bytes});

it("finds the models among files by what they hold, and gives each what lies beside it", async () => {
  const files = [
    file("a/readme.txt"),
    file("a/.hidden.pb"),
    file("a/anything", NANO),
    file("a/shard.bin"),
    file("b/graph.pb"),
    file("b/shard.bin")
  ];
  const {models, needed} = await modelsAmong(files);
  expect(models.map(({name}) => name)).toEqual(["a/anything", "b/graph.pb"]);
  const [first, second] = models;
  expect(needed.size).toBe(0);
  expect(new TextDecoder().decode(await second!.beside("shard.bin"))).toBe("b/shard.bin");
  expect([...needed]).toEqual(["b/shard.bin"]);
  await expect(first!.beside("other.bin")).rejects.toThrow(
    "a/anything needs other.bin beside it: give both files together, or their folder."
  );
});

it("refuses what is no model but the wrong folder, before it is read", async () => {
  const many = Array.from({length: 1001}, (_, i) => ({path: `photos/${i}.jpg`, bytes: () => Promise.reject(new Error("It was read."))}));
  await expect(modelsAmong(many)).rejects.toThrow("These are 1001 files. Give the folder of one model, or its files.");
});

it("calls a model after its file, or after its folder where the file's name says nothing", () => {
  expect(titleOf("deeplabv3_257_mv_gpu.tflite")).toBe("deeplabv3_257_mv_gpu");
  expect(titleOf("release/mobilenetv2_dm0.5/frozen_inference_graph.pb")).toBe("mobilenetv2_dm0.5");
  expect(titleOf("https://example.org/zoo/my-net/model.json")).toBe("my-net");
  expect(titleOf("net.tar.gz")).toBe("net");
  expect(titleOf("model.json")).toBe("model");
});
