import {readFileSync} from "node:fs";
import path from "node:path";
import {expect, test} from "vitest";
import type {Model} from "../../src/engine/model.js";
import {FormatError} from "../../src/formats/format-error.js";
import {writeOnnx} from "../../src/exporters/onnx/write-onnx.js";
import {convert} from "../../src/importers/convert.js";
import {writeModel} from "../../src/importers/model-file.js";
import {complete, randomWeights} from "../engine/networks.js";
import {tarGz} from "../formats/tar-gz.js";
import {WEIGHTS, onnxFixture} from "./onnx-fixture.js";
import {operationsOf} from "./operations-of.js";
import {tryDamaged} from "./try-damaged.js";
import {graphDefOf, tfliteOf} from "./written-files.js";

/*
 * Files of models, damaged by chance, thousands of times: whatever comes of it comes soon, takes little memory, and is a model or a
 * sentence.
 */

/** A graph may ask for a constant of that size (src/formats), beside what the file itself takes. */
const MOST_BYTES = 2 ** 28;

const NANO = path.join(import.meta.dirname, "../../data/models/nano.safetensors");
const CARD = {name: "", license: "", source: "", measured: ""};
const fixture = (...names: string[]) => new Uint8Array(readFileSync(path.join(import.meta.dirname, "../fixtures", ...names)));

const weights = randomWeights(complete);
const model: Model = {
  network: complete,
  weights,
  card: {...CARD, classes: ["a", "b", "c", "d", "e"], palette: Array.from({length: 5}, (_, i) => [i, i, i] as const)}
};
const ours = writeModel(model);
const torchvision = onnxFixture("lraspp_mobilenet_v3_large-16");
const onnx = writeOnnx(model, {height: 33, width: 33}).bytes;

/** The file that is damaged, then those beside it. */
const FILES: Readonly<Record<string, Readonly<Record<string, Uint8Array>>>> = {
  safetensors: {"a.safetensors": ours},
  "safetensors with int8": {"nano.safetensors": new Uint8Array(readFileSync(NANO))},
  onnx: {"a.onnx": onnx},
  "onnx of torchvision": {"a.onnx": torchvision.graph, [WEIGHTS]: torchvision.weights},
  tflite: {"a.tflite": tfliteOf(operationsOf(complete, weights))},
  graphdef: {"a.pb": graphDefOf(operationsOf(complete, weights))},
  pytorch: {"a.pth": fixture("pytorch", "vainf-v3-mobilenet.pth")},
  checkpoint: {
    "model.ckpt-30.index": fixture("checkpoint", "model.ckpt-30.index"),
    "model.ckpt-30.data-00000-of-00001": fixture("checkpoint", "model.ckpt-30.data-00000-of-00001")
  },
  archive: {"a.tar.gz": await tarGz({"a.safetensors": ours})}
};

for (const [format, files] of Object.entries(FILES)) {
  const [[name, whole], ...others] = Object.entries(files) as [[string, Uint8Array], ...[string, Uint8Array][]];
  const beside = async (wanted: string) => {
    const found = others.find(([other]) => other === wanted);
    if (!found) throw new FormatError(`This file needs ${wanted} beside it: give both files together, or their folder.`);
    return Promise.resolve(found[1]);
  };
  const read = (bytes: Uint8Array) => convert({name, bytes, beside}, CARD);

  test(`${format}: the whole file is read, and what damage leaves of it is refused with a sentence`, {timeout: 1e6}, async () => {
    const refused = await tryDamaged(format, whole, read, {
      kinds: Object.keys(FILES).length,
      mostBytes: MOST_BYTES,
      names: /^(FormatError|NotDeepLabError)$/,
      sentence: /^[A-Z"“].{15,}[.)”:?]$/s
    });
    expect(refused).toBeGreaterThan(0);
  });
}
