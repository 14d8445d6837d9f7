/**
 * What the inspector asks of a run, by name: plain data in, plain data out, each on the current backend. A question is a
 * file here and a line in the table; it disposes every tensor that it makes.
 */
import {activations} from "./activations.js";
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

const INSPECTIONS = {activations, batchNorm, contributions, descent, effectiveField, lastLayer, making, overview, rounding, strideTimes};

type Inspections = typeof INSPECTIONS;
export type InspectionName = keyof Inspections;
export type InspectionQuestion<Name extends InspectionName> = Parameters<Inspections[Name]>[1];
export type InspectionAnswer<Name extends InspectionName> = Awaited<ReturnType<Inspections[Name]>>;

/** Those that take more than runs of the network as it is. */
const ON_TENSORS: ReadonlySet<InspectionName> = new Set(["batchNorm", "contributions", "descent", "effectiveField"]);

/** Whether a question is answered by computing with tensors, and not by runs of the network alone. */
export function onTensors(name: InspectionName): boolean {
  return ON_TENSORS.has(name);
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
