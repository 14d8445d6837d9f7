import {gzipSync} from "node:zlib";
import {describe, expect, it} from "vitest";
import {convert} from "../../src/importers/convert.js";
import {FAMILIES} from "../../src/importers/families.js";
import {foldLayers} from "../../src/importers/fold.js";
import {FoldedGraph} from "../../src/importers/folded-graph.js";
import type {Operation} from "../../src/importers/operations.js";
import {constant, field, float, integer, join, node} from "../formats/tiny-graphdef.js";
import {tarGz} from "../formats/tar-gz.js";
import {zip} from "../formats/tiny-torch.js";
import {header, said, table} from "../formats/written-checkpoint.js";

/** Small files that would take long, or fill the memory: each is refused before it does. */

const CARD = {name: "", license: "", source: "", measured: ""};
const read = (name: string, bytes: Uint8Array) =>
  convert({name, bytes, beside: () => Promise.reject(new Error("Nothing is beside it."))}, CARD);

const photo = node("x", "Placeholder");
const windows = {strides: field(1, [1, 1, 1, 1].map((side) => integer(3, side))), padding: field(2, "SAME")}; // prettier-ignore
const ones = (bytes: number) => field(4, new Uint8Array(bytes).fill(63));

const graphs: Record<string, () => Uint8Array[]> = {
  "a constant that lists one of its 2^28 values": () => [
    node("c", "Const", [], constant(1, [2 ** 28], float(5, 1))),
    photo,
    node("y", "Mul", ["x", "c"]),
    node("z", "ResizeBilinear", ["x", "c"])
  ],
  "a kernel of no values and 2^28 channels": () => [
    node("c", "Const", [], constant(1, [1, 1, 0, 2 ** 28])),
    photo,
    node("y", "Conv2D", ["x", "c"], windows)
  ],
  "one list of a million that five hundred nodes divide by": () => [
    node("c", "Const", [], constant(1, [2 ** 20], ones(2 ** 22))),
    photo,
    ...Array.from({length: 500}, (_, i) => node(`y${i}`, "RealDiv", ["x", "c"]))
  ],
  "one kernel that is folded five hundred times": () => [
    node("c", "Const", [], constant(1, [1, 1, 1024, 1024], ones(2 ** 22))),
    node("s", "Const", [], constant(1, [1024], ones(4096))),
    photo,
    ...Array.from({length: 500}, (_, i) => [node(`y${i}`, "Conv2D", ["x", "c"], windows), node(`z${i}`, "Mul", [`y${i}`, "s"])]).flat()
  ],
  "a list that hundreds of nodes name": () => [
    node("s", "Const", [], constant(1, [2 ** 14], ones(2 ** 16))),
    photo,
    ...Array.from({length: 300}, (_, i) => node(`y${i}`, "RealDiv", ["x", "s"]))
  ],
  "a node with more inputs than any network": () => [
    field(1, [field(1, "a"), field(2, "b"), Uint8Array.from({length: 500_000}, (_, i) => (i % 2 ? 0 : 26))])
  ]
};

describe("a frozen graph", () => {
  for (const [name, nodes] of Object.entries(graphs)) {
    it(`with ${name} is refused with little in memory`, async () => {
      const bytes = join(nodes());
      const before = process.memoryUsage().arrayBuffers;
      await expect(read("a.pb", bytes)).rejects.toThrow(/^(This file holds|The (graph|file) is damaged|This is not a frozen)/);
      expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(4 * bytes.length + 2 ** 25);
    });
  }

  it("of a long chain of names for one constant is followed once", async () => {
    const chain = Array.from({length: 10_000}, (_, i) => node(`i${i}`, "Identity", [`i${i + 1}`]));
    await expect(read("a.pb", join([...chain, photo]))).rejects.toThrow("without a convolution");
  });

  it("is not compared with every backbone for each of hundreds of convolutions of a photo", () => {
    const kernel = {shape: [3, 3, 3, 32], values: new Float32Array(864)};
    const convolution: Operation = {op: "conv", input: "photo", kernel, stride: 2, rate: 1};
    const graph = new FoldedGraph(foldLayers(new Map(Array.from({length: 300}, (_, i) => [`c${i}`, convolution]))));
    const alone = new FoldedGraph(foldLayers(new Map([["c", convolution]])));
    for (const {backbones} of FAMILIES) expect(backbones(graph)).toEqual(backbones(alone));
  });
});

it("a state dict whose dictionaries are all made of one list is refused", async () => {
  const list = [..."]q\x02(", ...Array.from({length: 1000}, () => "h\x02").join(""), "e"].join("");
  const made = Array.from({length: 300}, () => "h\x01h\x03R0").join("");
  const bytes = Buffer.from(`\x80\x02ccollections\nOrderedDict\nq\x01${list}\x85q\x030${made}}.`, "latin1");
  await expect(read("a.pth", zip([{name: "a/data.pkl", data: bytes}]))).rejects.toThrow(
    "its dictionaries are made of more than 200000 entries"
  );
});

it("an archive that holds much more than it says, behind its end, is not unpacked", async () => {
  const archive = await tarGz({a: new Uint8Array(3)});
  const zeros = gzipSync(new Uint8Array(2 ** 25), {level: 1});
  await expect(read("a.tgz", new Uint8Array(Buffer.concat([archive, zeros])))).rejects.toThrow(/would become more than|cut off or damaged/);
});

it("an index of names hundreds of parts deep is sorted all the same", async () => {
  const names = Array.from({length: 2000}, (_, i) => `${String(i).padStart(8, "0")}/`.padEnd(512, "a/"));
  const bytes = table([header(), ...names.map((name) => [name, said({shape: [4]})] as const)]);
  await expect(read("a.index", bytes)).rejects.toThrow("This checkpoint holds 2000 variables, but none of a backbone");
});

it("a safetensors header of millions of bytes is refused before it is parsed", async () => {
  const bytes = new Uint8Array(2 ** 22 + 100).fill(32);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(2 ** 22 + 1), true);
  bytes[8] = 123;
  await expect(read("a.safetensors", bytes)).rejects.toThrow("it announces a header of 4194305 bytes");
});
