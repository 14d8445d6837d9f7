import {html} from "htl";
import {figureBlock} from "../../../components/page/figure-block.js";
import {readouts} from "../../../components/tables/readouts.js";
import type {InvertedResidual} from "../../../engine/network.js";
import {plan, stepNamed} from "../../../engine/plan.js";
import type {Plan} from "../../../engine/plan.js";
import {released} from "../../../engine/released.js";
import type {Lesson} from "../../../lab/lesson.js";
import type {ResidualTable} from "./residual.js";

/** Side of the network's input in pixels, as in the papers. */
const SIDE = 513;

const NETWORK = released(1);

/** The seventeen inverted residual units of MobileNetV2 at the chosen output stride. */
export function mobileNetFigure(page: Lesson<ResidualTable>): HTMLElement {
  const facts = readouts(["Units with a skip", "Dilated units", "Feature map of block 16"]);
  const rows = html`<tbody></tbody>` as HTMLElement;

  page.follow(["outputStride"], ({outputStride}) => {
    const planned = plan(NETWORK, {height: SIDE, width: SIDE, outputStride});
    const {blocks} = NETWORK.backbone;
    const depthwise = blocks.map(({name}) => stepNamed(planned, `backbone/${name}/depthwise`));
    facts.update({
      "Units with a skip": `${blocks.filter(({residual}) => residual).length} of ${blocks.length}`,
      "Dilated units": `${depthwise.filter(({rate}) => rate > 1).length} of ${blocks.length}`,
      "Feature map of block 16": `${planned.featureHeight} × ${planned.featureWidth}`
    });
    rows.replaceChildren(...blocks.map((block) => rowOf(block, planned)));
  });

  return figureBlock({
    title: "MobileNetV2, unit by unit",
    body: [
      facts,
      html`<div class="scroll block-table" tabindex="0" role="region" aria-label="Units of MobileNetV2"><table>
        <caption>A photo of ${SIDE} × ${SIDE} pixels. Shaded: dilated.</caption>
        <thead><tr><th scope="col">Unit</th><th scope="col">Channels</th><th scope="col">Stride trained</th><th scope="col">Stride here</th><th scope="col">Rate</th><th scope="col">Map</th><th scope="col">Skip</th></tr></thead>
        ${rows}
      </table></div>`
    ],
    caption:
      "Change the output stride in the figure above and follow stride and rate down the table. A unit has a skip only where input and output have the same shape: the first unit of each stage changes the channels, so it has none, even where its stride became 1."
  });
}

function rowOf({name, inputChannels, expandedChannels, outputChannels, stride, residual}: InvertedResidual, planned: Plan): Node {
  const depthwise = stepNamed(planned, `backbone/${name}/depthwise`);
  return html`<tr class=${depthwise.rate > 1 ? "dilated" : ""}>
    <th scope="row">${name.replace("_", " ")}</th><td>${inputChannels} → ${expandedChannels} → ${outputChannels}</td><td>${stride}</td><td>${depthwise.stride}</td><td>${depthwise.rate}</td>
    <td>${depthwise.height} × ${depthwise.width}</td><td class=${residual ? "skip-yes" : ""}>${residual ? "yes" : "–"}</td>
  </tr>` as Node;
}
