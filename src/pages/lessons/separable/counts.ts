import {html} from "htl";
import {costBars} from "../../../components/charts/cost-bars.js";
import {figureBlock} from "../../../components/page/figure-block.js";
import {formula} from "../../../components/page/formula.js";
import {typeset} from "../../../components/page/typeset.js";
import {readouts} from "../../../components/tables/readouts.js";
import type {PartCost, SeparableCost} from "../../../engine/teaching/separable.js";
import type {Lesson} from "../../../lab/lesson.js";
import {codeUnder} from "../code-under.js";
import type {SeparableTable} from "./state.js";
import {whole} from "../../../lab/quantities.js";
import {costOf, LAYER, times, whyEmpty} from "./layer.js";
import type {LayerState} from "./layer.js";
import {percent} from "../../../components/classes/class-legend.js";

/** One layer counted two ways: formula, numbers and bars for what the sliders say. */
export function countsFigure(page: Lesson<SeparableTable>): HTMLElement {
  const facts = readouts(["Fewer by", "Output size", "Parameters, standard", "Parameters, separable"]);
  const bars = costBars({label: "Multiply-adds"});
  const inNumbers = ["", "", ""].map(() => formula("", {display: true}));
  const note = html`<p class="look" role="group" aria-label="What the counts say"></p>`;

  page.follow(LAYER, (state) => {
    const cost = costOf(state);
    const {standard, depthwise, pointwise, separable, outputSize} = cost;
    facts.update({
      "Fewer by": outputSize > 0 ? times(standard.multiplyAdds / separable.multiplyAdds) : "–",
      "Output size": `${outputSize} × ${outputSize}`,
      "Parameters, standard": whole(standard.parameters),
      "Parameters, separable": whole(separable.parameters)
    });
    const bar = (name: string, {multiplyAdds}: PartCost, part: string) => ({
      name,
      value: multiplyAdds,
      text: whole(multiplyAdds),
      label: `Multiply-adds, ${part}`
    });
    bars.update([
      bar("Standard", standard, "standard"),
      bar("Separable: both parts", separable, "separable"),
      {...bar("of it depthwise", depthwise, "depthwise"), colour: "var(--concept-kernel)"},
      {...bar(typeset("of it pointwise (1×1)"), pointwise, "pointwise"), colour: "var(--rate-1)"}
    ]);
    const tex = whyEmpty(state) ? [] : texOf(state, cost);
    inNumbers.forEach((each, index) => each.update(tex[index] ?? ""));
    note.textContent = typeset(whyEmpty(state) ?? remark(state, cost));
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
    body: [html`<h4>Multiply-adds</h4>`, bars, note, facts],
    more: html`<div class="separable-counts">${inNumbers}</div>`,
    caption:
      "Without padding, at stride 1, biases left out. Both counts grow with the input and its channels; how many times fewer depends only on the kernel's size and the output channels."
  });
}

/** The counts with the live numbers in them, three formulas that stand beside each other where there is room. */
function texOf(
  {channels, kernelSize: k, outputs}: LayerState,
  {outputSize: side, standard, depthwise, pointwise, separable}: SeparableCost
): string[] {
  const number = (value: number) => whole(value).replaceAll(",", "{,}");
  const product = (...factors: number[]) => factors.join(" \\cdot ");
  return [
    `&\\text{standard}\\\\ &\\quad ${product(side, side, k, k, channels, outputs)}\\\\ &\\quad = \\mathbf{${number(standard.multiplyAdds)}}`,
    `&\\text{depthwise + pointwise}\\\\ &\\quad ${product(side, side, k, k, channels)} + ${product(side, side, channels, outputs)}\\\\ &\\quad = ${number(depthwise.multiplyAdds)} + ${number(pointwise.multiplyAdds)}\\\\ &\\quad = \\mathbf{${number(separable.multiplyAdds)}}`,
    `&\\text{ratio}\\\\ &\\quad \\tfrac{1}{${outputs}} + \\tfrac{1}{${k}^2} = ${(1 / outputs + 1 / k ** 2).toFixed(4)}`
  ].map((lines) => `\\begin{aligned}${lines}\\end{aligned}`);
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
