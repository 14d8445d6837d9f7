import {describe, expect, test} from "vitest";
import {TORCHVISION, normalised} from "../../src/engine/backbones/normalise.js";
import type {Model} from "../../src/engine/model.js";
import {writeOnnx} from "../../src/exporters/onnx/write-onnx.js";
import {MODEL_PROTO} from "../../src/formats/onnx-schema.js";
import {importOnnx} from "../../src/importers/import.js";
import type {ImportedModel} from "../../src/importers/questions.js";
import {complete, randomWeights} from "../engine/networks.js";
import {PHOTO, floats, onnxFile} from "../formats/tiny-onnx.js";
import {WEIGHTS, onnxFixture} from "./onnx-fixture.js";
import type {OnnxFixture} from "./onnx-fixture.js";

const CARD = {name: "test", license: "", source: "", measured: ""};
const IMAGENET = {
  mean: TORCHVISION.mean.map((value) => value / 255),
  deviation: TORCHVISION.deviation.map((value) => value / 255)
};

const imported = ({graph, weights}: OnnxFixture): ImportedModel => importOnnx(graph, new Map([[WEIGHTS, weights]]), CARD);

describe("how photos are prepared", () => {
  const fixture = onnxFixture("vainf-v3plus-mobilenet-10");
  const usual = imported(fixture);
  /** The graph with nodes before it: it is given what they read, "raw". */
  const begun = (steps: readonly [op: string, values: readonly number[]][]): ImportedModel => {
    const model = MODEL_PROTO.toObject(MODEL_PROTO.decode(fixture.graph), {longs: Number}) as GraphMessage;
    const [input] = model.graph.input;
    const {name} = input!;
    input!.name = "raw";
    const output = (index: number) => (index === steps.length - 1 ? name : `step ${index}`);
    const nodes = steps.map(([opType], index) => ({
      opType,
      input: [index === 0 ? "raw" : output(index - 1), `values ${index}`],
      output: [output(index)]
    }));
    const tensors = steps.map(([, values], index) => ({
      name: `values ${index}`,
      dims: [values.length, 1, 1],
      dataType: 1,
      floatData: values
    }));
    model.graph.node.unshift(...nodes);
    model.graph.initializer.push(...tensors);
    return imported({...fixture, graph: MODEL_PROTO.encode(MODEL_PROTO.fromObject(model)).finish()});
  };
  const prepares = ({weights}: Model) => ["scale", "shift"].map((role) => Array.from(weights[`backbone/normalise/${role}`]?.values ?? []));
  const asks = ({questions = []}: ImportedModel) => questions.map(({about}) => about);

  test("is as torchvision does it where a graph does not say it, and is asked", () => {
    expect(prepares(usual)[0]![0]).toBeCloseTo(1 / (2 * 0.229), 6);
    expect(asks(usual)).toContain("preprocessing");
  });

  test.each<[string, [string, number[]][]]>([
    [
      "numbers from 0 to 1",
      [
        ["Sub", IMAGENET.mean],
        ["Div", IMAGENET.deviation]
      ]
    ],
    [
      "bytes",
      [
        ["Sub", IMAGENET.mean.map((value) => 255 * value)],
        ["Mul", IMAGENET.deviation.map((value) => 1 / value / 255)]
      ]
    ],
    [
      "bytes in three steps",
      [
        ["Div", [255]],
        ["Sub", IMAGENET.mean],
        ["Div", IMAGENET.deviation]
      ]
    ]
  ])("is read where it does, of %s", (_, steps) => {
    const model = begun(steps);
    expect(
      prepares(model)
        .flat()
        .every((value, i) => Math.abs(value - prepares(usual).flat()[i]!) < 1e-5)
    ).toBe(true);
    expect(model.network).toEqual(usual.network);
    expect(asks(model)).not.toContain("preprocessing");
  });

  test("and what stands beside a model of Hugging Face's is read", () => {
    const {graph, weights} = onnxFixture("hugging-face-any-size-17");
    const json = (value: object) => new TextEncoder().encode(JSON.stringify(value));
    const config = json({architectures: ["MobileNetV2ForSemanticSegmentation"], id2label: {0: "wall", 1: "sky", 2: "road", 3: "tree"}});
    const processor = json({image_mean: IMAGENET.mean, image_std: IMAGENET.deviation});
    const model = importOnnx(graph, new Map([[WEIGHTS, weights]]), CARD, {config, processor});
    expect(prepares(model)[0]![0]).toBeCloseTo(1 / (2 * 0.229), 6);
    expect(model.card.classes).toEqual(["wall", "sky", "road", "tree"]);
    expect(asks(model)).toEqual([]);
  });

  test("is read as x / 127.5 - 1, which every network is given", () => {
    expect(
      prepares(
        begun([
          ["Div", [127.5]],
          ["Sub", [1]]
        ])
      )
    ).toEqual([[], []]);
  });
});

test("a graph whose padding is of one size, and which leaves that open, is refused with what to do", () => {
  const convolution = {op: "Conv", inputs: [PHOTO, "w"], output: "out", attributes: {strides: [2, 2], pads: [0, 0, 1, 2]}};
  const refused = (side: number) => {
    const file = onnxFile({nodes: [convolution], tensors: [floats("w", [8, 3, 3, 3], new Float32Array(216))], input: [1, 3, side, side]});
    return expect(() => importOnnx(file, new Map(), CARD));
  };
  refused(0).toThrow(/padded by 0 and 0 before and 1 and 2 after.* leaves the size of photos open; .* export the model for one size/);
  refused(65).not.toThrow(/leaves the size of photos open/);
});

describe("our own export", () => {
  const network = {...complete, backbone: normalised(complete.backbone)};
  const card = {
    ...CARD,
    name: "ours",
    license: "MIT",
    classes: ["a", "b", "c", "d", "e"],
    palette: [
      [1, 2, 3],
      [4, 5, 6],
      [7, 8, 9],
      [1, 1, 1],
      [2, 2, 2]
    ]
  } as const;
  const model: Model = {network, weights: randomWeights(network), card};
  const {bytes} = writeOnnx(model, {height: 129, width: 97, outputStride: 16});

  test("is found in its graph where another program took the names away", () => {
    const message = MODEL_PROTO.toObject(MODEL_PROTO.decode(bytes), {longs: Number}) as {
      graph: {initializer: {name: string}[]; node: {input: string[]}[]};
    };
    const renamed = (name: string) => (name.includes("/kernel") ? `w ${name.length} ${name}` : name);
    for (const tensor of message.graph.initializer) tensor.name = renamed(tensor.name);
    for (const node of message.graph.node) node.input = node.input.map(renamed);
    const found = importOnnx(MODEL_PROTO.encode(MODEL_PROTO.fromObject(message)).finish(), new Map(), CARD);
    expect(found.network).toEqual(network);
    const far = Object.entries(model.weights).filter(([name, {values}]) => {
      const own = found.weights[name]!.values;
      return !values.every((value, i) => Math.abs(value - own[i]!) < 1e-5);
    });
    expect(far.map(([name]) => name)).toEqual([]);
  });
});

interface GraphMessage {
  readonly graph: {readonly input: {name: string}[]; readonly node: object[]; readonly initializer: object[]};
}
