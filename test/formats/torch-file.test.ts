import {readFileSync} from "node:fs";
import path from "node:path";
import {describe, expect, test} from "vitest";
import {readTorchFile} from "../../src/formats/torch-file.js";
import {STORAGE, called, dictionary, integer, long, named, pickle, tensor, text, torchFile, tuple, zip} from "./tiny-torch.js";
import type {Code} from "./tiny-torch.js";

const fixture = (name: string) => new Uint8Array(readFileSync(path.join(import.meta.dirname, "../fixtures/pytorch", name)));

const BOTH = ["tensors.pth", "tensors-before-1.6.pth"] as const;

describe.each(BOTH)("%s, which torch.save wrote", (name) => {
  const file = fixture(name);

  test("has its tensors row by row, whatever their strides, storages and types", () => {
    const tensors = Object.fromEntries([...readTorchFile(file)].map(([key, {shape, values}]) => [key, [shape, [...values()]]]));
    const range = Array.from({length: 24}, (_, i) => i);
    expect(tensors).toEqual({
      whole: [[2, 3, 4], range],
      turned: [[4, 2, 3], range.map((i) => Math.floor(i / 6) + 4 * (i % 6))],
      slice: [
        [2, 2],
        [16, 18, 20, 22]
      ],
      spread: [
        [2, 3],
        [1.5, 1.5, 1.5, -2, -2, -2]
      ],
      half: [[3], [1, -0.0999755859375, 65504]],
      bfloat: [[2], [1, -3.140625]],
      double: [[2], [1, Math.fround(1e-3)]],
      count: [[], [7]],
      empty: [[0, 4], []],
      parameter: [[1], [0.25]]
    });
  });

  test("cut off anywhere is refused with a sentence", () => {
    for (let tenth = 0; tenth < 10; tenth++)
      refused(file.subarray(0, Math.floor((tenth * file.length) / 10)), /cut off|not a file of PyTorch/);
    refused(file.subarray(0, file.length - 1), /cut off/);
  });
});

describe("a checkpoint with more than weights", () => {
  test("gives its weights alone, without the prefix of DataParallel", () => {
    const names = [...readTorchFile(fixture("vainf-v3plus-mobilenet.pth")).keys()];
    expect(names).toContain("backbone.low_level_features.0.0.weight");
    expect(names).toContain("classifier.classifier.3.bias");
  });

  test.each(["state_dict", "model_state_dict", "model"])("has them under %s", (key) => {
    const file = torchFile(dictionary({epoch: integer(3), [key]: dictionary({"module.model.a": tensor()})}));
    expect([...readTorchFile(file)].map(([name, {values}]) => [name, [...values()]])).toEqual([["a", [1, 2]]]);
  });

  test("keeps a prefix that not all names have", () => {
    expect([...readTorchFile(torchFile(dictionary({"model.a": tensor(), b: tensor()}))).keys()]).toEqual(["model.a", "b"]);
  });
});

/** Reads a file and all its values, which has to end in a sentence, and soon. */
function refused(file: Uint8Array, sentence: RegExp): void {
  // Not the time on the wall, which other tests share.
  const start = process.cpuUsage();
  expect(() => [...readTorchFile(file).values()].map(({values}) => values())).toThrow(
    expect.objectContaining({name: "FormatError", message: expect.stringMatching(sentence)})
  );
  expect(process.cpuUsage(start).user).toBeLessThan(1_000_000);
}

const one = (code: Code) => torchFile(dictionary({weight: code}));
const good = {name: "archive/data.pkl", data: pickle(dictionary({weight: tensor()}))};
/** Bytes before the name of an entry. */
const LOCAL_HEADER = 30;
/** What torch.save is told to do instead. */
const INSTEAD = "Save the weights alone, with torch\\.save\\(model\\.state_dict\\(\\)";
const asks = (name: string) => new RegExp(`asks Python for "${name.replaceAll(".", "\\.")}".*${INSTEAD}`);

describe("a zip that is not what it says", () => {
  test.each([
    ["bytes beyond the file", zip([good, {...STORAGE, bytes: 2 ** 31}]), /ends at byte/],
    ["another size before the data", zip([good, {...STORAGE, localBytes: 4}]), /8 bytes in the directory and 4 before its data/],
    ["two sizes", zip([good, {...STORAGE, packed: 4}]), /says 8 bytes and 4/],
    [
      "a compressed entry that grows without end",
      zip([good, {...STORAGE, method: 8, packed: 8, bytes: 2 ** 32 - 2}]),
      /compressed \(method 8\)/
    ],
    ["an encrypted entry", zip([good, {...STORAGE, flags: 1}]), /encrypted/],
    [
      "entries over each other",
      zip([good, STORAGE, {...STORAGE, name: "archive/data/1", offset: LOCAL_HEADER + good.name.length + good.data.length}]),
      /overlap/
    ],
    ["an entry elsewhere", zip([good, {...STORAGE, offset: 7}]), /not where it should be/],
    ["a name that climbs out", zip([good, {...STORAGE, name: "archive/../../../etc/passwd"}]), /outside of its folder/],
    ["a name from the root", zip([good, {...STORAGE, name: "/etc/passwd"}]), /outside of its folder/],
    ["a name of another system", zip([good, {...STORAGE, name: "..\\windows"}]), /outside of its folder/],
    ["one name twice", zip([good, STORAGE, STORAGE]), /two entries are called/],
    ["more entries than there are", zip([good, STORAGE], 60_000), /60000 entries/],
    ["fewer bytes than a directory", zip([]).subarray(4), /not a file of PyTorch/],
    ["no pickle", zip([{name: "archive/other", data: Uint8Array.of(1)}]), /no data\.pkl, but archive\/other/],
    ["numbers the other way round", zip([good, STORAGE, {name: "archive/byteorder", data: new TextEncoder().encode("big")}]), /big-endian/]
  ])("%s", (_, file, sentence) => refused(file, sentence));
});

