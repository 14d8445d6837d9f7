import {gradientNorms} from "../../../src/components/training/gradient-norms.js";
import {stepChart} from "../../../src/components/training/step-chart.js";
import {beside, nothing, shown} from "./some.js";

const CURVES = {
  series: [
    {
      name: "photos it learns from",
      colour: "var(--concept-cost)",
      isNoisy: true,
      points: [2, 1.5, 1.7, 0.9, 0.6].map((value, index) => ({step: index + 1, value}))
    },
    {
      name: "photos kept apart",
      colour: "var(--accent)",
      dashes: "8 4",
      points: [
        {step: 0, value: 2.1},
        {step: 4, value: 1.2}
      ]
    }
  ],
  marks: [{step: 4, name: "best"}],
  end: 10
};

export const training = {
  "step-chart": () =>
    beside(
      ...(["linear", "log"] as const).map((scale) =>
        shown(stepChart({label: "Loss", scale, least: 1, text: (value) => value.toPrecision(3), onStep: nothing}), (view) =>
          view.update(scale === "log" ? {...CURVES, at: 3} : CURVES)
        )
      )
    ),

  "gradient-norms": () =>
    shown(gradientNorms({label: "Gradients by layer"}), (view) =>
      view.update([
        {name: "aspp/projection", norm: 1.5},
        {name: "logits", norm: 0.015},
        {name: "decoder/low_level", norm: 0}
      ])
    )
};
