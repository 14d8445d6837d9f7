import {html} from "htl";
import {costBars} from "../../../components/charts/cost-bars.js";
import {figureBlock} from "../../../components/page/figure-block.js";
import {formula} from "../../../components/page/formula.js";
import {readouts} from "../../../components/tables/readouts.js";
import type {SeparableCost} from "../../../engine/teaching/separable.js";
import type {Lesson} from "../../../lab/lesson.js";
import {codeUnder} from "../code-under.js";
import type {SeparableTable} from "./state.js";
import {whole} from "../../../lab/quantities.js";
import {costOf, LAYER, times, whyEmpty} from "./layer.js";
import type {LayerState} from "./layer.js";
import {percent} from "../../../components/classes/class-legend.js";

/** One layer counted two ways: formula, numbers and bars for what the sliders say. */
export function countsFigure(page: Lesson<SeparableTable>): HTMLElement {
  const multiplyAdds = readouts([
    "Multiply-adds, standard",
    "Multiply-adds, depthwise",
    "Multiply-adds, pointwise",
    "Multiply-adds, separable",
    "Fewer by"
  ]);
  const others = readouts(["Output size", "Parameters, standard", "Parameters, separable"]);
  const bars = costBars({label: "Multiply-adds"});
  const inNumbers = formula("", {display: true});
  const note = html`<p class="look" role="group" aria-label="What the counts say"></p>`;

  page.follow(LAYER, (state) => {
    const cost = costOf(state);
    const {standard, depthwise, pointwise, separable, outputSize} = cost;
    multiplyAdds.update({
      "Multiply-adds, standard": whole(standard.multiplyAdds),
      "Multiply-adds, depthwise": whole(depthwise.multiplyAdds),
      "Multiply-adds, pointwise": whole(pointwise.multiplyAdds),
      "Multiply-adds, separable": whole(separable.multiplyAdds),
      "Fewer by": outputSize > 0 ? times(standard.multiplyAdds / separable.multiplyAdds) : "–"
    });
    others.update({
      "Output size": `${outputSize} × ${outputSize}`,
      "Parameters, standard": whole(standard.parameters),
      "Parameters, separable": whole(separable.parameters)
    });
    bars.update([
      {name: "Standard", value: standard.multiplyAdds, text: whole(standard.multiplyAdds)},
      {name: "Separable: both parts", value: separable.multiplyAdds, text: whole(separable.multiplyAdds)},
      {name: "of it depthwise", value: depthwise.multiplyAdds, text: whole(depthwise.multiplyAdds), colour: "var(--concept-kernel)"},
      {name: "of it pointwise (1 × 1)", value: pointwise.multiplyAdds, text: whole(pointwise.multiplyAdds), colour: "var(--rate-1)"}
    ]);
    inNumbers.update(whyEmpty(state) ? "" : texOf(state, cost));
    note.textContent = whyEmpty(state) ?? remark(state, cost);
  });

  const presets = page.presets([
    {
      label: "The worked example",
      look: "5 × 5 on three colours, 256 outputs: the pointwise part is nine tenths of what is left.",
      state: {size: 12, channels: 3, kernelSize: 5, outputs: 256, rate: 1}
    },
    {
      label: "A layer as networks have it",
      look: "3 × 3 and many outputs: close to 9 times fewer, and never more, because 1/k² stays.",
      state: {size: 33, channels: 16, kernelSize: 3, outputs: 512, rate: 1}
    },
    {
      label: "Atrous separable",
      look: "Rate 6 spreads the depthwise taps over 13 × 13 cells. The weights are as many as at rate 1.",
      state: {size: 33, channels: 16, kernelSize: 3, outputs: 256, rate: 6}
    },
    {
      label: "One output",
      look: "Nothing to share: the pointwise part comes on top, and the split costs more.",
      state: {size: 12, channels: 3, kernelSize: 5, outputs: 1, rate: 1}
    }
  ]);

  return figureBlock({
    title: "One layer, counted two ways",
    code: codeUnder(page.store, (codes) => codes.separable.counts),
    controls: [
      page.slider("size", "Input size", "cells"),
      page.slider("channels", "Input channels"),
      page.choice("kernelSize", "Kernel size"),
      page.slider("outputs", "Output channels"),
      page.slider("rate", "Dilation rate"),
      presets
    ],
    body: [
      html`<div class="figure-columns separable-counts"><div>${multiplyAdds}${others}${note}</div><div>${inNumbers}</div></div>`,
      bars
    ],
    caption:
      "No padding, stride 1, biases left out. Move the sliders: both counts grow with the input and its channels, but how many times fewer depends only on the kernel's size and the output channels."
  });
}

/** The counts with the live numbers in them; each product on a line of its own, for narrow screens. */
function texOf(
  {channels, kernelSize: k, outputs}: LayerState,
  {outputSize: side, standard, depthwise, pointwise, separable}: SeparableCost
): string {
  const number = (value: number) => whole(value).replaceAll(",", "{,}");
  const product = (...factors: number[]) => factors.join(" \\cdot ");
  const lines = [
    `&\\text{standard}\\\\ &\\quad ${product(side, side, k, k, channels, outputs)}\\\\ &\\quad = \\mathbf{${number(standard.multiplyAdds)}}`,
    `&\\text{depthwise + pointwise}\\\\ &\\quad ${product(side, side, k, k, channels)} + ${product(side, side, channels, outputs)}`,
    `&\\quad = ${number(depthwise.multiplyAdds)} + ${number(pointwise.multiplyAdds)}\\\\ &\\quad = \\mathbf{${number(separable.multiplyAdds)}}`,
    `&\\text{ratio}\\\\ &\\quad \\tfrac{1}{${outputs}} + \\tfrac{1}{${k}^2} = ${(1 / outputs + 1 / k ** 2).toFixed(4)}`
  ];
  return `\\begin{aligned}${lines.join("\\\\ ")}\\end{aligned}`;
}

/** What to notice in these counts. */
function remark({kernelSize, outputs}: LayerState, {standard, depthwise, pointwise, separable}: SeparableCost): string {
  if (separable.multiplyAdds > standard.multiplyAdds) {
    return kernelSize === 1
      ? "A 1 × 1 kernel has nothing spatial to split off: the depthwise part only adds work."
      : `With ${outputs} output ${outputs === 1 ? "channel" : "channels"} the split costs more than it saves.`;
  }
  const share = pointwise.multiplyAdds / separable.multiplyAdds;
  const larger =
    pointwise.multiplyAdds >= depthwise.multiplyAdds
      ? `The pointwise part is ${percent(share)}`
      : `The depthwise part is ${percent(1 - share)}`;
  return `${larger} of the separable layer's work.`;
}