describe("a pickle that is more than data", () => {
  test.each([
    ["os.system", one(called("os.system", text("true"))), asks("os.system")],
    ["posix.system by protocol 4", one([...text("posix"), ...text("system"), 0x93, ...tuple(text("true")), 0x52]), asks("posix.system")],
    ["builtins.eval", one(called("builtins.eval", text("1"))), asks("builtins.eval")],
    ["a name that objects of JavaScript have", one(called("constructor.constructor", text("1"))), asks("constructor.constructor")],
    [
      "a whole model",
      torchFile(named("torchvision.models.segmentation.deeplabv3.DeepLabV3")),
      asks("torchvision.models.segmentation.deeplabv3.DeepLabV3")
    ],
    ["a call of a type", one([...named("torch.FloatStorage"), ...tuple(), 0x52]), /calls something that is no function/],
    ["a call of a number", one([...integer(1), ...tuple(), 0x52]), /calls something that is no function/],
    ["a part that was not written", one([0x68, 9]), /refers to its part 9/],
    ["an operation of protocol 0", one([0x49, 0x31, 0x0a]), /operation 0x49/],
    ["protocol 5", one([0x80, 5]), /protocol 5/],
    ["no end", zip([{...good, data: good.data.subarray(0, -1)}, STORAGE]), /cut off/],
    ["an empty stack", torchFile([0x30, 0x30]), /empty stack/],
    ["a list never begun", torchFile([0x74]), /never began/],
    ["a whole number without end", one([0x8b, 0xff, 0xff, 0xff, 0x7f]), /whole number of 2147483647 bytes/],
    ["a text without end", one([0x58, 0xff, 0xff, 0xff, 0x7f]), /cut off/],
    ["work without end", zip([{...good, data: new Uint8Array(600_000).fill(0x4e)}, STORAGE].slice(0, 1)), /more than 500000 operations/],
    [
      "a dictionary in itself",
      torchFile([0x7d, 0x71, 0, ...text("state_dict"), 0x68, 0, 0x73]),
      /holds no weights by name: its entries are state_dict/
    ],
    [
      "a list in itself, as a tensor",
      one([...named("torch._utils._rebuild_tensor_v2"), 0x5d, 0x71, 0, 0x68, 0, 0x61, 0x52]),
      /has no storage/
    ],
    [
      "lists in lists, two hundred thousand deep",
      torchFile([...Array<number>(200_000).fill(0x5d), ...Array<number>(199_999).fill(0x61)]),
      /holds no dictionary/
    ]
  ])("%s", (_, file, sentence) => refused(file, sentence));
});

describe("tensors that are not there", () => {
  const sides = (...numbers: readonly number[]) => numbers.map(integer);
  test.each([
    [
      "an offset outside",
      one(tensor({offset: integer(1)})),
      /"weight", shape \[2\] with strides \[1\] from 1 on reaches beyond the 2 numbers/
    ],
    ["an offset before", one(tensor({offset: integer(-1)})), /not all whole numbers from 0 up/],
    ["negative strides", one(tensor({strides: sides(-1)})), /not all whole numbers from 0 up/],
    ["a stride too far", one(tensor({strides: sides(2)})), /reaches beyond/],
    ["huge sides", one(tensor({shape: sides(2 ** 31 - 1, 2 ** 31 - 1), strides: sides(2 ** 31 - 1, 1)})), /reaches beyond/],
    ["sides beyond all numbers", one(tensor({shape: [long(2n ** 62n)]})), /not all whole numbers/],
    ["one number for a terabyte", one(tensor({shape: sides(2 ** 20, 2 ** 20), strides: sides(0, 0)})), /would become more than/],
    [
      "many such",
      torchFile(
        dictionary(Object.fromEntries(Array.from({length: 99}, (_, i) => [`${i}`, tensor({shape: sides(2 ** 18), strides: sides(0)})])))
      ),
      /would become more than/
    ],
    ["more sides than strides", one(tensor({strides: sides(1, 1)})), /1 sides and 2 strides/],
    [
      "a hundred sides",
      one(tensor({shape: sides(...Array<number>(100).fill(1)), strides: sides(...Array<number>(100).fill(1))})),
      /100 sides/
    ],
    ["a missing storage", one(tensor({key: "9"})), /the numbers of "weight" \(storage "9"\) are missing/],
    ["a storage of another size", one(tensor({elements: 1000, shape: sides(1000)})), /holds 2 numbers, and should hold 1000/],
    ["a storage of two types", torchFile(dictionary({a: tensor(), b: tensor({type: "Int"})})), /described in two ways/],
    ["a storage of no known type", one(tensor({type: "ComplexFloat"})), asks("torch.ComplexFloatStorage")],
    ["no tensors", torchFile(dictionary({epoch: integer(3), arch: text("resnet")})), /its entries are epoch, arch/],
    ["a list", torchFile(tuple(tensor())), /holds no dictionary of weights/]
  ])("%s", (_, file, sentence) => refused(file, sentence));
});
