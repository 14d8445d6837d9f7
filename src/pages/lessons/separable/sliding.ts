import {html} from "htl";
import {cellMap} from "../../../components/maps/cell-map.js";
import type {Mark} from "../../../components/maps/cell-map.js";
import {diverging, reachOf} from "../../../components/maps/colour-maps.js";
import type {Colour} from "../../../components/maps/colour-values.js";
import {figureBlock} from "../../../components/page/figure-block.js";
import {playback} from "../../../components/fields/playback.js";
import type {Cell} from "../../../components/page/pointing.js";
import {signed, tapSum} from "../../../components/tables/tap-sum.js";
import type {Tap} from "../../../components/tables/tap-sum.js";
import type {Lesson} from "../../../lab/lesson.js";
import type {SeparableDemonstration, SeparableInput} from "../../../worker/demonstrations/separable.js";
import {codeUnder} from "../code-under.js";
import {SHOWN_OUTPUTS} from "./state.js";
import type {SeparableTable} from "./state.js";
import {liveLayer, whyEmpty} from "./layer.js";

/** Milliseconds at each position, and of them those on the way there. */
const INTERVAL = 350;
const GLIDE = 220;

/** The photo's colours, whose planes are drawn; a plane's tint goes from black to its colour. */
const CHANNELS = [
  {name: "Red", tint: (value: number): Colour => [255 * value, 96 * value, 84 * value]},
  {name: "Green", tint: (value: number): Colour => [112 * value, 225 * value, 104 * value]},
  {name: "Blue", tint: (value: number): Colour => [120 * value, 160 * value, 255 * value]}
];

/** Products side by side in the spelled-out mixing. */
const POINTWISE_COLUMNS = 3;

interface Shown {
  readonly layer: SeparableInput;
  readonly result: SeparableDemonstration;
}

