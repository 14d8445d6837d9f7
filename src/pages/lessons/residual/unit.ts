import {operationName} from "../../../lab/network-parts.js";
import {html} from "htl";
import {cellMap} from "../../../components/maps/cell-map.js";
import {sequential} from "../../../components/maps/colour-maps.js";
import {costBars} from "../../../components/charts/cost-bars.js";
import {figureBlock} from "../../../components/page/figure-block.js";
import {typeset} from "../../../components/page/typeset.js";
import {readouts} from "../../../components/tables/readouts.js";
import {unitDiagram} from "../../../components/network/unit-diagram.js";
import type {DiagramNode} from "../../../components/network/unit-diagram.js";
import type {Activation} from "../../../engine/network.js";
import {convolutionOf} from "../../../engine/steps/convolution.js";
import {cost} from "../../../engine/cost.js";
import {UNITS, UNIT_OUTPUT, residualUnit} from "../../../engine/teaching/residual-units.js";
import type {UnitKind} from "../../../engine/teaching/residual-units.js";
import {INPUT} from "../../../engine/step-list.js";
import type {Step} from "../../../engine/steps/kinds.js";
import type {Lesson} from "../../../lab/lesson.js";
import type {LessonState} from "../../../lab/lesson-table.js";
import {brightness} from "../../../media/patch.js";
import type {ResidualDemonstration, TensorFacts} from "../../../worker/demonstrations/residual.js";
import {codeUnder} from "../code-under.js";
import {USUAL_BRANCH} from "./state.js";
import type {ResidualTable} from "./state.js";
import {wide} from "../wide.js";
import {whole} from "../../../lab/quantities.js";

export const UNIT_NAMES: Readonly<Record<UnitKind, string>> = {
  baseline: "Baseline",
  bottleneck: "Bottleneck",
  preactivation: "Pre-activation",
  inverted: "Inverted residual"
};

type State = LessonState<ResidualTable>;

/** What the diagram shows at the moment. */
interface Shown extends ResidualDemonstration {
  readonly steps: readonly Step[];
  /** Percent. */
  readonly branch: number;
}

