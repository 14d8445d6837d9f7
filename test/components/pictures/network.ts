import {sequential} from "../../../src/components/maps/colour-maps.js";
import type {DiagramItem} from "../../../src/components/network/diagram-graph.js";
import {cellProducts} from "../../../src/components/network/cell-products.js";
import type {TermGroup} from "../../../src/components/network/cell-products.js";
import {layerList} from "../../../src/components/network/layer-list.js";
import {layerStack} from "../../../src/components/network/layer-stack.js";
import {networkDiagram} from "../../../src/components/network/network-diagram.js";
import {stageStrip} from "../../../src/components/network/stage-strip.js";
import {unitDiagram} from "../../../src/components/network/unit-diagram.js";
import {walkBar} from "../../../src/components/network/walk-bar.js";
import {zoomPath} from "../../../src/components/network/zoom-path.js";
import {zoomStage} from "../../../src/components/network/zoom-stage.js";
import {beside, nothing, shown, sized, someMaps} from "./some.js";

function item(id: string, inputs: string[], side: number, channels: number, group: string | null = null): DiagramItem {
  return {
    id,
    inputs,
    group,
    label: [id, `${side} × ${side}`],
    name: `the ${id}`,
    colour: "var(--concept-output)",
    side,
    channels,
    hollow: id === "sum"
  };
}

/** A unit with its skip, then three branches that join, and an early map that comes in at the end. */
const ITEMS = [
  item("photo", [], 65, 3),
  item("expand", ["photo"], 33, 24, "unit"),
  item("project", ["expand"], 33, 16, "unit"),
  item("sum", ["photo", "project"], 33, 16, "unit"),
  item("one", ["sum"], 17, 64),
  item("rate 6", ["sum"], 17, 64),
  item("rate 12", ["sum"], 17, 64),
  item("joined", ["one", "rate 6", "rate 12"], 17, 192),
  item("merged", ["joined", "photo"], 33, 200)
];
const GROUPS = new Map([["unit", {title: "Unit", label: ["unit"], name: "a residual unit"}]]);
const diagram = (selected: string) =>
  sized({width: 640, height: 300}, () =>
    shown(networkDiagram({label: "The network", onSelect: nothing, onEnter: nothing}), (view) =>
      view.update({items: ITEMS, groups: GROUPS, open: false, selected})
    )
  );

const products: TermGroup[] = [
  {
    name: "channel 31",
    rows: 2,
    columns: 2,
    values: [0, 0.5, 1, -2],
    factors: [0.1, 0.2, -0.3, 0.4],
    outside: (index) => index === 0,
    total: -1
  },
  {name: "channel 4", rows: 1, columns: 1, values: [2], factors: [0.25], outside: () => false, total: 0.5},
  {name: "aspp/concat", rows: 1, columns: 1, values: [0.25], factors: null, outside: () => false, total: 0.25}
];

export const network = {
  "cell-products": () =>
    shown(cellProducts({label: "Products"}), (view) =>
      view.update({groups: products, joinedBy: "+", rest: {name: "the other 7 input channels", total: 0.125}})
    ),

  "layer-list": () =>
    shown(layerList({onOpen: nothing}), (view) => {
      view.update([
        {
          name: "backbone/expand",
          shape: "65 × 65 × 96",
          facts: [
            ["stride", "4"],
            ["", "depthwise"]
          ],
          colour: "var(--concept-input)",
          glyph: {height: 1, width: 0.5},
          opens: true
        },
        {name: "logits", shape: "17 × 17 × 21", facts: [], colour: "var(--concept-cost)", glyph: {height: 0.1, width: 0}, opens: false}
      ]);
      view.show("backbone/expand");
    }),

  /** The unit closed, and open. */
  "layer-stack": () =>
    shown(layerStack({limits: {kernel: 15, stride: 8, rate: 64}, most: 24, onChange: () => null}), (view) =>
      view.update([
        {kernel: 3, stride: 2, rate: 1, extent: 3, jump: 2, start: -1, paths: [1, 1, 1], holes: 0},
        {kernel: 2, stride: 1, rate: 3, extent: 9, jump: 2, start: -3, paths: [1, 1, 1, 0, 0, 0, 1, 1, 1], holes: 3}
      ])
    ),

  "network-diagram": () => beside(diagram("joined"), diagram("project")),

  "stage-strip": () =>
    shown(stageStrip({label: "Stages", onChoose: nothing}), (view) =>
      view.update(
        [
          {name: "a", title: "Backbone", colour: "var(--concept-output)", maps: someMaps(4)},
          {name: "b", title: "Decoder", colour: "var(--concept-decoder)", maps: someMaps(2)}
        ],
        "b"
      )
    ),

  "walk-bar": () => {
    const bar = () => walkBar({label: "A walk", begin: "Walk through", onGo: nothing});
    return beside(
      shown(bar(), (view) => view.update(null)),
      shown(bar(), (view) => view.update({title: "The photo", words: "Three maps.", number: 1, of: 2})),
      shown(bar(), (view) => view.update({title: "The scores", words: "One map a class.", number: 2, of: 2}))
    );
  },

  "zoom-path": () =>
    shown(zoomPath({label: "Where you are", onLevel: nothing}), (view) =>
      view.update([
        {name: "network", level: 0},
        {name: "aspp", level: null},
        {name: "atrous_1", level: 1}
      ])
    ),

  "zoom-stage": () =>
    zoomStage({
      label: "Levels",
      levels: ["whole", "part"].map((name) => {
        const element = document.createElement("p");
        element.textContent = name;
        return {element, inner: () => null, focus: nothing};
      })
    }),

  "unit-diagram": () =>
    shown(unitDiagram({label: "A unit", onNode: nothing}), (view) => {
      const node = (name: string, share: number) => ({
        name,
        title: name,
        lines: ["3 × 2", `${24 * share} channels`],
        kindColour: "var(--concept-kernel)",
        share,
        ...{height: 2, width: 3, values: [0, 1, 2, 3, 4, 5], colour: sequential(0, 5)}
      });
      view.update([node("input", 0.25), node("expand", 1), node("project", 0.25)], true);
      view.choose("expand");
    })
};