/** Depthwise, then pointwise, on the reader's photo: a window slides over each channel, and each position's channels are mixed. */
export function slidingFigure(page: Lesson<SeparableTable>): HTMLElement & {dispose(): void} {
  const {store} = page;
  let position: Cell = {row: store.get().row, column: store.get().column};
  let shown: Shown | null = null;

  const hold = () => store.set(position);
  const player = playback({
    interval: INTERVAL,
    step() {
      if (!shown) return;
      const {side} = shown.result;
      const next = (position.row * side + position.column + 1) % side ** 2;
      position = {row: Math.floor(next / side), column: next % side};
      point(GLIDE);
    },
    onPause: hold
  });
  const choose = (cell: Cell) => {
    player.pause();
    store.set(cell);
  };
  const at = () => position;

  const rows = CHANNELS.map(({name, tint}) => {
    const input = cellMap({label: `Input: ${name.toLowerCase()}, with the kernel's taps`});
    const kernel = cellMap({label: `Kernel of ${name.toLowerCase()}`});
    const depthwise = cellMap({label: `Depthwise output: ${name.toLowerCase()}`, onCell: choose, at});
    const weight = html`<span class="separable-weight"></span>`;
    const element = html`<div class="separable-row"><h5>${name}</h5>${input}<span class="separable-arrow" aria-hidden="true">∗</span>${kernel}<span class="separable-arrow" aria-hidden="true">→</span>${depthwise}${weight}</div>`;
    return {tint, input, kernel, depthwise, weight, element};
  });
  const output = cellMap({label: "Output", onCell: choose, at});
  const depthwiseSum = tapSum();
  const pointwiseSum = tapSum();
  const depthwiseTitle = html`<h4></h4>`;
  const pointwiseTitle = html`<h4></h4>`;
  const outputTitle = html`<h5></h5>`;
  const undrawn = html`<p class="look"></p>`;
  const note = html`<p class="separable-note"></p>`;
  const picture = html`<div class="separable-picture">
    <div class="separable-stages">
      <div class="separable-planes"><h4>1. Depthwise: each channel by itself</h4>${rows.map(({element}) => element)}${undrawn}</div>
      <div class="separable-output"><h4>2. Pointwise: added up</h4>${outputTitle}${output}</div>
    </div>
  </div>`;
  const sums = html`<div class="separable-sums">
      <div role="group" aria-label="Depthwise sum">${depthwiseTitle}<div class="scroll" tabindex="0" role="group" aria-label="Depthwise products">${depthwiseSum}</div></div>
      <div role="group" aria-label="Pointwise sum">${pointwiseTitle}${pointwiseSum}</div>
    </div>`;
  picture.addEventListener("focusin", ({target}) => {
    if ([output, ...rows.map(({depthwise}) => depthwise)].some((map) => map.contains(target as Node))) player.pause();
  });

  page.compute({
    on: ["size", "channels", "kernelSize", "rate", "outputs"],
    photo: true,
    async work({state, backend, engine, photo}) {
      if (whyEmpty(state)) return null;
      const layer = liveLayer(state, Math.min(state.outputs, SHOWN_OUTPUTS.length), photo);
      return {layer, result: await engine.demonstrate(backend, "separable", layer)};
    },
    show(found, {state}) {
      note.textContent = whyEmpty(state) ?? "";
      for (const part of [picture, sums]) part.hidden = !found;
      shown = found;
      if (found) draw(found);
    }
  });
  page.follow(["row", "column"], ({row, column}) => {
    position = {row, column};
    point();
  });
  page.follow(["shownOutput"], () => shown && draw(shown));
  page.follow(["spelled"], () => point());

  function draw({layer, result}: Shown): void {
    const {size, channels, kernelSize} = layer;
    const {side} = result;
    const outputs = outputsOf(layer);
    const chosen = chosenOutput(outputs);
    rows.forEach(({tint, input, kernel, depthwise, weight, element}, channel) => {
      element.hidden = channel >= channels;
      if (channel >= channels) return;
      input.draw({height: size, width: size, values: plane(layer.input, channels, channel), colour: tint});
      kernel.draw({height: kernelSize, width: kernelSize, values: kernelOf(layer, channel), colour: diverging(1)});
      depthwise.draw({
        height: side,
        width: side,
        values: plane(result.depthwise, channels, channel),
        colour: diverging(reachOf(result.depthwise))
      });
      weight.textContent = `× ${signed(layer.mixing[chosen * channels + channel]!, 2)}`;
    });
    const more = channels - CHANNELS.length;
    undrawn.textContent =
      more > 0
        ? `And ${more} more ${more === 1 ? "channel" : "channels"}, not drawn, but in the sum: the colours again, each with a kernel of its own.`
        : "";
    const mixed = plane(result.output, outputs, chosen);
    output.draw({height: side, width: side, values: mixed, colour: diverging(reachOf(mixed))});
    outputTitle.textContent = `Output ${chosen + 1}`;
    point();
  }

  function point(glide = 0): void {
    if (!shown) return;
    const {layer, result} = shown;
    const {channels, kernelSize, rate} = layer;
    const {side} = result;
    const row = Math.min(position.row, side - 1);
    const column = Math.min(position.column, side - 1);
    position = {row, column};
    const cell: Mark = {row, column, colour: "var(--concept-output)", filled: true};
    const taps = tapMarks(position, kernelSize, rate);
    for (const {input, depthwise} of rows.slice(0, channels)) {
      input.mark(taps, {glide});
      depthwise.mark([cell], {glide});
    }
    output.mark([cell], {glide});

    const place = row * side + column;
    const spelled = Math.min(store.get().spelled, channels, CHANNELS.length) - 1;
    depthwiseTitle.textContent = `Row ${row + 1}, column ${column + 1}, depthwise: ${CHANNELS[spelled]!.name.toLowerCase()} with its kernel`;
    depthwiseSum.update(depthwiseTaps(layer, position, spelled), kernelSize, result.depthwise[place * channels + spelled]!);
    const outputs = outputsOf(layer);
    const chosen = chosenOutput(outputs);
    pointwiseTitle.textContent = `The same place, pointwise: ${channels} ${channels === 1 ? "channel" : "channels"} into output ${chosen + 1}`;
    pointwiseSum.update(
      Array.from({length: channels}, (_, channel) => ({
        input: result.depthwise[place * channels + channel]!,
        weight: layer.mixing[chosen * channels + channel]!,
        inside: true
      })),
      Math.min(channels, POINTWISE_COLUMNS),
      result.output[place * outputs + chosen]!
    );
  }

  /** Index of the output that is drawn, from 0. */
  const chosenOutput = (outputs: number) => Math.min(store.get().shownOutput, outputs) - 1;

  const figure = figureBlock({
    title: "Depthwise, then pointwise",
    code: codeUnder(store, (codes) => codes.separable.sliding),
    controls: [
      html`<div class="field"><span class="field-name">Animation</span>${player}</div>`,
      page.choice("spelled", "Channel spelled out", Object.fromEntries(CHANNELS.map(({name}, index) => [index + 1, name]))),
      page.choice("shownOutput", "Output shown"),
      page.slider("rate", "Rate of the window")
    ],
    body: [note, picture],
    more: sums,
    caption:
      "Point at an output, or focus it and use the arrow keys, to choose the position. The input is the middle of the photo, the weights are random; red is positive, blue negative. Show another output: the planes stay, only their weights change."
  });
  return Object.assign(figure, {dispose: player.dispose});
}

/** The window as one frame, or with a rate its single taps. */
function tapMarks({row, column}: Cell, kernelSize: number, rate: number): Mark[] {
  const colour = "var(--concept-kernel)";
  if (rate === 1) return [{row, column, size: kernelSize, colour, filled: true}];
  return Array.from({length: kernelSize ** 2}, (_, tap) => ({
    row: row + rate * Math.floor(tap / kernelSize),
    column: column + rate * (tap % kernelSize),
    colour,
    filled: true
  }));
}

/** What each tap of a channel's kernel reads at a position, without padding. */
function depthwiseTaps({size, channels, kernelSize, rate, input, kernels}: SeparableInput, {row, column}: Cell, channel: number): Tap[] {
  const taps = kernelSize ** 2;
  return Array.from({length: taps}, (_, tap) => {
    const cell = (row + rate * Math.floor(tap / kernelSize)) * size + column + rate * (tap % kernelSize);
    return {input: input[cell * channels + channel]!, weight: kernels[channel * taps + tap]!, inside: true};
  });
}

function kernelOf({kernelSize, kernels}: SeparableInput, channel: number): Float32Array {
  const taps = kernelSize ** 2;
  return kernels.slice(channel * taps, (channel + 1) * taps);
}

function outputsOf({mixing, channels}: SeparableInput): number {
  return mixing.length / channels;
}

/** One channel of values whose channels lie together. */
function plane(values: Float32Array, channels: number, channel: number): Float32Array {
  return values.filter((_, index) => index % channels === channel);
}
