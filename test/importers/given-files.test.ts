import {readFile} from "node:fs/promises";
import path from "node:path";
import {expect, it} from "vitest";
import {convert, isModel} from "../../src/importers/convert.js";
import {modelsAmong, titleOf} from "../../src/importers/given-files.js";

const NANO = await readFile(path.resolve(import.meta.dirname, "../../data/models/nano.safetensors"));
const file = (name: string, bytes: Uint8Array = new TextEncoder().encode(name)) => ({path: name, content: new Blob([bytes as BlobPart])});

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
  const [first, second] = await Promise.all(models.map(({open}) => open()));
  expect(needed.size).toBe(0);
  expect(new TextDecoder().decode(await second!.beside("shard.bin"))).toBe("b/shard.bin");
  expect([...needed]).toEqual(["b/shard.bin"]);
  await expect(first!.beside("other.bin")).rejects.toThrow(
    "a/anything needs other.bin beside it: give both files together, or their folder."
  );
});

it("refuses what is no model but the wrong folder, before it is read", async () => {
  const many = Array.from({length: 1001}, (_, i) => ({
    path: `photos/${i}.jpg`,
    content: {slice: () => expect.fail("It was read.")} as unknown as Blob
  }));
  await expect(modelsAmong(many)).rejects.toThrow("These are 1001 files. Give the folder of one model, or its files.");
});

it("reads a large file by its beginning, and again when it is opened", async () => {
  const large = new Uint8Array(2 ** 24 + 100);
  large.set([0x1f, 0x8b]);
  const content = new Blob([large]);
  const read: number[] = [];
  const slice = content.slice.bind(content);
  content.slice = (start, end) => (read.push(end!), slice(start, end));
  content.arrayBuffer = () => expect.fail("It was read as a whole.");
  await modelsAmong([{path: "net.tgz", content}]);
  expect(read).toEqual([2 ** 24]);
});

it("calls a model after its file, or after its folder where the file's name says nothing", () => {
  expect(titleOf("deeplabv3_257_mv_gpu.tflite")).toBe("deeplabv3_257_mv_gpu");
  expect(titleOf("release/mobilenetv2_dm0.5/frozen_inference_graph.pb")).toBe("mobilenetv2_dm0.5");
  expect(titleOf("https://example.org/zoo/my-net/model.json")).toBe("my-net");
  expect(titleOf("net.tar.gz")).toBe("net");
  expect(titleOf("model.json")).toBe("model");
});

it("answers a file of Keras with how to convert it", async () => {
  const file = {name: "model.h5", bytes: Uint8Array.of(0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0)};
  expect(isModel(file)).toBe(true);
  const nothing = () => Promise.reject(new Error("Nothing is beside it."));
  await expect(convert({...file, beside: nothing}, {name: "", license: "", source: "", measured: ""})).rejects.toThrow(
    /a file of Keras, which is not read here\. Convert it .*tensorflowjs_converter --input_format=keras model\.h5 folder/
  );
});
