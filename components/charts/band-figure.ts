import {html} from "htl";
import {points} from "../classes/class-changes.js";
import {figureBlock} from "../page/figure-block.js";
import type {Quoted} from "../page/figure-from.js";
import {asTable} from "../tables/as-table.js";
import {measuredBeforehand} from "../tables/ablation-figure.js";
import type {AblationRow, Ablations} from "../tables/ablation-figure.js";
import {lineChart} from "./line-chart.js";
import type {LineSeries} from "./line-chart.js";
import {signedBars} from "./signed-bars.js";

/** One of the measured runs, and how its line looks. */
export interface BandCurve extends Pick<LineSeries, "colour" | "dashes"> {
  /** Name of the run among the ablations. */
  readonly run: string;
}

/** What a decoder brought over enlarging at once, as differences of mIoU. */
export interface DecoderGain {
  readonly name: string;
  /** In the narrowest band along outlines. */
  readonly narrowest: number;
  /** Over whole photos. */
  readonly whole: number;
}

const EXPLAINED =
  "A band holds the labelled pixels within so many pixels of an outline: of what the labels leave open there, as the paper has it, or of a change of class. Enlarged at once keeps only the scores on the encoder's grid. Boundary IoU compares the inner rims of each class.";

/**
 * A figure: how good a network is near outlines, the nearer the narrower the band, whole and without parts, beside what others
 * measured of their decoder.
 *
 * @param options.curves runs to draw: the network whole first, enlarged at once last
 * @param options.others gains that others published
 * @param options.from where the others' gains stand
 * @param options.notes what the caption adds, of the others' figures
 * @param options.explains whether the caption says what bands and rims are; by default it does
 * @param options.photos what it was measured on, in words that follow a number
 * @throws Error where a run is not among the ablations, or was measured without bands
 */
export function bandFigure({
  title,
  ablations,
  curves,
  others,
  from,
  notes,
  explains = true,
  photos
}: {
  readonly title: string;
  readonly ablations: Ablations;
  readonly curves: readonly BandCurve[];
  readonly others: readonly DecoderGain[];
  readonly from: Quoted;
  readonly notes: string;
  readonly explains?: boolean;
  readonly photos?: string;
}): HTMLElement {
  const rows = curves.map(({run}) => rowWithBands(ablations, run));
  const chart = lineChart({label: "mIoU along outlines", xTitle: "pixels to either side of the outlines"});
  chart.update(
    curves.map(({run, colour, dashes}, index) => ({
      name: run,
      colour,
      ...(dashes && {dashes}),
      points: rows[index]!.bands.map(({width, meanIoU}) => ({x: width, y: meanIoU}))
    }))
  );
  const [whole, atOnce] = [rows[0]!, rows.at(-1)!];
  const gains: DecoderGain[] = [
    {
      name: ablations.model,
      narrowest: whole.bands[0]!.meanIoU - atOnce.bands[0]!.meanIoU,
      whole: whole.meanIoU - atOnce.meanIoU
    },
    ...others
  ];
  return figureBlock({
    title,
    body: [
      html`<div class="figure-columns" style="--column:20rem"><div>${chart}</div><div class="decoder-gains"><h4>What the decoder brings over enlarging at once</h4>
        ${gainBars("in the narrowest band", gains, ({narrowest}) => narrowest)}
        ${gainBars("over whole photos", gains, ({whole}) => whole)}</div></div>` as HTMLElement,
      asTable(bandTable(title, rows))
    ],
    caption: html`<span>${measuredBeforehand(ablations, {with: "--ablate --boundary", explains, photos})} ${explains ? `${EXPLAINED} ` : ""}${notes}</span>`,
    from
  });
}

type RowWithBands = AblationRow & Required<Pick<AblationRow, "bands" | "boundaryIoU">>;

function rowWithBands({model, runs}: Ablations, name: string): RowWithBands {
  const {bands, boundaryIoU, ...row} = runs.find((run) => run.name === name) ?? {};
  if (!bands || boundaryIoU === undefined) throw new Error(`The figures of ${model} have no run "${name}" with bands along outlines.`);
  return {...(row as AblationRow), bands, boundaryIoU};
}

/** The gains in one place, in points; all gains share a scale. */
function gainBars(where: string, gains: readonly DecoderGain[], of: (gain: DecoderGain) => number): Node {
  const bars = signedBars({label: `mIoU points that the decoder brings ${where}`});
  bars.update(
    gains.map((gain, index) => ({
      name: gain.name,
      value: of(gain),
      text: points(of(gain)),
      colour: index === 0 ? "var(--concept-decoder)" : "var(--concept-cost)"
    })),
    Math.max(...gains.flatMap(({narrowest, whole}) => [Math.abs(narrowest), Math.abs(whole)]))
  );
  return html`<p>mIoU points ${where}</p>${bars}` as Node;
}

function bandTable(title: string, rows: readonly RowWithBands[]): Node {
  const percent = (share: number) => html`<td class="number">${(100 * share).toFixed(1)} %</td>`;
  return html`<div class="scroll band-table" role="region" tabindex="0" aria-label="${title}, in numbers"><table>
    <thead><tr><th scope="col">Network</th>${rows[0]!.bands.map(({width}) => html`<th scope="col" class="number">${width} px</th>`)}
      <th scope="col" class="number">Whole photos</th><th scope="col" class="number">Boundary IoU</th></tr></thead>
    <tbody>${rows.map(
      ({name, bands, meanIoU, boundaryIoU}) =>
        html`<tr><th scope="row">${name}</th>${bands.map((band) => percent(band.meanIoU))}${percent(meanIoU)}${percent(boundaryIoU)}</tr>`
    )}</tbody>
  </table></div>` as Node;
}
