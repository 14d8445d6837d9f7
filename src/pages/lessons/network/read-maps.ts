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
  element.update = ({step, made}, mapOf) => {
    const cells = "cells" in made ? made.cells : [];
    const inputs = [...new Set(cells.map(({input}) => input))].slice(0, INPUTS);
    element.replaceChildren(
      ...inputs.flatMap((input) => {
        const map = mapOf(step.inputs[input]!);
        return map
          ? [
              inputMap(
                step,
                input,
                map,
                cells.filter((cell) => cell.input === input)
              )
            ]
          : [];
      })
    );
  };
  return element;
}

function inputMap(step: Step, input: number, map: Activations, cells: readonly ReadCell[]): Node {
  const from = step.from[input]!;
  // The map was made of the means of square parts, where it has more cells than are drawn.
  const by = Math.max(1, Math.round(from.height / map.height));
  const beyond = (far: number) => Math.max(0, Math.ceil(far / by));
  const isFew = cells.length <= MARKED;
  const margin = {
    top: beyond(Math.max(...cells.map(({row}) => -row))),
    bottom: beyond(Math.max(...cells.map(({row}) => row + 1 - from.height))),
    left: beyond(Math.max(...cells.map(({column}) => -column))),
    right: beyond(Math.max(...cells.map(({column}) => column + 1 - from.width)))
  };
  const name = step.inputs[input]!;
  const read = isFew ? `${cells.length} ${cells.length === 1 ? "cell" : "cells"} of it read` : "every cell of it read";
  const view = cellMap({label: `${name}, mean over its channels, ${read}`});
  view.draw({height: map.height, width: map.width, margin, ...contentOf(map)});
  // A cell of a large map would be too small to see.
  const size = Math.max(1 / by, map.width / 48);
  const at = (place: number) => (place + 0.5) / by - size / 2;
  if (isFew) {
    view.mark(
      cells.map((cell) => ({
        ...{row: at(cell.row), column: at(cell.column), size},
        ...(isOnMap(cell, from) ? {colour: TAP, filled: true} : {colour: PADDING})
      }))
    );
  }
  return html`<figure><figcaption>It reads ${name}, ${shape(from)}</figcaption>${view}</figure>` as Node;
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
