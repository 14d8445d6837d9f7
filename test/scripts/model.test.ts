import {createHash} from "node:crypto";
import {once} from "node:events";
import {copyFile, mkdir, mkdtemp, readFile, readdir, rm, writeFile} from "node:fs/promises";
import {createServer} from "node:http";
import type {Server} from "node:http";
import type {AddressInfo} from "node:net";
import {tmpdir} from "node:os";
import path from "node:path";
import {afterAll, beforeAll, beforeEach, describe, expect, test} from "vitest";
import {MODELS, registeredModel} from "../../data/models/registry.js";
import {readModel, writeModel} from "../../src/importers/model-file.js";
import {runModelCommand} from "../../scripts/models/cli.js";
import {download} from "../../scripts/models/download.js";
import {ensureDefaultModel} from "../../scripts/models/ensure.js";
import {tarGz} from "../formats/tar-gz.js";
import {complete, randomWeights} from "../engine/networks.js";
import {called, text, torchFile} from "../formats/tiny-torch.js";
import {hasShared, shared} from "../shared.js";

const NANO = path.join(import.meta.dirname, "../../data/models/nano.safetensors");
const tiny = writeModel({
  network: complete,
  weights: randomWeights(complete),
  card: {
    name: "tiny",
    classes: ["a", "b", "c", "d", "e"],
    palette: Array.from({length: 5}, () => [0, 0, 0] as const),
    license: "",
    source: "",
    measured: ""
  }
});

let root: string;
let folder: string;
beforeAll(async () => {
  root = await mkdtemp(path.join(tmpdir(), "deeplab-models-"));
});
afterAll(() => rm(root, {recursive: true}));
beforeEach(async () => {
  folder = await mkdtemp(path.join(root, "models-"));
});

/** Runs the command line on the test's folder. */
async function run(args: string[], mirror?: string) {
  const lines: string[] = [];
  const errors: string[] = [];
  const code = await runModelCommand(args, {folder, mirror, log: (line) => lines.push(line), error: (line) => errors.push(line)});
  return {code, lines, errors};
}

const file = (name: string) => path.join(root, name);

