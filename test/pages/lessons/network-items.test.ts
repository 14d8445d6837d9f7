import {expect, it} from "vitest";
import type {Network} from "../../../src/engine/network.js";
import {plan} from "../../../src/engine/plan.js";
import {planDiagram} from "../../../src/pages/lessons/network/items.js";
import {complete} from "../../engine/networks.js";

it("units of the backbone are labelled by their number, whatever the family calls them, and by name where they have none", () => {
  const unit = {kind: "basic", channels: 8, stride: 2, shortcut: "projection", activation: "relu"} as const;
  const network: Network = {
    ...complete,
    backbone: {family: "each", options: {}, units: ["block_03", "unit_4", "exit"].map((name) => ({...unit, name})), skips: {}},
    head: {...complete.head, decoder: []}
  };
  const {groups} = planDiagram(plan(network, {height: 65, width: 65}));
  const labels = [...groups].flatMap(([name, {label}]) => (name.startsWith("backbone/") ? [label] : []));
  expect(labels).toEqual([["03"], ["4"], ["exit"]]);
});
