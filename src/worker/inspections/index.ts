/**
 * What the inspector asks of a run, by name: plain data in, plain data out, each on the current backend. A question is a
 * file here and a line in the table; it disposes every tensor that it makes.
 */
import {tensorsOn} from "../protocol.js";
import type {BackendId} from "../protocol.js";
import {activations, opened} from "./activations.js";
import {batchNorm} from "./batch-norm.js";
import {contributions} from "./contributions.js";
import {descent} from "./descent.js";
import {effectiveField} from "./effective-field.js";
import {lastLayer} from "./last-layer.js";
import {making} from "./making.js";
import {overview} from "./overview.js";
import type {Prepared} from "./prepared.js";
import {rounding} from "./rounding.js";
import {strideTimes} from "./stride-times.js";

const INSPECTIONS = {
  activations,
  batchNorm,
  contributions,
  descent,
  effectiveField,
  lastLayer,
  making,
  opened,
  overview,
  rounding,
  strideTimes
};

type Inspections = typeof INSPECTIONS;
export type InspectionName = keyof Inspections;
export type InspectionQuestion<Name extends InspectionName> = Parameters<Inspections[Name]>[1];
export type InspectionAnswer<Name extends InspectionName> = Awaited<ReturnType<Inspections[Name]>>;

/** Those that take more than runs of the network as it is. */
const ON_TENSORS: ReadonlySet<InspectionName> = new Set(["batchNorm", "contributions", "descent", "effectiveField"]);

/** Those that runs of the network answer by themselves. */
const ON_RUNS: ReadonlySet<InspectionName> = new Set(["activations", "opened", "overview", "rounding", "strideTimes"]);

/** Where a question is answered that is asked of a run on a backend, and whether with all of TensorFlow.js's operations. */
export function answeredOn(name: InspectionName, backend: BackendId): {readonly backend: BackendId; readonly isWhole: boolean} {
  return {backend: ON_TENSORS.has(name) ? tensorsOn(backend) : backend, isWhole: !ON_RUNS.has(name)};
}

/** Answers the question of this name about a run. */
export async function inspect<Name extends InspectionName>(
  name: Name,
  prepared: Prepared,
  question: InspectionQuestion<Name>
): Promise<InspectionAnswer<Name>> {
  const work = INSPECTIONS[name] as (prepared: Prepared, question: InspectionQuestion<Name>) => Promise<InspectionAnswer<Name>>;
  return work(prepared, question);
}
