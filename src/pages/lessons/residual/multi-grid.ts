import {html} from "htl";
import {cellMap} from "../../../components/maps/cell-map.js";
import {sequential} from "../../../components/maps/colour-maps.js";
import {figureBlock} from "../../../components/page/figure-block.js";
import {typeset} from "../../../components/page/typeset.js";
import {readouts} from "../../../components/tables/readouts.js";
import {pathField} from "../../../engine/teaching/gridding.js";
import {blockField, resNetBlocks} from "../../../engine/teaching/multi-grid.js";
import type {ResNetBlock} from "../../../engine/teaching/multi-grid.js";
import type {Lesson} from "../../../lab/lesson.js";
import type {LessonState} from "../../../lab/lesson-table.js";
import {codeUnder} from "../code-under.js";
import {MULTI_GRIDS} from "./state.js";
import type {ResidualTable} from "./state.js";
import {wide} from "../wide.js";
import {whole} from "../../../lab/quantities.js";

type Choice = Pick<LessonState<ResidualTable>, "multiGrid" | "outputStride">;

/** Multi-grid in block 4 of ResNet-50: rates, field of view and coverage, and every block's stride and rate. */
export function multiGridFigure(page: Lesson<ResidualTable>): HTMLElement {
  const facts = readouts([
    "Rates of block 4",
    "Receptive field of block 4",
    "Block 4 in input pixels",
    "Whole network up to block 4",
    "Holes"
  ]);
  const coverage = cellMap({label: "Paths from each cell to one output of block 4"});
  const remark = html`<p class="look"></p>`;
  const rows = html`<tbody></tbody>`;

  page.follow(["multiGrid", "outputStride", "blockThree"], (state) => {
    const blocks = blocksOf(state);
    const {cells, pixels, network} = blockField(blocks);
    const rates = blocks.at(-1)!.rates;
    const before = blocks.at(-2)!.rates.at(-1)!;
    const field = pathField(readRates(blocks, state));
    facts.update({
      "Rates of block 4": rates.join(", "),
      "Receptive field of block 4": `${cells} × ${cells} cells`,
      "Block 4 in input pixels": `${pixels} × ${pixels} pixels`,
      "Whole network up to block 4": `${network} × ${network} pixels`,
      Holes: `${whole(field.holes)} of ${whole(field.size ** 2)} cells`
    });
    const shade = sequential(0, Math.sqrt(field.most));
    // By the root, because the middle has far more paths than the rim; white is a hole.
    coverage.draw({
      height: field.size,
      width: field.size,
      values: field.paths,
      colour: (count) => (count === 0 ? [255, 255, 255] : shade(Math.sqrt(count)))
    });
    remark.textContent = remarkOn(rates, before, state.blockThree);
    rows.replaceChildren(...blocks.map(rowOf));
  });

  const presets = page.presets([
    {
      label: "DeepLab v3's choice",
      look: "(1, 2, 4) at output stride 16, in front of ASPP: rates 2, 4, 8.",
      state: {multiGrid: "1,2,4", outputStride: 16}
    },
    {
      label: "No multi-grid",
      look: "(1, 1, 1): all three layers step by the same two cells and read one cell in four.",
      state: {multiGrid: "1,1,1", outputStride: 16}
    },
    {
      label: "Without dilation",
      look: "Output stride 32: the base rate is 1, and the multi-grid alone makes the rates.",
      state: {multiGrid: "1,2,3", outputStride: 32}
    },
    {
      label: "For evaluation",
      look: "The same weights at output stride 8: every rate doubles, so the field in pixels stays.",
      state: {multiGrid: "1,2,4", outputStride: 8}
    }
  ]);

  return figureBlock({
    title: "Multi-grid in block 4",
    code: codeUnder(page.store, (codes) => (state) => codes.residual.multiGrid({...state, read: readRates(blocksOf(state), state)})),
    controls: [
      wide(
        page.choice("multiGrid", "Multi-grid", Object.fromEntries(MULTI_GRIDS.map((grid) => [grid, `(${grid.replaceAll(",", ", ")})`])))
      ),
      page.choice("outputStride", "Output stride"),
      page.toggle("blockThree", typeset("Begin with the last 3×3 of block 3")),
      presets
    ],
    body: [
      html`<div class="figure-columns" style="--column:16rem">
        <div class="multi-grid-field">${coverage}</div>
        <div>${facts}${remark}</div>
      </div>`,
      html`<div class="scroll block-table" tabindex="0" role="region" aria-label="Blocks of ResNet-50"><table>
          <caption>ResNet-50 at this output stride. Shaded: dilated.</caption>
          <thead><tr><th scope="col">Block</th><th scope="col">Units</th><th scope="col">${typeset("Classifier's stride")}</th><th scope="col">Stride here</th><th scope="col">Rates</th><th scope="col">Output stride</th></tr></thead>
          ${rows}
        </table></div>`
    ],
    caption:
      "In how many ways each cell of block 4's input reaches one output cell through its three 3×3 layers: bright is many, white is none. In pixels, the field reaches from the middle of its first cell to the middle of its last."
  });
}

/** Rates of the three 3x3 of block 4. */
export function ratesOf(choice: Choice): readonly number[] {
  return blocksOf(choice).at(-1)!.rates;
}

/** Rates of the 3x3 layers whose paths are counted: with the last of block 3 where the reader wants it. */
function readRates(blocks: readonly ResNetBlock[], {blockThree}: Pick<LessonState<ResidualTable>, "blockThree">): readonly number[] {
  const rates = blocks.at(-1)!.rates;
  return blockThree ? [blocks.at(-2)!.rates.at(-1)!, ...rates] : rates;
}

function blocksOf({multiGrid, outputStride}: Choice): ResNetBlock[] {
  return resNetBlocks(outputStride, multiGrid.split(",").map(Number));
}

function remarkOn(rates: readonly number[], before: number, withBefore: boolean): string {
  const holes = pathField(rates).holes;
  const holesWith = pathField([before, ...rates]).holes;
  if (holes === 0) return "These rates leave no hole.";
  if (withBefore)
    return holesWith === 0
      ? `The layer before, with rate ${before}, fills every hole.`
      : `The layer before has rate ${before}, which fills not all of them: ${whole(holesWith)} holes remain.`;
  return holesWith === 0
    ? `Alone these rates leave holes; but the layer before, with rate ${before}, has looked around each cell that they read: begin with it.`
    : `These rates leave holes, and the layer before, with rate ${before}, does not fill all of them.`;
}

function rowOf({block, trainedStride, stride, rates, outputStride}: ResNetBlock): Node {
  const isDilated = rates.some((rate) => rate > 1);
  const isEven = rates.every((rate) => rate === rates[0]);
  return html`<tr class=${isDilated ? "dilated" : ""}>
    <th scope="row">Block ${block}</th><td>${rates.length}</td><td>${trainedStride}</td><td>${stride}</td><td>${isEven ? rates[0] : rates.join(", ")}</td><td>${outputStride}</td>
  </tr>`;
}
