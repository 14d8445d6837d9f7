import {readFile} from "node:fs/promises";
import path from "node:path";
import * as tf from "@tensorflow/tfjs-core";
import sharp from "sharp";
import {beforeAll, describe, expect, test} from "vitest";
import {torchvisionMobileNetV3} from "../../src/engine/backbones/mobilenetv3.js";
import {resNetV2} from "../../src/engine/backbones/resnet.js";
import {xception} from "../../src/engine/backbones/xception.js";
import {execute} from "../../src/engine/execute.js";
import {torchvisionReducedHead, v3Head, v3PlusHead} from "../../src/engine/heads.js";
import {KNOWN_NETWORKS} from "../../src/engine/known-networks.js";
import type {Model} from "../../src/engine/model.js";
import type {Backbone, Network} from "../../src/engine/network.js";
import {INPUT, smallestPlan} from "../../src/engine/plan.js";
import {randomWeights} from "../../src/engine/random-weights.js";
import {writeOnnx} from "../../src/exporters/onnx/write-onnx.js";
import {writeSteps} from "../../src/exporters/onnx/write-steps.js";
import {FormatError} from "../../src/formats/format-error.js";
import {MODEL_PROTO} from "../../src/formats/onnx-schema.js";
import {importMace, importOnnx, importTflite} from "../../src/importers/import.js";
import {readModel, writeModel} from "../../src/importers/model-file.js";
import {useBackend} from "../backend.js";
import {complete, quantisable} from "../engine/networks.js";
import {CASES} from "../engine/steps/cases.js";
import {largestDifference} from "../exactness/difference.js";
import {tinyWhole} from "../exactness/tiny.js";
import {shared} from "../shared.js";
import {byEngine, expectAlike, noise, preprocessed} from "./alike.js";
import {runOnnx} from "./onnx-runtime.js";

const DATA = path.join(import.meta.dirname, "../../data");
const CARD = {name: "test", license: "", source: "", measured: ""};
const IS_LONG = process.env["LONG"] !== undefined;

beforeAll(() => useBackend("wasm"));

const nano = async () => readModel(await readFile(path.join(DATA, "models/nano.safetensors")));

/** A model that was never trained. */
function untrained(network: Network): Model {
  const classes = Array.from({length: network.classes}, (_, id) => `class ${id}`);
  const palette = classes.map((_, id) => [id, 0, 255] as const);
  return {network, weights: randomWeights(smallestPlan(network).steps, 11), card: {...CARD, classes, palette}};
}

/** The middle of a photo, 0 to 255. */
async function photoOf(height: number, width = height): Promise<tf.Tensor4D> {
  const file = path.join(DATA, "samples/dog.jpg");
  const rgb = await sharp(file).removeAlpha().resize(width, height, {fit: "cover"}).raw().toBuffer();
  return tf.tensor4d(Float32Array.from(rgb), [1, height, width, 3]);
}

/** Windows are many, and dense and depthwise ones are written alike: unless LONG is set, each is one of the two, in turn. */
const CHOSEN = CASES.filter(({name}, index) => IS_LONG || !/^(conv|depthwise) \dx/.test(name) || index % 4 === 0 || index % 4 === 3);

describe("every kind of step gives by onnxruntime what the engine gives", () => {
  test.each(CHOSEN)("$name", async ({list: {list: steps}, end}) => {
    const weights = randomWeights(steps, 3);
    // Two photos, because graphs leave open how many there are.
    const photo = noise(
      2,
      steps.find(({name}) => name === INPUT)!
    );
    const expected = await byEngine(() => {
      const tensors = Object.fromEntries(Object.entries(weights).map(([name, {shape, values}]) => [name, tf.tensor(values, [...shape])]));
      return execute(steps, {tensors}, preprocessed(photo), [end])[end]!;
    });
    const found = await runOnnx(writeSteps({steps, output: end, weights, type: "F32", name: "steps"}, {}), await byEngine(() => photo));
    photo.dispose();
    expect(found.shape).toEqual(expected.shape);
    expect(largestDifference(found.values, expected.values)).toBeLessThan(1e-5);
  });
});

describe("nano gives the same logits by onnxruntime as by the engine", () => {
  test.each([16, 8])("at output stride %i", async (outputStride) => {
    const options = {height: 81, width: 81, outputStride};
    const model = await nano();
    await expectAlike(writeOnnx(model, options).bytes, model, await photoOf(81), options);
  });
});

describe("so does a model", () => {
  const model = untrained(complete);

  test("on photos that are not square, at other rates", async () => {
    const options = {height: 49, width: 65, rates: [1, 2]};
    await expectAlike(writeOnnx(model, options).bytes, model, await photoOf(49, 65), options);
  });

  test("as large as the photo", async () => {
    const options = {height: 33, width: 33};
    const {bytes, output} = writeOnnx(model, {...options, fullSize: true});
    await expectAlike(bytes, model, await photoOf(33), options, {after: (logits) => tf.image.resizeBilinear(logits, [33, 33], true)});
    expect(output).toMatch(/^logits, float32 \[batch, 5, 33, 33\]/);
  });

  test("with weights in float16, as the engine with these", async () => {
    const options = {height: 33, width: 33};
    const model = untrained(tinyWhole);
    const {bytes} = writeOnnx(model, {...options, type: "F16"});
    await expectAlike(bytes, readModel(writeModel(model, {type: "F16"})), await photoOf(33), options);
  });
});