/** One unit with live tensors, and the four units' costs. @param onResult called when new tensors stand */
export function unitFigures(page: Lesson<ResidualTable>, onResult: () => void) {
  const {store} = page;
  const facts = readouts(["Parameters", "Multiply-adds", "Output shape"]);
  const norms = readouts(["Norm of the input", "Norm of the output", "Largest change"]);
  const meaning = html`<p class="look"></p>`;
  const diagram = unitDiagram({label: "The unit, from input to output", onNode: (node) => store.set({node})});
  const title = html`<h4></h4>`;
  const map = cellMap({label: "The chosen tensor: mean absolute value over its channels"});
  const numbers = readouts(["Shape", "Minimum", "Mean", "Maximum"]);
  const parameterBars = costBars({label: "Parameters of the four units"});
  const multiplyAddBars = costBars({label: "Multiply-adds of the four units"});
  let shown: Shown | null = null;

  page.follow(["unit", "channels", "size", "rate"], (state) => {
    const costs = costsOf(state);
    const {parameters, multiplyAdds} = costs[state.unit];
    facts.update({
      Parameters: whole(parameters),
      "Multiply-adds": whole(multiplyAdds),
      "Output shape": shapeText(state.size, state.channels)
    });
    const bars = (quantity: "parameters" | "multiplyAdds") =>
      UNITS.map((unit) => ({
        name: unit === state.unit ? `${UNIT_NAMES[unit]} (shown)` : UNIT_NAMES[unit],
        value: costs[unit][quantity],
        text: short(costs[unit][quantity]),
        colour: unit === state.unit ? "var(--concept-cost)" : "color-mix(in srgb, var(--concept-cost) 55%, transparent)"
      }));
    parameterBars.update(bars("parameters"));
    multiplyAddBars.update(bars("multiplyAdds"));
  });

  page.compute({
    on: ["unit", "channels", "size", "rate", "branch"],
    photo: true,
    async work({state, backend, engine, photo}) {
      const {unit, channels, size, rate, branch} = state;
      const map = {height: size, width: size, values: brightness(photo, size)};
      return engine.demonstrate(backend, "residual", {unit, channels, rate, branchScale: branch / 100, photo: map});
    },
    show(result, {state}) {
      shown = {...result, steps: residualUnit(state.unit, state), branch: state.branch};
      draw();
      onResult();
    }
  });

  function draw(): void {
    if (!shown) return;
    const {skip} = store.get();
    const {steps, tensors, change} = shown;
    const most = Math.max(...steps.map(({channels}) => channels));
    diagram.update(
      steps.map((step) => nodeOf(step, tensorOf(shown!, step.name, skip), most, skip)),
      skip
    );
    norms.update({
      "Norm of the input": tensors[INPUT]!.norm.toFixed(1),
      "Norm of the output": tensorOf(shown, UNIT_OUTPUT, skip).norm.toFixed(1),
      "Largest change": (skip ? change.withSkip : change.withoutSkip).toFixed(3)
    });
    meaning.textContent = typeset(comparisonOf(shown, skip));
    choose();
  }

  function choose(): void {
    if (!shown) return;
    const {node, skip} = store.get();
    const {steps} = shown;
    const step = steps.find(({name}) => name === node) ?? steps.at(-1)!;
    const tensor = tensorOf(shown, step.name, skip);
    diagram.choose(step.name);
    title.textContent = `After: ${titleOf(step, skip)}`;
    map.draw({...tensor.map, colour: colourOf(tensor)});
    numbers.update({
      Shape: shapeText(step.height, step.channels),
      Minimum: tensor.min.toFixed(3),
      Mean: tensor.mean.toFixed(3),
      Maximum: tensor.max.toFixed(3)
    });
  }
  page.follow(["skip"], draw);
  page.follow(["node"], choose);

  // What the presets say holds for a unit with its skip and a branch that says something.
  const INTACT = {skip: true, branch: USUAL_BRANCH} as const;
  const presets = page.presets([
    {
      label: "ResNet-18",
      look: "Two full 3×3 convolutions on all channels: simple, and dear as channels grow.",
      state: {...INTACT, unit: "baseline", channels: 64, rate: 1}
    },
    {
      label: "ResNet-50, block 1",
      look: "256 channels, but the 3×3 sees only 64 of them: compare its cost with the baseline's.",
      state: {...INTACT, unit: "bottleneck", channels: 256, rate: 1}
    },
    {
      label: "ResNet v2",
      look: "Nothing follows the addition: the output has negative values, and the skip runs on unbroken into the next unit.",
      state: {...INTACT, unit: "preactivation", channels: 256, rate: 2}
    },
    {
      label: "MobileNetV2, output stride 8",
      look: "Thin, wide, thin: the depthwise 3×3 works on six times the channels and is still cheap.",
      state: {...INTACT, unit: "inverted", channels: 64, rate: 2}
    }
  ]);

  const unit = figureBlock({
    title: "One residual unit, live",
    code: codeUnder(store, (codes) => codes.residual.unit),
    controls: [
      wide(page.choice("unit", "Unit", UNIT_NAMES)),
      page.slider("channels", "Channels"),
      page.slider("size", "Feature map size", "cells"),
      page.slider("rate", "Dilation rate"),
      page.slider("branch", typeset("Branch's last weights"), "%"),
      page.toggle("skip", "Skip connection"),
      presets
    ],
    body: html`<div class="figure-columns" style="--column:17rem">
      <div>${diagram}</div>
      <div class="unit-detail">${title}${map}${numbers}<h4>What the skip keeps</h4>${norms}${meaning}</div>
    </div>`,
    more: [
      facts,
      html`<div class="figure-columns unit-costs" style="--column:15rem"><div><h4>Parameters of the four</h4>${parameterBars}</div><div><h4>Multiply-adds of the four</h4>${multiplyAddBars}</div></div>`
    ],
    caption:
      "Choose a box: its tensor appears larger, as the mean absolute value over its channels, from zero (dark) up. The bar in a box is its number of channels. The input is made of your photo's brightness. All weights are random; shapes and costs are those of the real units."
  });

  return {
    unit,
    /** The last result; null before the first. */
    result: () => shown,
    /** The unit with the fewest parameters at these channels. */
    comparison(state: State): {cheapest: UnitKind; parameters: number} {
      const costs = costsOf(state);
      const cheapest = UNITS.reduce((best, unit) => (costs[unit].parameters < costs[best].parameters ? unit : best));
      return {cheapest, parameters: costs[cheapest].parameters};
    }
  };
}

