import type {RunsRow} from "../../../components/tables/runs-table.js";
import {cost} from "../../../engine/cost.js";
import {ownRates} from "../../../engine/plan.js";
import type {RunChoice, Segmentation} from "../../../worker/protocol.js";
import {capitals} from "../../../lab/backend-choices.js";
import {modelUrl} from "../../../lab/model-list.js";
import type {ListedModel} from "../../../lab/model-list.js";
import {billions, milliseconds} from "../../../lab/quantities.js";
import {weightsInWords} from "../../workbench/run-report.js";

interface Compared {
  readonly run: RunChoice;
  readonly result: Segmentation;
}

/** What two runs were, what they cost and how long they took. */
export function runsRows(a: Compared, b: Compared, models: readonly ListedModel[]): RunsRow[] {
  const [ofA, ofB] = [facts(a, models), facts(b, models)];
  return ofA.map(([name, value], index) => [name, value, ofB[index]![1]]);
}

function facts(
  {run, result: {plan, backend, timings}}: Compared,
  models: readonly ListedModel[]
): (readonly [name: string, value: string])[] {
  return [
    ["Network", models.find(({id}) => modelUrl(id) === run.modelUrl)?.title ?? run.modelUrl],
    ["Computed on", capitals(backend)],
    ["Weights", weightsInWords(run.precision)],
    ["Input", `${plan.inputWidth} × ${plan.inputHeight}`],
    ["Features", `${plan.featureWidth} × ${plan.featureHeight} (output stride ${plan.outputStride})`],
    ["Rates as run", ownRates(plan.network).length > 0 ? ratesOf(plan) : "no atrous branch"],
    ["Multiply-adds", billions(cost(plan).multiplyAdds)],
    ["Network, one run", milliseconds(timings.network)],
    ["Upsampling", milliseconds(timings.upsampling)]
  ];
}

function ratesOf(plan: Segmentation["plan"]): string {
  return plan.branches
    .filter(({kind}) => kind === "atrous")
    .map(({rate}) => rate)
    .join(", ");
}
