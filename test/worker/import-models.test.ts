import {readFile} from "node:fs/promises";
import path from "node:path";
import {beforeEach, describe, expect, it, vi} from "vitest";
import {registeredModel} from "../../data/models/registry.js";
import {keptId, keptUrl} from "../../src/shelf/kept-address.js";
import {openShelf} from "../../src/shelf/shelf.js";
import {answerModel} from "../../src/worker/answer-model.js";
import {fetchModel} from "../../src/worker/fetch-model.js";
import {importModels} from "../../src/worker/import-models.js";
import type {Brought} from "../../src/worker/protocol.js";
import {browserWith, fakeFiles} from "../shelf/folders.js";

const NANO = await readFile(path.resolve(import.meta.dirname, "../../data/models/nano.safetensors"));
const {sha256} = registeredModel("nano");

let files: ReturnType<typeof fakeFiles>;
beforeEach(() => browserWith((files = fakeFiles())));

const bring = (brought: Brought, signal = new AbortController().signal) => importModels(brought, () => {}, signal);
const given = (content: Readonly<Record<string, Uint8Array>>): Brought => ({
  files: Object.entries(content).map(([name, bytes]) => ({path: name, content: new Blob([bytes as BlobPart])}))
});

it("keeps a model file as it is, under its SHA-256, and once only", async () => {
  const {kept, problems} = await bring(given({"my net.safetensors": NANO}));
  expect({problems, kept}).toMatchObject({problems: [], kept: [{sha256, title: "my net", facts: {bytes: NANO.length}}]});
  expect(Buffer.compare(Buffer.from(await files.content.get(`${sha256}.safetensors`)!.arrayBuffer()), NANO)).toBe(0);
  // It tells all.
  expect(kept[0]!.questions).toBeUndefined();
  expect((await bring(given({"other.safetensors": NANO}))).kept).toMatchObject([{title: "my net"}]);
  expect(files.content.size).toBe(2);
});

it("is what the engine then loads by the beginning of the hash, with the reader's name and labels", async () => {
  const [kept] = (await bring(given({"my.safetensors": NANO}))).kept;
  await (await openShelf())!.change({...kept!, title: "mine", labels: "numbered"});
  const {card} = await fetchModel(keptUrl(keptId(sha256)), () => {});
  expect(card).toMatchObject({name: "mine", license: "Apache-2.0"});
  expect(card.classes[20]).toBe("class 20");
  await expect(fetchModel("kept:123", () => {})).rejects.toThrow(/^The model 123 is no longer kept in this browser/);
});

describe("a file that leaves something open", async () => {
  const name = "vainf-v3plus-mobilenet.pth";
  const PTH = await readFile(path.resolve(import.meta.dirname, "../fixtures/pytorch", name));
  const drop = async (as = name) => (await bring(given({[as]: PTH}))).kept[0]!;
  const answers = {preprocessing: "plus-minus-one", rates: [6, 12, 18], outputStride: 16} as const;

  it("is kept with the usual answers, and its questions", async () => {
    const {questions, answers, facts} = await drop();
    expect([questions!.map(({about}) => about), answers]).toEqual([["preprocessing", "rates", "outputStride", "classes"], undefined]);
    expect(facts.preprocessing).toBe("ImageNet's mean and deviation");
  });

  it("has another address once it is answered otherwise, tells the old one, and is not asked about again", async () => {
    const before = await drop();
    await (await openShelf())!.change({...before, title: "mine"});
    const kept = await answerModel(before.sha256, answers);
    expect(kept).toMatchObject({title: "mine", answers, formerly: [before.sha256], facts: {preprocessing: "x / 127.5 − 1"}});
    expect(kept.sha256).not.toBe(before.sha256);
    expect(files.content.size).toBe(2);
    const {network} = await fetchModel(keptUrl(keptId(kept.sha256)), () => {});
    expect(network.backbone.units[0]!.name).toBe("conv");
    expect(await drop()).toEqual(kept);
    expect(await drop("other.pth")).toMatchObject({title: "other", answers, facts: {preprocessing: "x / 127.5 − 1"}});
    const again = await answerModel(kept.sha256, {...answers, preprocessing: "imagenet"});
    expect([again.sha256, again.formerly]).toEqual([before.sha256, [kept.sha256]]);
    await expect(answerModel("0123", answers)).rejects.toThrow("This model is no longer kept in this browser");
  });

  it("is remembered where the usual answers are the right ones, and refuses what does not fit", async () => {
    const {sha256} = await drop();
    const kept = await answerModel(sha256, {...answers, preprocessing: "imagenet"});
    expect([kept.sha256, kept.formerly]).toEqual([sha256, undefined]);
    await expect(answerModel(sha256, {rates: [6]})).rejects.toThrow("The model has 3 atrous branches, but 1 rates are given for them.");
    expect((await drop()).answers).toEqual({...answers, preprocessing: "imagenet"});
  });

  it("can be loaded as if it were answered otherwise, so that both can be compared", async () => {
    const {sha256} = await drop();
    const unit = async (as?: "plus-minus-one" | "zero-to-one") => {
      const {weights} = await fetchModel(keptUrl(keptId(sha256), as), () => {});
      return weights["backbone/normalise/scale"]?.values[0];
    };
    expect([await unit(), await unit("plus-minus-one"), await unit("zero-to-one")]).toEqual([
      expect.closeTo(0.5 / 0.229, 5),
      undefined,
      0.5
    ]);
  });
});