function costsOf({channels, size, rate}: Pick<State, "channels" | "size" | "rate">) {
  return Object.fromEntries(UNITS.map((unit) => [unit, cost({steps: residualUnit(unit, {channels, size, rate})})])) as Record<
    UnitKind,
    ReturnType<typeof cost>
  >;
}

/** The tensor after a step, where only the addition knows of the skip. */
function tensorOf({tensors, withoutSkip}: Shown, name: string, skip: boolean): TensorFacts {
  return name === UNIT_OUTPUT && !skip ? withoutSkip : tensors[name]!;
}

function nodeOf(step: Step, tensor: TensorFacts, most: number, skip: boolean): DiagramNode {
  const {name, op, channels, parameters, multiplyAdds} = step;
  const convolution = convolutionOf(step);
  const inputChannels = step.from[0]?.channels ?? channels;
  const width = channels === inputChannels ? `${channels} channels` : `${inputChannels} → ${channels} channels`;
  return {
    name,
    title: titleOf(step, skip),
    lines: [
      convolution && Math.max(...convolution.kernel) > 1 ? `${width}, rate ${convolution.rate}` : width,
      ...(parameters > 0 ? [`${short(parameters)} parameters`] : []),
      ...(convolution ? [`${short(multiplyAdds)} multiply-adds`] : [])
    ],
    kindColour: convolution
      ? "var(--concept-kernel)"
      : op === "add"
        ? "var(--concept-output)"
        : op === "input"
          ? "var(--concept-input)"
          : "var(--quiet)",
    share: channels / most,
    ...tensor.map,
    colour: colourOf(tensor)
  };
}

const ROLES: Readonly<Record<string, string>> = {reduce: ", reduces", restore: ", restores", expand: ", expands", project: ", projects"};
const ACTIVATIONS: Readonly<Record<Activation, string>> = {
  linear: "",
  relu: " + ReLU",
  relu6: " + ReLU6",
  sigmoid: " + sigmoid",
  hard_sigmoid: " + hard sigmoid",
  hard_swish: " + hard swish"
};

function titleOf(step: Step, skip: boolean): string {
  const after = ACTIVATIONS[step.activation];
  switch (step.op) {
    case "input":
      return "Input";
    case "add":
      return `${skip ? "Skip" : "Zero"} + branch${after && `, then ${after.slice(3)}`}`;
    case "affine":
      return `Batch norm${after}`;
    case "conv":
    case "depthwise":
      return `${typeset(step.kernel.join("×"))}${step.op === "depthwise" ? " depthwise" : ""} convolution${ROLES[step.name] ?? ""}${after}`;
    default:
      return `${operationName(step)}${after}`;
  }
}

function comparisonOf({tensors, withoutSkip, change, branch}: Shown, skip: boolean): string {
  const ratio = ({norm}: TensorFacts) => `${((100 * norm) / tensors[INPUT]!.norm).toFixed(0)}\u00a0%`;
  if (skip && branch === 0)
    return `The branch adds ${change.withSkip === 0 ? "exactly zero: the unit is the identity" : "nothing but its activation"}.`;
  return skip
    ? `The output has ${ratio(tensors[UNIT_OUTPUT]!)} of the input's norm; without the skip it would have ${ratio(withoutSkip)}. The branch only has to learn what to change.`
    : `The output has ${ratio(withoutSkip)} of the input's norm; with the skip it would have ${ratio(tensors[UNIT_OUTPUT]!)}. What the branch does not rebuild is lost, in a stack of such units again and again.`;
}

function colourOf({map}: TensorFacts): (value: number) => readonly [number, number, number] {
  return sequential(
    0,
    map.values.reduce((most, value) => Math.max(most, value), 0)
  );
}

function shapeText(size: number, channels: number): string {
  return `${size} × ${size} × ${channels}`;
}

/** Three digits with k, M or G. */
function short(value: number): string {
  const [unit, factor] = value >= 1e9 ? ["G", 1e9] : value >= 1e6 ? ["M", 1e6] : value >= 1e4 ? ["k", 1e3] : ["", 1];
  return factor === 1 ? whole(value) : `${(value / Number(factor)).toPrecision(3)} ${unit}`;
}
