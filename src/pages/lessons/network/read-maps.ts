import {html} from "htl";
import {cellMap} from "../../../components/maps/cell-map.js";
import {extentOf, sequential} from "../../../components/maps/colour-maps.js";
import type {Activations} from "../../../engine/activations.js";
import type {Step} from "../../../engine/plan.js";
import type {ReadCell} from "../../../engine/steps/kind.js";
import {isOnMap} from "../../../engine/steps/window.js";
import {shape} from "../../../lab/network-parts.js";
import type {Making} from "../../../worker/inspections/making.js";

/** Cells that are marked one by one at most: of a mean over the map each is read. */
const MARKED = 60;
/** Inputs that are shown at most. */
const INPUTS = 3;
const TAP = "var(--concept-kernel)";
const PADDING = "var(--quiet)";

/** Where on its inputs a value reads: each input's mean over its channels with the cells marked, padding around it. */
export function readMaps(): HTMLElement & {update(making: Making, mapOf: (name: string) => Activations | undefined): void} {
  const element = html`<div class="read-maps"></div>` as ReturnType<typeof readMaps>;
  /** By the numbers of the step's inputs. */
  let views = new Map<number, InputMap>();
  element.update = ({step, made}, mapOf) => {
    const cells = "cells" in made ? made.cells : [];
    const inputs = [...new Set(cells.map(({input}) => input))].slice(0, INPUTS);
    const before = views;
    views = new Map();
    for (const input of inputs) {
      const map = mapOf(step.inputs[input]!);
      if (!map) continue;
      const known = before.get(input);
      // From cell to cell the maps stay, and the marks move.
      const view = known?.map === map ? known : inputMap(step, input, map);
      view.mark(cells.filter((cell) => cell.input === input));
      views.set(input, view);
    }
    element.replaceChildren(...[...views.values()].map((view) => view.element));
  };
  return element;
}

interface InputMap {
  readonly element: Node;
  readonly map: Activations;
  mark(cells: readonly ReadCell[]): void;
}

function inputMap(step: Step, input: number, map: Activations): InputMap {
  const from = step.from[input]!;
  const name = step.inputs[input]!;
  // The map was made of the means of square parts, where it has more cells than are drawn.
  const by = Math.max(1, Math.round(from.height / map.height));
  // A cell of a large map would be too small to see.
  const size = Math.max(1 / by, map.width / 48);
  const at = (place: number) => (place + 0.5) / by - size / 2;
  const view = cellMap({label: `${name}, mean over its channels`});
  const content = contentOf(map);
  let drawn = "";

  /** Draws the map, with as much padding around it as is read. */
  function draw(cells: readonly ReadCell[]): void {
    const beyond = (far: readonly number[]) => Math.max(0, Math.ceil(Math.max(...far) / by));
    const margin = {
      top: beyond(cells.map(({row}) => -row)),
      bottom: beyond(cells.map(({row}) => row + 1 - from.height)),
      left: beyond(cells.map(({column}) => -column)),
      right: beyond(cells.map(({column}) => column + 1 - from.width))
    };
    const words = cells.length > MARKED ? "every cell of it read" : `${cells.length} ${cells.length === 1 ? "cell" : "cells"} of it read`;
    const key = JSON.stringify([margin, words]);
    if (key !== drawn) view.draw({height: map.height, width: map.width, margin, words, ...content});
    drawn = key;
  }
  return {
    element: html`<figure><figcaption>It reads ${name}, ${shape(from)}</figcaption>${view}</figure>` as Node,
    map,
    mark(cells) {
      draw(cells);
      view.mark(
        (cells.length > MARKED ? [] : cells).map((cell) => ({
          ...{row: at(cell.row), column: at(cell.column), size},
          ...(isOnMap(cell, from) ? {colour: TAP, filled: true} : {colour: PADDING})
        }))
      );
    }
  };
}

/** Dark to light; the photo, which has three channels, by their mean. */
function contentOf({height, width, channels, values}: Activations) {
  const mean =
    channels === 1
      ? values
      : Float32Array.from({length: height * width}, (_, cell) => {
          let sum = 0;
          for (let channel = 0; channel < channels; channel++) sum += values[cell * channels + channel]!;
          return sum / channels;
        });
  return {values: mean, colour: sequential(...extentOf(mean))};
}