it("says of each file what is wrong with it, and keeps the others", async () => {
  const {kept, problems} = await bring(given({"good.safetensors": NANO, "cut.safetensors": NANO.subarray(0, 5000)}));
  expect(kept).toHaveLength(1);
  expect(problems).toEqual([expect.stringMatching(/^cut\.safetensors: The safetensors file is cut off/)]);
  await expect(bring(given({"photo.jpg": new Uint8Array(9)}))).rejects.toThrow(/^No model begins in what was given\. Give a DeepLab/);
});

it("where there is no room, says so and keeps what was there", async () => {
  browserWith((files = fakeFiles(1000)));
  const {kept, problems} = await bring(given({"big.safetensors": NANO}));
  expect(kept).toEqual([]);
  expect(problems).toEqual([
    expect.stringMatching(/^big\.safetensors: This browser has no more room for this site: 1\.0 MB are needed\. Nothing was lost/)
  ]);
  expect(files.content.size).toBe(0);
});

it("where nothing at all may be kept, gives what was read with its file, for as long as the page is open", async () => {
  vi.stubGlobal("navigator", {});
  const {kept, unkept, problems} = await bring(given({"good.safetensors": NANO, "cut.safetensors": NANO.subarray(0, 5000)}));
  expect([kept, unkept.map(({model}) => model.title)]).toEqual([[], ["good"]]);
  expect(Buffer.compare(Buffer.from(await unkept[0]!.file.arrayBuffer()), NANO)).toBe(0);
  expect(problems).toEqual([expect.stringMatching(/^cut\.safetensors: /)]);
});

it("keeps nothing once it is cancelled", async () => {
  const controller = new AbortController();
  const importing = bring(given({"a.safetensors": NANO}), controller.signal);
  controller.abort();
  await expect(importing).rejects.toThrow(/abort/i);
  expect(files.content.size).toBe(0);
});

it.each([
  ["no address", "nano", undefined, "“nano” is no address of a file: give one that begins with https://."],
  [
    "out of reach",
    "https://a.org/x.tflite",
    new TypeError("failed"),
    "a.org cannot be reached, or does not let other sites read its files (CORS). Download the file by hand, then drop it here."
  ],
  [
    "not there",
    "https://a.org/x.tflite",
    new Response("", {status: 404}),
    "a.org answered 404, not found: x.tflite. Download the file by hand, then drop it here."
  ],
  [
    "a web page",
    "https://a.org/blob/x.tflite",
    new Response("<html>", {headers: {"content-type": "text/html; charset=utf-8"}}),
    "https://a.org/blob/x.tflite is a web page, not a file. Give the address of the file itself, or download it and open it here."
  ]
])("an address that is %s is a sentence", async (_, address, answer, sentence) => {
  vi.stubGlobal("fetch", async () => {
    if (answer instanceof Response) return answer;
    throw answer ?? new Error("Nothing is asked for.");
  });
  await expect(bring({address})).rejects.toThrow(sentence);
});

it("fetches the file at an address", async () => {
  vi.stubGlobal("fetch", async () => new Response(NANO as BodyInit));
  const {kept} = await bring({address: "https://a.org/zoo/net.safetensors?raw=1"});
  expect(kept).toMatchObject([{sha256, title: "net", from: "https://a.org/zoo/net.safetensors?raw=1"}]);
});
