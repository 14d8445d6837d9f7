import {html} from "htl";
import {figureBlock} from "../../../components/page/figure-block.js";
import {separableCost} from "../../../engine/teaching/separable.js";
import type {LayerShape, PartCost} from "../../../engine/teaching/separable.js";
import type {Lesson} from "../../../lab/lesson.js";
import type {RaceResult} from "../../../worker/demonstrations/race.js";
import {tensorsOn} from "../../../worker/protocol.js";
import type {BackendId} from "../../../worker/protocol.js";
import type {Timing} from "../../../worker/times-of.js";
import {codeUnder} from "../code-under.js";
import {RACE_LAYERS} from "./state.js";
import type {SeparableTable} from "./state.js";
import {whole} from "../../../lab/quantities.js";
import {times} from "./layer.js";
import {raceVerdict, timesTell} from "./verdict.js";

/** The part of the page that its messages are about. */
const RACE = "race";

/** Standard against separable convolution by the clock, when the reader asks for it. */
export function raceFigure(page: Lesson<SeparableTable>): HTMLElement {
  let backend: BackendId | null = null;
  /** Whether the reader was there before the backend was known. */
  let awaited = false;
  page.compute({
    on: [],
    work: async ({backend}) => backend,
    show(chosen) {
      backend = chosen;
      if (awaited) void start();
    }
  });

  let running = false;
  const button = html`<button type="button" class="primary" onclick=${() => void start()}>Run the race</button>` as HTMLButtonElement;
  const result = html`<div class="scroll" tabindex="0" role="group" aria-label="Race result"><p class="look">Nothing is timed before you press the button; it takes a few seconds.</p></div>`;

  async function start(): Promise<void> {
    if (running) return;
    // Not disabled, which would take the focus away.
    button.setAttribute("aria-disabled", "true");
    awaited = !backend;
    if (!backend) {
      button.textContent = "Racing once the backend is known …";
      return;
    }
    running = true;
    button.textContent = "Racing …";
    const {raceLayer, rate} = page.store.get();
    const layer: LayerShape = {...RACE_LAYERS[raceLayer], kernelSize: 3, rate, padding: "same"};
    const on = tensorsOn(backend);
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
    code: codeUnder(
      page.store,
      (codes) =>
        ({raceLayer, rate}) =>
          codes.separable.race({...RACE_LAYERS[raceLayer], rate})
    ),
    controls: [page.choice("raceLayer", "Layer"), html`<div>${button}</div>`],
    body: result,
    caption:
      "A 3 × 3 layer with as many outputs as inputs, padded to keep its size, at the rate set above. After a warm-up they run in turns; the shortest run counts. Compare the last two columns: what the counts promise, and what the clock says."
  });
}

function resultTable(timings: RaceResult, layer: LayerShape, backend: BackendId): Node {
  const {standard, depthwise, separable} = timings;
  const cost = separableCost(layer);
  // Ratios of times that tell nothing would tell it with a decimal.
  const tell = timesTell(timings);
  const row = (name: string, part: PartCost, timing: Timing) => html`<tr>
    <th scope="row">${name}</th>
    <td class="number">${whole(part.multiplyAdds)}</td>
    <td class="number">${timing.milliseconds.toPrecision(3)}</td>
    <td class="number">${timing.runs} × ${timing.repetitions}</td>
    <td class="number">${times(cost.standard.multiplyAdds / part.multiplyAdds)}</td>
    <td class="number">${tell ? times(standard.milliseconds / timing.milliseconds) : "–"}</td>
  </tr>`;
  const {size, channels, outputs, rate} = layer;
  return html`<div><table>
    <caption>${size} × ${size} × ${channels} → ${outputs}, rate ${rate}, on ${backend}</caption>
    <thead><tr><th scope="col">Convolution</th><th scope="col" class="number">Multiply-adds</th><th scope="col" class="number">Shortest, ms</th><th scope="col" class="number">Runs × repeats</th><th scope="col" class="number">Fewer by</th><th scope="col" class="number">Faster by</th></tr></thead>
    <tbody>${row("Standard", cost.standard, standard)}${row("Depthwise alone", cost.depthwise, depthwise)}${row("Depthwise + pointwise", cost.separable, separable)}</tbody>
  </table><p>${raceVerdict(cost.standard.multiplyAdds / cost.separable.multiplyAdds, timings)}</p></div>`;
}