describe("read again, a file that was exported", () => {
  const written = (model: Model, type: "F32" | "F16" = "F32") => writeOnnx(model, {height: 33, width: 33, type}).bytes;
  /** With weights as texts, which are compared at once. */
  const plain = ({network, card, weights}: Model) => ({
    network,
    card,
    weights: Object.fromEntries(
      Object.entries(weights).map(([name, {shape, values}]) => [
        name,
        `${shape.join()} ${Buffer.from(values.slice().buffer).toString("base64")}`
      ])
    )
  });

  test("is the model that it was", () => {
    const backbone = resNetV2({width: 1 / 16});
    for (const network of [tinyWhole, narrow(backbone, v3Head({rates: []}))]) {
      const model = untrained(network);
      expect(plain(importOnnx(written(model), new Map(), {...CARD, name: "other"}))).toEqual(plain(model));
    }
  });

  test("is what float16 leaves of it", () => {
    const model = untrained(tinyWhole);
    expect(plain(importOnnx(written(model, "F16"), new Map(), CARD))).toEqual(plain(readModel(writeModel(model, {type: "F16"}))));
  });

  test("is refused with a sentence where its description is damaged, and describes no network", () => {
    const file = MODEL_PROTO.decode(written(untrained(tinyWhole))) as unknown as {metadataProps: {key: string; value: string}[]};
    const damaged = file.metadataProps.map(({key, value}) => ({
      key,
      value: value.replace(/("lowLevelEndPoint":")[^"]+/, "$1block_99")
    }));
    const read = () => importOnnx(MODEL_PROTO.encode({...file, metadataProps: damaged}).finish(), new Map(), CARD);
    expect(read).toThrow(FormatError);
    expect(read).toThrow('The network has no layer "backbone/block_99".');
  });

  // A test that is left out is not one that is skipped.
  if (!IS_LONG) return;
  test("is read as anyone's where other programs have taken its description", async () => {
    const model = await nano();
    const file = MODEL_PROTO.decode(written(model));
    const {network, weights} = importOnnx(MODEL_PROTO.encode({...file, metadataProps: []}).finish(), new Map(), CARD);
    expect(network).toEqual(model.network);
    expect(plain({...model, weights})).toEqual(plain(model));
  });
});

/** A network padded as most are. */
function narrow(backbone: Backbone, head: Network["head"], rest: Partial<Network> = {}): Network {
  return {backbone, head, classes: 5, padding: "fixed", ...rest};
}

const FAMILIES: Readonly<Record<string, () => Network>> = {
  "MobileNetV2 without activations after its depthwise convolutions": () => quantisable,
  "torchvision's MobileNetV3, its R-ASPP": () => {
    const backbone = torchvisionMobileNetV3({size: "small", width: 0.25});
    return narrow(backbone, torchvisionReducedHead(backbone, 5), {sampling: "half_pixel"});
  },
  "ResNet-v2, v3": () => narrow(resNetV2({width: 1 / 16}), v3Head({rates: []})),
  "Xception, v3+": () => {
    const backbone = xception({depth: 41, width: 1 / 16});
    return narrow(backbone, v3PlusHead(backbone, {rates: []}));
  }
};

describe("so do networks of other families", () => {
  test.each(Object.entries(FAMILIES))("%s", async (_name, build) => {
    const options = {height: 33, width: 33, outputStride: 8};
    const model = untrained(build());
    await expectAlike(writeOnnx(model, options).bytes, model, noise(1, {...options, channels: 3}), options, {isShare: true, most: 1e-5});
  });
});

if (IS_LONG) {
  describe("so do the whole networks that are published", () => {
    test.each(KNOWN_NETWORKS.map(({name, maker, build, outputStride}) => [`${maker}: ${name}`, build, outputStride] as const))(
      "%s",
      async (name, build, outputStride) => {
        const options = {height: 129, width: 129, outputStride};
        const model = untrained(build());
        const {bytes} = writeOnnx(model, options);
        const share = await expectAlike(bytes, model, noise(1, {...options, channels: 3}), options, {isShare: true, most: 1e-5});
        console.log(`${name}: ${(bytes.length / 1e6).toFixed(1)} MB, ${share.toExponential(1)} of the largest`);
      }
    );
  });

  describe("so do the trained models, whole", () => {
    const released = (name: string) => readFile(shared(`models/${name}`));
    const MODELS: Readonly<Record<string, () => Promise<Model>>> = {
      nano,
      "mobilenetv2-050-pascal": async () => importTflite(await released("deeplabv3_257_mv_gpu.tflite"), CARD),
      "mobilenetv2-100-pascal": async () => importTflite(await released("deeplabv3_mnv2_pascal_quant.tflite"), CARD),
      people: async () => {
        const file = "deeplab_v3_plus_mobilenet_v2_quant";
        return importMace(await released(`${file}.pb`), await released(`${file}.data`), CARD);
      }
    };
    test.each(Object.entries(MODELS).flatMap(([name, read]) => [16, 8].map((outputStride) => [name, outputStride, read] as const)))(
      "%s at output stride %i",
      async (name, outputStride, read) => {
        const options = {height: 513, width: 513, outputStride};
        const model = await read();
        const {bytes} = writeOnnx(model, options);
        const difference = await expectAlike(bytes, model, await photoOf(513), options);
        const half = writeOnnx(model, {...options, type: "F16"}).bytes;
        console.log(
          `${name}, ${outputStride}: ${(bytes.length / 1e6).toFixed(2)} MB, float16 ${(half.length / 1e6).toFixed(2)} MB, ${difference.toExponential(1)}`
        );
      }
    );
  });
}