describe("add", () => {
  test("takes a model file as it is, under an id made from its name or given", async () => {
    await writeFile(file("My Model.safetensors"), tiny);
    expect(await run(["add", file("My Model.safetensors")])).toMatchObject({code: 0, errors: []});
    expect(await run(["add", file("My Model.safetensors"), "--id", "other"])).toMatchObject({code: 0});
    expect(await readdir(folder)).toEqual(["my-model.safetensors", "other.safetensors"]);
    expect(Buffer.compare(await readFile(path.join(folder, "other.safetensors")), tiny)).toBe(0);
  });

  test("takes a .pth of PyTorch's, and a folder of Hugging Face's with the names of its classes", async () => {
    const fixtures = path.join(import.meta.dirname, "../fixtures/pytorch");
    expect(await run(["add", path.join(fixtures, "vainf-v3-mobilenet.pth")])).toMatchObject({
      code: 0,
      errors: [],
      lines: [
        "How were photos prepared for it? Taken: ImageNet's mean and deviation (or say --preprocessing).",
        "With which ASPP rates was it trained? Taken: 6, 12, 18 (or say --rates).",
        expect.stringMatching(/--output-stride/),
        expect.stringMatching(/^What are its 4 classes called\? Taken: class 0, .*--classes/),
        expect.stringMatching(/^Added/)
      ]
    });
    expect(await run(["add", path.join(fixtures, "hugging-face")])).toMatchObject({code: 0, errors: []});
    expect(await readdir(folder)).toEqual(["hugging-face.safetensors", "vainf-v3-mobilenet.safetensors"]);
    const model = readModel(await readFile(path.join(folder, "hugging-face.safetensors")));
    expect(model.card.classes).toEqual(["background", "thing 1", "thing 2", "thing 3"]);
  });

  test("takes answers to what a file does not tell, the names of classes from a file with one a line", async () => {
    const fixture = path.join(import.meta.dirname, "../fixtures/pytorch/vainf-v3-mobilenet.pth");
    await writeFile(file("names.txt"), "sky\nroad\r\ntree, high\ncar\n");
    const {lines} = await run(["add", fixture, "--id", "mine", "--preprocessing", "plus-minus-one", "--classes", file("names.txt")]);
    expect(lines.filter((line) => /--(preprocessing|classes)/.test(line))).toEqual([]);
    const {card, network} = readModel(await readFile(path.join(folder, "mine.safetensors")));
    expect(card.classes).toEqual(["sky", "road", "tree, high", "car"]);
    expect(network.backbone.units[0]!.name).not.toBe("normalise");
    expect((await run(["add", fixture, "--classes", "voc"])).errors).toEqual(["The network has 4 classes, but 21 names are given."]);
    expect(await readdir(folder)).toEqual(["mine.safetensors"]);
  });

  test("runs nothing of a file, says what it asks for, and leaves what was there before", async () => {
    await writeFile(path.join(folder, "mine.safetensors"), tiny);
    await writeFile(file("mine.pth"), torchFile(called("os.system", text("true"))));
    expect(await run(["add", file("mine.pth")])).toMatchObject({
      code: 1,
      errors: [expect.stringMatching(/asks Python for "os\.system".*state_dict/)]
    });
    expect(Buffer.compare(await readFile(path.join(folder, "mine.safetensors")), tiny)).toBe(0);
  });

  test("leaves no half file and what was there before, when the new one is damaged", async () => {
    await writeFile(path.join(folder, "mine.safetensors"), tiny);
    await writeFile(file("mine.safetensors"), tiny.subarray(0, tiny.length - 1));
    const {code, errors} = await run(["add", file("mine.safetensors")]);
    expect(code).toBe(1);
    expect(errors).toEqual([expect.stringMatching(/^The safetensors file is cut off/)]);
    expect(await readdir(folder)).toEqual(["mine.safetensors"]);
    expect(Buffer.compare(await readFile(path.join(folder, "mine.safetensors")), tiny)).toBe(0);
  });

  test("says in a sentence what it cannot do", async () => {
    await writeFile(file("text.tflite"), "hello");
    await mkdir(file("empty"), {recursive: true});
    expect((await run(["add", "nowhere.tflite"])).errors[0]).toMatch(
      /There is no file "nowhere.tflite", and no registered model of that id; registered are/
    );
    expect((await run(["add", "nano"])).errors[0]).toMatch(/part of the repository/);
    expect((await run(["add", NANO])).errors[0]).toMatch(/The id "nano" belongs to a model of the registry/);
    expect((await run(["add", NANO, "--id", "../evil"])).errors[0]).toMatch(/is no id/);
    expect((await run(["add", file("text.tflite")])).errors[0]).toMatch(/not a frozen TensorFlow graph/);
    expect((await run(["add", file("empty")])).errors[0]).toMatch(/holds no model\.json, model\.safetensors, pytorch_model\.bin/);
    expect(await readdir(folder)).toEqual([]);
  });
});

describe("what is not understood", () => {
  test.each([
    [[]],
    [["remove", "x"]],
    [["add"]],
    [["add", "a", "b"]],
    [["list", "x"]],
    [["verify", "--force"]],
    [["add", "a", "--rates", "x"]],
    [["add", "a", "--output-stride", "8,16"]],
    [["add", "a", "--preprocessing", "x"]],
    [["add", "a", "--averages", "x"]],
    [["list", "--rates", "1"]]
  ])("%j gets the usage and exit code 2", async (args) => {
    expect(await run(args)).toMatchObject({code: 2, lines: [], errors: [expect.stringMatching(/^Usage:/)]});
  });
  test("--help is understood", async () => {
    expect(await run(["--help"])).toMatchObject({code: 0, lines: [expect.stringMatching(/^Usage:/)]});
  });
});

