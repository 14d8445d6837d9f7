import {describe, expect, test} from "vitest";
import {filesOfTarGz} from "../../src/formats/tar.js";
import {filesOfZip} from "../../src/formats/zip-files.js";
import {modelInArchive} from "../../src/importers/archive.js";
import {convert, isModel} from "../../src/importers/convert.js";
import {tarGz} from "../formats/tar-gz.js";
import {torchFile, zip} from "../formats/tiny-torch.js";
import {deflated, zipOf} from "../formats/tiny-zip.js";

const GRAPH = "frozen_inference_graph.pb";
const some = new Uint8Array([1, 2, 3]);
const noise = (bytes: number) => Uint8Array.from({length: bytes}, (_, i) => Math.imul(i, 2654435761) >>> 13);

describe.each([
  ["a .tar.gz", tarGz, filesOfTarGz],
  ["a zip file", async (files: Readonly<Record<string, Uint8Array>>) => zipOf(files), filesOfZip]
])("%s", (_, archiveOf, filesOf) => {
  const inside = async (files: Readonly<Record<string, Uint8Array>>) => modelInArchive({bytes: await archiveOf(files)});

  test("gives the files that are wanted, by their names with folders", async () => {
    const archive = await archiveOf({"a/readme.txt": some, [`a/b/${GRAPH}`]: some, [GRAPH]: noise(9)});
    const {names, files} = await filesOf(archive, (name) => name.endsWith(GRAPH));
    expect(names).toEqual(["a/readme.txt", `a/b/${GRAPH}`, GRAPH]);
    expect([...files.keys()]).toEqual([`a/b/${GRAPH}`, GRAPH]);
    expect(files.get(`a/b/${GRAPH}`)).toEqual(some);
  });

  test("gives what stands between files that are not wanted, whatever their sizes", async () => {
    for (const other of [9, 3000, 15_000]) {
      for (const bytes of [9, 14_000, 30_000]) {
        const archive = await archiveOf({before: noise(other), [GRAPH]: noise(bytes), after: noise(other)});
        const {files} = await filesOf(archive, (name) => name === GRAPH);
        expect(Buffer.compare(files.get(GRAPH)!, noise(bytes))).toBe(0);
      }
    }
  });

  test.each([
    ["a frozen graph before a checkpoint", {"r/model.ckpt-9.index": some, [`r/${GRAPH}`]: some}, GRAPH],
    ["the checkpoint with the most steps", {"m.ckpt-9.index": some, "m.ckpt-30.index": some, "._m.ckpt-99.index": some}, "m.ckpt-30.index"],
    ["a TensorFlow Lite file", {"x/readme.md": some, "x/net.tflite": some}, "net.tflite"],
    ["safetensors before the same by PyTorch", {"hf/pytorch_model.bin": some, "hf/model.safetensors": some}, "model.safetensors"],
    ["a state dict", {"weights/best.pth": some, "weights/notes.txt": some}, "best.pth"],
    ["another graph", {"mace/net.pb": some, "mace/net.data": some}, "net.pb"]
  ])("holds %s", async (_, files, name) => {
    expect((await inside(files)).name).toBe(name);
  });

  test("gives a model what is beside it, in its own folder", async () => {
    const {name, beside} = await inside({"m/model.json": some, "m/group1.bin": noise(5), "group1.bin": noise(7), "m/._group1.bin": some});
    expect(name).toBe("model.json");
    expect(await beside("group1.bin")).toEqual(noise(5));
    await expect(beside("group2.bin")).rejects.toThrow("The archive holds model.json, but no group2.bin to go with it.");
  });

  test("with several models, or none, is refused with a sentence", async () => {
    await expect(inside({"a/float.tflite": some, "a/quant.tflite": some})).rejects.toThrow(
      "The archive holds 2 models: a/float.tflite, a/quant.tflite. Unpack it and give one of them."
    );
    await expect(inside({"a/model.json": some, "b/model.json": some})).rejects.toThrow(/holds 2 models: a\/model\.json, b\/model\.json/);
    await expect(inside({"a/photo.jpg": some, "__MACOSX/._photo.jpg": some})).rejects.toThrow(
      "The archive holds no model that is known here; it holds a/photo.jpg."
    );
  });

  test("that says much more than it has is refused before it fills the memory", async () => {
    await expect(inside({[GRAPH]: new Uint8Array(2 ** 25)})).rejects.toThrow(/is said to have 33554432 bytes, the archive has \d+\.$/);
  });

  test("cut off or damaged is refused with a sentence", async () => {
    const archive = await archiveOf({[`a/${GRAPH}`]: noise(5000)});
    await expect(modelInArchive({bytes: archive.subarray(0, archive.length / 2)})).rejects.toThrow(/cut off or damaged/);
    const changed = archive.slice();
    changed[1000]! ^= 0xff;
    await expect(modelInArchive({bytes: changed})).rejects.toThrow(/damaged/);
  });
});

test("what only begins as a .tar.gz is refused with a sentence", async () => {
  await expect(modelInArchive({bytes: new Uint8Array([0x1f, 0x8b, 1, 2, 3])})).rejects.toThrow(/cut off or damaged/);
});

describe("a zip file that is not what it says", () => {
  const entry = deflated(GRAPH, noise(100));
  const NOT_ITSELF = /its entry "frozen_inference_graph\.pb" is not what it says/;
  test.each([
    ["more content than is said", {...entry, bytes: 50}, NOT_ITSELF],
    ["less content than is said", {...entry, bytes: 150}, NOT_ITSELF],
    ["another checksum", {...entry, checksum: 7}, NOT_ITSELF],
    ["bytes that are not deflated", {...entry, data: noise(60), packed: 60}, NOT_ITSELF],
    [
      "an encrypted entry",
      {...entry, flags: 1},
      /entry "frozen_inference_graph\.pb" of the zip file is encrypted: unpack it with its password/
    ],
    ["another way of packing", {...entry, method: 14}, /packed in a way that is not read here \(method 14\)/],
    ["a name that climbs out", {...entry, name: `../${GRAPH}`}, /outside of its folder/]
  ])("%s", async (_, wrong, message) => {
    await expect(modelInArchive({bytes: zip([wrong])})).rejects.toThrow(message);
  });

  test("is no matter in files that are not wanted", async () => {
    const bytes = zip([{...deflated("notes.txt", some), flags: 1}, {...deflated("movie.mp4", some), method: 14, bytes: 2 ** 31}, entry]);
    expect((await modelInArchive({bytes})).bytes).toEqual(noise(100));
  });
});

describe("zip files are told from PyTorch's", () => {
  const card = {name: "", license: "", source: "", measured: ""};
  const reading = (name: string, bytes: Uint8Array) =>
    convert({name, bytes, beside: () => Promise.reject(new Error("Nothing is beside it."))}, card);

  test("by the pickle that these have", async () => {
    await expect(reading("net.zip", torchFile([0x4e]))).rejects.toThrow("The file holds no dictionary of weights.");
    await expect(reading("net.zip", zipOf({"a.txt": some}))).rejects.toThrow("The archive holds no model that is known here");
    expect(isModel({name: "net.pth", bytes: torchFile([0x4e]).subarray(0, 40)})).toBe(true);
  });

  test("and Keras's from both", async () => {
    const hdf5 = Uint8Array.of(0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a);
    const keras = zipOf({"metadata.json": some, "config.json": some, "model.weights.h5": hdf5});
    await expect(reading("net.keras", keras)).rejects.toThrow(/a file of Keras, which is not read here/);
  });
});
