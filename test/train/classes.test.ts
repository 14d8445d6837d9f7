import {expect, it} from "vitest";
import {smallestPlan, weightShapes} from "../../src/engine/plan.js";
import {torchvisionReducedHead} from "../../src/engine/heads.js";
import {mobileNetV2} from "../../src/engine/backbones/mobilenetv2.js";
import type {Network} from "../../src/engine/network.js";
import {frozenEndPoints, withClasses, withNewClasses, withoutDecoder} from "../../src/train/classes.js";
import {startModel} from "./fixture.js";

const LABELS = {
  classes: ["background", "hand"],
  palette: [
    [0, 0, 0],
    [200, 0, 0]
  ]
} as const;

it("begins anew with what gives the logits, says so, and keeps the rest", async () => {
  const model = await startModel({decoder: true});
  const strange = {...LABELS, classes: ["nothing", "hand"]};
  const {model: made, fresh, carried, added} = withNewClasses(model, strange, 1);
  expect([[...fresh].sort(), carried, added]).toEqual([["logits/bias", "logits/kernel"], [], ["nothing", "hand"]]);
  expect(Object.fromEntries(Object.entries(made.weights).map(([name, {shape}]) => [name, [...shape]]))).toEqual(weightShapes(made.network));
  expect(made.network.classes).toBe(2);
  expect(made.card).toEqual({...model.card, ...strange});
  for (const name of Object.keys(model.weights)) if (!fresh.includes(name)) expect(made.weights[name]).toBe(model.weights[name]);
  const kernel = made.weights["logits/kernel"]!.values;
  expect(Math.max(...kernel.map(Math.abs))).toBeLessThan(0.05);
  expect(new Set(kernel).size).toBe(kernel.length);
  expect(withNewClasses(model, strange, 2).model.weights["logits/kernel"]!.values).not.toEqual(kernel);
  expect(withNewClasses(made, strange, 2)).toEqual({model: made, fresh: [], carried: strange.classes, added: []});
});

it("carries over the rows of classes that keep their name, wherever they stand", async () => {
  const model = await startModel({decoder: true});
  const {classes} = model.card;
  const wanted = {classes: ["hand", classes[2]!.toUpperCase(), classes[0]!], palette: [...LABELS.palette, [1, 2, 3]] as const};
  const {model: made, fresh, carried, added} = withNewClasses(model, wanted, 1);
  expect([carried, added]).toEqual([wanted.classes.slice(1), ["hand"]]);
  expect([...fresh].sort()).toEqual(["logits/bias", "logits/kernel"]);
  const row = ({weights}: typeof model, place: number, of: number) => weights["logits/kernel"]!.values.filter((_, i) => i % of === place);
  expect(row(made, 1, 3)).toEqual(row(model, 2, classes.length));
  expect(row(made, 2, 3)).toEqual(row(model, 0, classes.length));
  expect(made.weights["logits/bias"]!.values[0]).toBe(0);
  const turned = withNewClasses(model, {classes: classes.toReversed(), palette: model.card.palette}, 1);
  expect([turned.fresh, turned.added]).toEqual([[], []]);
  expect(turned.model.weights["logits/bias"]!.values).toEqual(model.weights["logits/bias"]!.values.toReversed());
});

it("takes the decoder away, and says what of the logits is new then", async () => {
  const model = await startModel({decoder: true});
  const {model: made, fresh} = withoutDecoder(model, model.card, 1);
  expect(made.network.head.decoder).toEqual([]);
  expect(Object.keys(made.weights).sort()).toEqual(Object.keys(weightShapes(made.network)).sort());
  const isAlike = made.weights["logits/kernel"]!.shape.join() === model.weights["logits/kernel"]!.shape.join();
  expect(fresh.includes("logits/kernel")).toBe(!isAlike);
});

it("gives a decoder that ends in the logits as many channels", () => {
  const backbone = mobileNetV2({width: 0.25});
  const reduced: Network = {
    backbone: {...backbone, skips: {...backbone.skips, 8: "block_05/depthwise"}},
    head: torchvisionReducedHead({...backbone, skips: {...backbone.skips, 8: "block_05/depthwise"}}, 21),
    classes: 21,
    padding: "same"
  };
  const {steps, output} = smallestPlan(withClasses(reduced, 5));
  expect(steps.find(({name}) => name === output)!.channels).toBe(5);
  const all = new Set(Object.keys(weightShapes(reduced)).map((name) => name.slice(0, name.lastIndexOf("/"))));
  const frozen = frozenEndPoints(reduced, "all but the logits");
  expect([...all].filter((name) => !frozen.includes(name)).sort()).toEqual(["decoder/deep", "decoder/low_level"]);
});

it("freezes the backbone, or nothing", async () => {
  const {network} = await startModel({decoder: true});
  expect(frozenEndPoints(network, "nothing")).toEqual([]);
  const frozen = frozenEndPoints(network, "backbone");
  expect(frozen).toContain("backbone/block_07/project");
  expect(frozen.every((name) => name.startsWith("backbone/"))).toBe(true);
  expect(frozen).toHaveLength(3 + 3 * 5);
});
