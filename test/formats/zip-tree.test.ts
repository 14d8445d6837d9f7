import {expect, it} from "vitest";
import {zipTree} from "../../src/formats/zip-files.js";
import {zipOf} from "./tiny-zip.js";

const text = (words: string) => new TextEncoder().encode(words);

it("reads files of a zip whole or in part, in whatever order they are asked for", async () => {
  const tree = zipTree(zipOf({"set/a.txt": text("first"), "set/b.txt": text("second")}));
  expect(tree.paths).toEqual(["set/a.txt", "set/b.txt"]);
  const read = async (path: string, range?: {start: number; end: number}) => new TextDecoder().decode(await tree.read(path, range));
  expect(await Promise.all([read("set/a.txt"), read("set/b.txt"), read("set/a.txt", {start: 1, end: 4})])).toEqual([
    "first",
    "second",
    "irs"
  ]);
});

it("opens no zip that says that it holds far more than it can", () => {
  const bomb = zipOf({a: new Uint8Array(2 ** 25)});
  expect(() => zipTree(bomb)).toThrow(/^The zip file is damaged: a is said to have 33554432 bytes, the archive has \d+\.$/);
});
