import {agreementTable} from "../../../src/components/classes/agreement-table.js";
import {classChanges, classChangesOf} from "../../../src/components/classes/class-changes.js";
import {classKey} from "../../../src/components/classes/class-key.js";
import {classLegend, legendEntries} from "../../../src/components/classes/class-legend.js";
import {classProbabilities} from "../../../src/components/classes/class-probabilities.js";
import {maskTable} from "../../../src/components/classes/mask-table.js";
import {classScores} from "../../../src/components/classes/class-scores.js";
import {CLASSES, nothing, PALETTE, shown} from "./some.js";

const colourOf = (id: number) => `rgb(${PALETTE[id]!.join(" ")})`;

export const classes = {
  "agreement-table": () =>
    shown(agreementTable(), (view) =>
      view.update([
        {name: "background", colour: colourOf(0), shareOfA: 0.7, shareOfB: 0.72, iou: 0.931},
        {name: "cat", colour: colourOf(1), shareOfA: 0.3, shareOfB: 0.0002, iou: 0.0007}
      ])
    ),

  "class-changes": () => shown(classChanges(), (view) => view.update(classChangesOf([0.6, 0.4, 0], [0.7, 0.2, 0.1], CLASSES, PALETTE))),

  "class-key": () =>
    shown(classKey(), (view) =>
      view.update([
        {name: "background", colour: colourOf(0), share: 0.7},
        {name: "cat", colour: colourOf(1), note: "asked about"},
        {name: "dog", colour: colourOf(2)}
      ])
    ),

  "class-legend": () =>
    shown(classLegend({onToggle: nothing}), (view) =>
      view.update(legendEntries([0.7, 0.0003, 0.2997], CLASSES, PALETTE), new Set(["dog"]))
    ),

  "class-probabilities": () =>
    shown(classProbabilities(), (view) =>
      view.update(
        {x: 120, y: 48},
        CLASSES.map((name, id) => ({name, colour: colourOf(id), probability: [0.05, 0.9, 0.05][id]!}))
      )
    ),

  "mask-table": () =>
    shown(maskTable(), (view) =>
      view.update("Mask of dog.jpg, 640 × 480 pixels", [
        {name: "dog", share: 0.3, place: "in the middle", extent: {left: 0.25, right: 0.704, top: 0.3, bottom: 0.75}}
      ])
    ),

  "class-scores": () =>
    shown(classScores({label: "Scores", chosen: "asked about", onChoose: nothing}), (view) => {
      const names = ["cat", "dog", "cow", "bus", "car", "sofa"];
      const exponentials = names.map((_, id) => Math.exp(3 * (id - 5)));
      const sum = exponentials.reduce((total, each) => total + each, 0);
      view.update({
        classes: names.map((name, id) => ({name, colour: `rgb(${40 * id} 0 128)`})),
        logits: names.map((_, id) => 3 * id - 4),
        largest: 11,
        exponentials,
        sum,
        shares: exponentials.map((each) => each / sum),
        chosen: 1
      });
    })
};
