import type {Sample} from "../../data/samples/samples.js";
import {CRF_GRIDS, RELEASED_CRF} from "../../engine/crf/options.js";
import type {CrfOptions} from "../../engine/crf/options.js";
import {PRECISIONS} from "../../engine/precision.js";
import {OVERLAY_OPACITY} from "../../formats/overlay-look.js";
import {VIEWS} from "../../media/compose.js";
import {compareTable} from "../inspector/compare/compare-state.js";
import {INSPECTOR_TABLE} from "../inspector/state.js";
import {AVERAGING_PARAMETERS} from "../../lab/averaging.js";
import {namesParameter} from "../../lab/names-choice.js";
import {INPUT_SIZES, USUAL_RUN, networkParameters, ratesParameter} from "../../lab/network-parameters.js";
import {photoParameters} from "../../lab/photo-choice.js";
import {oneOf, range, words} from "../../lab/state.js";
import type {StateOf} from "../../lab/state.js";

/** The workbench's state table. */
export function workbenchTable(models: readonly string[], samples: readonly Sample[]) {
  const {iterations, bilateral} = RELEASED_CRF;
  const network = networkParameters(models, INPUT_SIZES, `${USUAL_RUN.inputSize}`);
  return {
    ...network,
    model: {...network.model, step: true},
    rates: ratesParameter("rates"),
    precision: oneOf("precision", PRECISIONS, "float32"),
    /** What a CRF after the network labels. */
    crf: oneOf("crf", ["off", ...CRF_GRIDS], "off"),
    crfIterations: range("crf-iterations", 1, 20, iterations),
    crfPosition: range("crf-position", 1, 200, bilateral.position),
    crfColour: range("crf-colour", 1, 60, bilateral.colour),
    ...AVERAGING_PARAMETERS,
    view: oneOf("view", VIEWS, "overlay"),
    /** Per cent. */
    opacity: range("opacity", 0, 100, 100 * OVERLAY_OPACITY),
    /** Per cent of the width. */
    split: range("split", 0, 100, 50),
    /** Whether the regions' names stand on them. */
    names: namesParameter(false),
    /** Names of classes that the mask leaves out. */
    hidden: words("hide"),
    ...INSPECTOR_TABLE,
    ...compareTable(models, INPUT_SIZES),
    ...photoParameters(samples)
  };
}

export type WorkbenchTable = ReturnType<typeof workbenchTable>;

/** The CRF that a state asks for; null for none. */
export function crfOf({crf, crfIterations, crfPosition, crfColour}: StateOf<WorkbenchTable>): CrfOptions | null {
  if (crf === "off") return null;
  return {
    ...RELEASED_CRF,
    grid: crf,
    iterations: crfIterations,
    bilateral: {...RELEASED_CRF.bilateral, position: crfPosition, colour: crfColour}
  };
}
