import {describe, expect, test} from "vitest";
import {filesOfTarGz} from "../../src/formats/tar.js";
import {modelInArchive} from "../../src/importers/archive.js";
import {tarGz} from "../formats/tar-gz.js";

describe("a .tar.gz", () => {
  const graph = "frozen_inference_graph.pb";
  test("gives the files that are wanted from whatever folder, of two of one name the first", async () => {
    const archive = await tarGz({
      "a/readme.txt": new Uint8Array(3),
      [`a/b/${graph}`]: new Uint8Array([1, 2, 3]),
      [graph]: new Uint8Array(9)
    });
    const {names, files} = await filesOfTarGz(archive, (name) => name === graph);
    expect(names).toEqual(["a/readme.txt", `a/b/${graph}`, graph]);
    expect([...files]).toEqual([[graph, new Uint8Array([1, 2, 3])]]);
  });
  test("gives what stands between files that are not wanted, whatever their sizes", async () => {
    const noise = (bytes: number) => Uint8Array.from({length: bytes}, (_, i) => Math.imul(i, 2654435761) >>> 13);
    for (const other of [9, 3000, 15_000]) {
      for (const bytes of [9, 14_000, 30_000]) {
        const archive = await tarGz({before: noise(other), [graph]: noise(bytes), after: noise(other)});
        const {files} = await filesOfTarGz(archive, (name) => name === graph);
        expect(Buffer.compare(files.get(graph)!, noise(bytes))).toBe(0);
      }
    }
  });
  test("without a model, cut off or damaged is refused with a sentence", async () => {
    const archive = await tarGz({"a/model.bin": new Uint8Array(5000).map((_, i) => i * 7919)});
    await expect(modelInArchive({bytes: archive})).rejects.toThrow(
      "The archive holds neither frozen_inference_graph.pb nor the .index of a checkpoint; it holds a/model.bin."
    );
    await expect(modelInArchive({bytes: archive.subarray(0, archive.length / 2)})).rejects.toThrow(/cut off or damaged/);
    await expect(modelInArchive({bytes: new Uint8Array([0x1f, 0x8b, 1, 2, 3])})).rejects.toThrow(/cut off or damaged/);
  });
  test("that says much more than it has is refused before it fills the memory", async () => {
    const archive = await tarGz({[graph]: new Uint8Array(2 ** 25)});
    await expect(modelInArchive({bytes: archive})).rejects.toThrow(/is said to have 33554432 bytes, the archive has \d+\.$/);
  });
});