test("list shows registered models, here or not, and added ones", async () => {
  await copyFile(NANO, path.join(folder, "nano.safetensors"));
  await writeFile(path.join(folder, "mine.safetensors"), tiny);
  const {lines} = await run(["list"]);
  expect(lines).toHaveLength(MODELS.length + 1);
  expect(lines[0]).toMatch(/^mobilenetv2-100-pascal +not here/);
  expect(lines[2]).toMatch(/^nano +1\.0 MB/);
  expect(lines[3]).toMatch(/^people +not here/);
  expect(lines[4]).toMatch(/^mine .* added by you/);
});

test("verify reads every file again and names the bad ones", async () => {
  await copyFile(NANO, path.join(folder, "nano.safetensors"));
  expect(await run(["verify"])).toEqual({code: 0, errors: [], lines: ["nano: good (layers, values and SHA-256)"]});
  await writeFile(path.join(folder, "nano.safetensors"), tiny);
  await writeFile(path.join(folder, "mine.safetensors"), tiny.subarray(0, 100));
  const {code, errors} = await run(["verify"]);
  expect(code).toBe(1);
  expect(errors).toEqual([expect.stringMatching(/^mine: .* cut off/), expect.stringMatching(/^nano: its SHA-256 is .* add it again/)]);
});

describe("a download", () => {
  let server: Server;
  let address: string;
  beforeAll(async () => {
    server = createServer((request, response) => {
      if (request.url?.startsWith("/tiny.safetensors")) response.writeHead(200, {"content-length": tiny.length}).end(tiny);
      else if (request.url === "/broken.safetensors")
        response.writeHead(200, {"content-length": tiny.length}).write(tiny.subarray(0, 100), () => response.destroy());
      else if (request.url !== "/silent.safetensors") response.writeHead(404).end();
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  test("reports how far it has come and gives the bytes", async () => {
    const progress: (number | null)[][] = [];
    const bytes = await download(`${address}/tiny.safetensors?x=1`, {onProgress: (received, total) => progress.push([received, total])});
    expect(Buffer.compare(bytes, tiny)).toBe(0);
    expect(progress.at(-1)).toEqual([tiny.length, tiny.length]);
  });
  test("comes from the mirror where the file is there, by the last segment of the address", async () => {
    const mirror = await mkdtemp(path.join(root, "mirror-"));
    await writeFile(path.join(mirror, "gone.safetensors"), tiny);
    expect(Buffer.compare(await download(`${address}/a/b/gone.safetensors`, {mirror}), tiny)).toBe(0);
  });
  test("that is missing, breaks off or never begins is one sentence", async () => {
    await expect(download(`${address}/gone.bin`)).rejects.toThrow(
      /^gone\.bin could not be fetched from 127\.0\.0\.1:\d+ \(the server answered 404\); check the connection, or set DEEPLAB_MIRROR/
    );
    await expect(download(`${address}/broken.safetensors`)).rejects.toThrow(/could not be fetched/);
    await expect(download(`${address}/silent.safetensors`, {connectMs: 50})).rejects.toThrow(/no answer within 0\.05 s/);
    await expect(download("http://127.0.0.1:1/x.bin")).rejects.toThrow(/x\.bin could not be fetched from 127\.0\.0\.1:1/);
  });
  test("is what add does with an address; a broken one leaves nothing", async () => {
    expect(await run(["add", `${address}/tiny.safetensors`, "--id", "mine"])).toMatchObject({code: 0, errors: []});
    expect(await run(["add", `${address}/broken.safetensors`])).toMatchObject({code: 1});
    expect(await readdir(folder)).toEqual(["mine.safetensors"]);
  });
});

describe("the default model", () => {
  test("that cannot be had is one line, not a failure", async () => {
    // A mirror whose file is not the released one fails before any network.
    const mirror = await mkdtemp(path.join(root, "mirror-"));
    await writeFile(path.join(mirror, "deeplabv3_257_mv_gpu.tflite"), "hello");
    const lines: string[] = [];
    await ensureDefaultModel({folder, mirror, log: (line) => lines.push(line)});
    expect(lines).toEqual([expect.stringMatching(/^Going on with the bundled model nano: What was fetched .* is not the released file/)]);
    expect(await readdir(folder)).toEqual([]);
  });
  test("that is there already is left alone, without a word", async () => {
    await writeFile(path.join(folder, "mobilenetv2-050-pascal.safetensors"), "anything");
    const lines: string[] = [];
    await ensureDefaultModel({folder, log: (line) => lines.push(line)});
    expect(lines).toEqual([]);
  });
});

describe.skipIf(!hasShared)("the released files", () => {
  const mirror = () => shared("models");

  test.each(["mobilenetv2-050-pascal", "mobilenetv2-100-pascal", "people"])(
    "%s is added from the mirror, with the registered bytes",
    async (id) => {
      expect(await run(["add", id], mirror())).toMatchObject({code: 0, errors: []});
      const bytes = await readFile(path.join(folder, `${id}.safetensors`));
      expect(createHash("sha256").update(bytes).digest("hex")).toBe(registeredModel(id).sha256);
      expect(await run(["verify"])).toMatchObject({code: 0, lines: [`${id}: good (layers, values and SHA-256)`]});
      expect(readModel(bytes).card).toMatchObject({name: id, license: "Apache-2.0"});
    }
  );

  test("the default one is added by a build", async () => {
    await ensureDefaultModel({folder, mirror: mirror(), log: () => {}});
    expect(await readdir(folder)).toEqual(["mobilenetv2-050-pascal.safetensors"]);
  });

  test("people needs both of its maker's files, and each as it was released", async () => {
    const [graph, data] = registeredModel("people").release.map(({url}) => path.basename(url)) as [string, string];
    const mirrored = await mkdtemp(path.join(root, "mirror-"));
    await copyFile(shared(`models/${graph}`), path.join(mirrored, graph));
    await writeFile(path.join(mirrored, data), (await readFile(shared(`models/${data}`))).subarray(1));
    expect((await run(["add", "people"], mirrored)).errors).toEqual([
      expect.stringMatching(/^What was fetched as "people" is not the released file: its SHA-256 is/)
    ]);
    expect(await readdir(folder)).toEqual([]);
  });

  test("a graph of MACE with its data beside it, or a sentence without", async () => {
    const [graph, data] = registeredModel("people").release.map(({url}) => shared(`models/${path.basename(url)}`)) as [string, string];
    expect(await run(["add", graph, "--id", "mine"])).toMatchObject({code: 0, errors: []});
    const card = readModel(await readFile(path.join(folder, "mine.safetensors"))).card;
    expect(card).toMatchObject({classes: ["background", "person"], license: "unknown: see the source"});

    await copyFile(graph, file("alone.pb"));
    expect((await run(["add", file("alone.pb")])).errors).toEqual([expect.stringMatching(/alone\.data" cannot be read \(ENOENT\)/)]);
    await writeFile(file("alone.data"), (await readFile(data)).subarray(0, 1000));
    expect((await run(["add", file("alone.pb")])).errors).toEqual([expect.stringMatching(/\.data file .* is cut off: .* 1000 are there/)]);
    expect(await readdir(folder)).toEqual(["mine.safetensors"]);
  });

  test("a graph model by its folder, a frozen graph alone and in an archive", async () => {
    const graph = shared("models/deeplab_dm05_portrait_frozen_inference_graph.pb");
    await writeFile(file("release.tar.gz"), await tarGz({"release/frozen_inference_graph.pb": await readFile(graph)}));
    expect(await run(["add", shared("models/deeplabv3_mnv2_pascal_train_aug_tfjs_uint8")])).toMatchObject({code: 0, errors: []});
    expect(await run(["add", graph, "--id", "portrait"])).toMatchObject({code: 0});
    expect(await run(["add", file("release.tar.gz")])).toMatchObject({code: 0});
    expect(await readdir(folder)).toEqual([
      "deeplabv3-mnv2-pascal-train-aug-tfjs-uint8.safetensors",
      "portrait.safetensors",
      "release.safetensors"
    ]);
    const [alone, archived] = await Promise.all(
      ["portrait", "release"].map(async (id) => readModel(await readFile(path.join(folder, `${id}.safetensors`))))
    );
    expect(archived!.weights).toEqual(alone!.weights);
  });
});
