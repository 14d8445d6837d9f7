import {html} from "htl";
import {unitChart} from "../../../components/charts/unit-chart.js";
import {figureBlock} from "../../../components/page/figure-block.js";
import {typeset} from "../../../components/page/typeset.js";
import {asTable} from "../../../components/tables/as-table.js";
import {readouts} from "../../../components/tables/readouts.js";
import type {InvertedUnit} from "../../../engine/network.js";
import {plan, stepNamed} from "../../../engine/plan.js";
import type {Plan, RunningUnit} from "../../../engine/plan.js";
import {released} from "../../../engine/released.js";
import type {Lesson} from "../../../lab/lesson.js";
import {codeUnder} from "../code-under.js";
import type {ResidualTable} from "./state.js";

/** Side of the network's input in pixels, as in the papers. */
const SIDE = 513;

const NETWORK = released(1);

/** The seventeen inverted residual units of MobileNetV2 at the chosen output stride. */
export function mobileNetFigure(page: Lesson<ResidualTable>): HTMLElement {
  const facts = readouts(["Units with a skip", "Dilated units", "Feature map of block 16"]);
  const chart = unitChart({label: "The units of MobileNetV2 at this output stride"});
  const rows = html`<tbody></tbody>`;

  page.follow(["outputStride"], ({outputStride}) => {
    const planned = plan(NETWORK, {height: SIDE, width: SIDE, outputStride});
    const running = new Map(planned.units.map((unit) => [unit.name, unit]));
    const blocks = NETWORK.backbone.units.filter((unit) => unit.kind === "inverted");
    facts.update({
      "Units with a skip": `${blocks.filter(({residual}) => residual).length} of ${blocks.length}`,
      "Dilated units": `${blocks.filter(({name}) => running.get(name)!.rate > 1).length} of ${blocks.length}`,
      "Feature map of block 16": `${planned.featureHeight} × ${planned.featureWidth}`
    });
    chart.update(
      blocks.map(({name, residual}) => {
        const {carrier, trainedStride, stride, rate} = running.get(name)!;
        const {height, width} = stepNamed(planned, carrier);
        return {name, side: Math.max(height, width), trainedStride, stride, rate, skip: residual};
      })
    );
    rows.replaceChildren(...blocks.map((block) => rowOf(block, running.get(block.name)!, planned)));
  });

  return figureBlock({
    title: "MobileNetV2, unit by unit",
    code: codeUnder(page.store, (codes) => codes.residual.mobileNet),
    controls: [page.choice("outputStride", "Output stride")],
    body: [
      facts,
      chart,
      asTable(
        html`<div class="scroll block-table" tabindex="0" role="region" aria-label="Units of MobileNetV2"><table>
        <caption>A photo of ${SIDE} × ${SIDE} pixels. Shaded: dilated.</caption>
        <thead><tr><th scope="col">Unit</th><th scope="col">Channels</th><th scope="col">${typeset("Classifier's stride")}</th><th scope="col">Stride here</th><th scope="col">Rate</th><th scope="col">Map</th><th scope="col">Skip</th></tr></thead>
        ${rows}
      </table></div>` as Node
      )
    ],
    caption: "The first unit of each stage changes the channels, so it has no skip, even where its stride became 1."
  });
}

function rowOf(
  {name, inputChannels, expandedChannels, channels, residual}: InvertedUnit,
  {trainedStride, stride, rate, carrier}: RunningUnit,
  planned: Plan
): Node {
  const {height, width} = stepNamed(planned, carrier);
  return html`<tr class=${rate > 1 ? "dilated" : ""}>
    <th scope="row">${name.replace("_", " ")}</th><td>${inputChannels} → ${expandedChannels} → ${channels}</td><td>${trainedStride}</td><td>${stride}</td><td>${rate}</td>
    <td>${height} × ${width}</td><td class=${residual ? "skip-yes" : ""}>${residual ? "yes" : "–"}</td>
  </tr>`;
}
