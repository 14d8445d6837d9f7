import {html} from "htl";
import {figureBlock} from "../../../components/page/figure-block.js";
import {separableCost} from "../../../engine/teaching/separable.js";
import type {LayerShape, PartCost} from "../../../engine/teaching/separable.js";
import type {Lesson} from "../../../lab/lesson.js";
import type {RaceResult} from "../../../worker/demonstrations/race.js";
import type {Timing} from "../../../worker/time-of.js";
import type {BackendId} from "../../../worker/protocol.js";
import {RACE_LAYERS} from "./state.js";
import type {SeparableTable} from "./state.js";
import {whole} from "../../../lab/quantities.js";
import {times} from "./layer.js";

/** The part of the page that its messages are about. */
const RACE = "race";

/** Gains that are no further apart than this share agree: timings vary by as much. */
const CLOSE = 0.1;

/** Standard against separable convolution by the clock, when the reader asks for it. */
export function raceFigure(page: Lesson<SeparableTable>): HTMLElement {
  let backend: BackendId | null = null;
  page.compute({on: [], work: async ({backend}) => backend, show: (chosen) => (backend = chosen)});

  let running = false;
  const button = html`<button type="button" class="primary" onclick=${() => void start()}>Run the race</button>` as HTMLButtonElement;
  const result = html`<div class="scroll" tabindex="0" role="group" aria-label="Race result"><p class="look">Nothing is timed before you press the button; it takes a few seconds.</p></div>`;

  async function start(): Promise<void> {
    if (running || !backend) return;
    running = true;
    // Not disabled, which would take the focus away.
    button.setAttribute("aria-disabled", "true");
    button.textContent = "Racing …";
    const {raceLayer, rate} = page.store.get();
    const layer: LayerShape = {...RACE_LAYERS[raceLayer], kernelSize: 3, rate, padding: "same"};
    const on = backend;
    try {
      const timings = await page.engine.demonstrate(on, "race", layer);
      page.report(null, RACE);
      result.replaceChildren(resultTable(timings, layer, on));
    } catch (reason) {
      page.report(reason, RACE);
    } finally {
      running = false;
      button.removeAttribute("aria-disabled");
      button.textContent = "Run the race again";
    }
  }

  return figureBlock({
    title: "The race on this machine",
    controls: [page.choice("raceLayer", "Layer"), html`<div>${button}</div>`],
    body: result,
    caption:
      "A 3 × 3 layer with as many outputs as inputs, padded to keep its size, at the dilation rate of the slider above, on the backend chosen at the top. After a warm-up each contestant runs several times; the median counts. Compare the last two columns: what the counts promise, and what the clock says."
  });
}

function resultTable({standard, depthwise, separable}: RaceResult, layer: LayerShape, backend: BackendId): Node {
  const cost = separableCost(layer);
  const row = (name: string, part: PartCost, timing: Timing) => html`<tr>
    <th scope="row">${name}</th>
    <td class="number">${whole(part.multiplyAdds)}</td>
    <td class="number">${timing.milliseconds.toPrecision(3)}</td>
    <td class="number">${timing.runs} × ${timing.repetitions}</td>
    <td class="number">${times(cost.standard.multiplyAdds / part.multiplyAdds)}</td>
    <td class="number">${times(standard.milliseconds / timing.milliseconds)}</td>
  </tr>`;
  const {size, channels, outputs, rate} = layer;
  return html`<div><table>
    <caption>${size} × ${size} × ${channels} → ${outputs}, rate ${rate}, on ${backend}</caption>
    <thead><tr><th scope="col">Convolution</th><th scope="col" class="number">Multiply-adds</th><th scope="col" class="number">Median, ms</th><th scope="col" class="number">Runs × repeats</th><th scope="col" class="number">Fewer by</th><th scope="col" class="number">Faster by</th></tr></thead>
    <tbody>${row("Standard", cost.standard, standard)}${row("Depthwise alone", cost.depthwise, depthwise)}${row("Depthwise + pointwise", cost.separable, separable)}</tbody>
  </table><p>${verdict(cost.standard.multiplyAdds / cost.separable.multiplyAdds, standard.milliseconds / separable.milliseconds)}</p></div>`;
}

/** What to make of the gain that the counts promise and the one that the clock gives. */
function verdict(promised: number, measured: number): string {
  const numbers = `The counts promise ${times(promised)}, the clock gives ${times(measured)}`;
  if (measured < promised * (1 - CLOSE)) {
    return `${numbers}, ${Math.round((100 * measured) / promised)} % of the promise. The usual reasons are the depthwise part, which waits for memory, and the intermediate map, which is written and read once more.`;
  }
  if (measured <= promised * (1 + CLOSE)) {
    return `${numbers}: they agree here. The pointwise part does nearly all of the work, and it is computed as efficiently as the ordinary convolution. Look at the depthwise part alone for the gap.`;
  }
  return `${numbers}, more than promised: this backend computes the ordinary convolution less efficiently than the pointwise one.`;
}
