import type {Network} from "../engine/network.js";
import {ownRates, smallestPlan} from "../engine/plan.js";
import type {WeightFormat} from "../engine/precision.js";
import type {Setting} from "./setting.js";
import type {Report} from "./report.js";

/** A way to run a trained network without one of its parts, or with its weights rounded. */
export interface Ablation extends Pick<Setting, "rates" | "muted" | "enlargedAtOnce" | "weights"> {
  readonly name: string;
}

/**
 * The network whole, then without each part that it has: the decoder's skip (v3+, section 3.1), its finer grid, the atrous rates of
 * ASPP (v3, section 3.3), each of its atrous branches, and image pooling. The weights stay those that were trained with the part.
 */
export function ablationsOf(network: Network): Ablation[] {
  const {branches, skips} = smallestPlan(network);
  const own = ownRates(network);
  const atrous = branches.filter(({kind}) => kind === "atrous");
  const pooling = branches.filter(({kind}) => kind === "image_pooling");
  const ones = own.map(() => 1);
  return [
    {name: "As trained"},
    ...(skips.length > 0
      ? [
          {name: "Skip muted", muted: skips.map(({endPoint}) => endPoint)},
          {name: "Enlarged at once", enlargedAtOnce: true}
        ]
      : []),
    ...(ones.length > 0 ? [{name: `Rates (${ones.join(", ")})`, rates: ones}] : []),
    ...atrous.map(({endPoint}, index) => ({name: `Rate ${own[index]!} muted`, muted: [endPoint]})),
    ...(pooling.length > 0 ? [{name: "Image pooling muted", muted: pooling.map(({endPoint}) => endPoint)}] : [])
  ];
}

/** The network as trained, then with its weights rounded to each of these. */
export function roundingsOf(formats: readonly WeightFormat[]): Ablation[] {
  return [{name: "As trained"}, ...formats.map((format) => ({name: format, weights: format}))];
}

/**
 * What a model's parts or the precision of its weights are worth on a data set, as plain data: what `--ablate --json` and
 * `--quantise --json` print. Shares are between 0 and 1.
 */
export interface AblationReport extends Pick<
  Report,
  "model" | "dataset" | "split" | "images" | "outputStride" | "inputSize" | "padding" | "averaging" | "boundaryDistance"
> {
  /** SHA-256 of the model file. */
  readonly sha256: string;
  /** The model as trained first. */
  readonly runs: readonly AblationRun[];
}

export interface AblationRun extends Ablation {
  /** Over the classes that the labels hold. */
  readonly meanIoU: number;
  readonly personIoU: number | null;
  /** IoU of the classes that lose most against the model as trained; changes are negative. */
  readonly losses: readonly {readonly name: string; readonly change: number}[];
  /** Where outlines were measured: mean IoU in the bands along them, by width in pixels, and mean Boundary IoU. */
  readonly bands?: readonly {readonly width: number; readonly meanIoU: number}[];
  readonly boundaryIoU?: number;
}

/** How many of the classes that lose most are named, and from what loss of IoU on. */
const NAMED = 3;
const LOSS = 0.005;

/** @param reports of `ablations`, in their order */
export function ablationReport(ablations: readonly Ablation[], reports: readonly Report[], sha256: string): AblationReport {
  const whole = reports[0]!;
  const {model, dataset, split, images, outputStride, inputSize, padding, averaging, boundaryDistance} = whole;
  const iouOf = (report: Report, id: number) => report.perClass[id]!.iou ?? 0;
  const runs = reports.map((report, i) => ({
    ...ablations[i]!,
    meanIoU: report.meanIoUOfLabelled!,
    personIoU: report.perClass.find(({name}) => name === "person")?.iou ?? null,
    losses: report.perClass
      .filter(({truePixels}) => truePixels > 0)
      .map(({id, name}) => ({name, change: iouOf(report, id) - iouOf(whole, id)}))
      .filter(({change}) => change < -LOSS)
      .sort((a, b) => a.change - b.change)
      .slice(0, NAMED),
    ...(report.boundary && {
      bands: report.boundary.bands.map(({width, meanIoUOfLabelled}) => ({width, meanIoU: meanIoUOfLabelled!})),
      boundaryIoU: report.boundary.meanIoUOfLabelled!
    })
  }));
  const more = {...(averaging && {averaging}), ...(boundaryDistance && {boundaryDistance})};
  return {model, sha256, dataset, split, images, outputStride, inputSize, padding, ...more, runs};
}
