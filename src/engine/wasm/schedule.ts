import {lower} from "../lower.js";
import type {Weight} from "../model.js";
import type {Plan} from "../plan.js";
import {neededSteps} from "../step-ahead.js";
import type {Step} from "../steps/kinds.js";
import {aligned} from "./arena.js";
import {Constants} from "./constants.js";
import {divisionOf, sharesBytes} from "./division.js";
import {groupsOf} from "./fuse.js";
import type {Group} from "./fuse.js";
import type {Operation} from "./operations.js";
import {BEHIND, placed} from "./places.js";
import type {Place} from "./places.js";
import {Writing} from "./writing.js";

/** What the module carries out for one run, with every address in it. */
export interface Schedule {
  readonly operations: readonly (Operation & {readonly group: Group})[];
  /** Where activations lie; those that are neither given nor kept share their place with others. */
  readonly places: ReadonlyMap<string, Place>;
  /** Bytes of all activations together. */
  readonly arena: number;
  /** Weights and tables, behind the activations. */
  readonly constants: Constants;
}

/**
 * The operations of a list of steps, with the places of what they read and write.
 *
 * @param steps in an order in which each reads only what stands before it
 * @param given end points that are there beforehand: the input, and what takes another's place
 * @param wanted end points that must be there afterwards
 * @param base where the arena begins
 * @param threads how many will carry it out
 * @param packed weights as the module reads them, by key, that need not be packed again
 */
export function schedule(
  steps: readonly Step[],
  weights: Readonly<Record<string, Weight>>,
  given: ReadonlySet<string>,
  wanted: ReadonlySet<string>,
  base: number,
  threads: number,
  packed: Map<string, Float32Array>
): Schedule {
  const kept = new Set([...given, ...wanted]);
  const written = steps.filter(({name}) => !given.has(name));
  const groups = groupsOf(written, kept);
  const {places, joined, bytes} = placed(
    groups,
    steps.filter(({name}) => given.has(name)),
    wanted,
    base
  );
  const constants = new Constants(aligned(base + bytes), packed);
  const shares = constants.space(
    Math.max(0, ...groups.map((group) => (group.kind === "block" ? sharesBytes(group.output, divisionOf(group, threads)) : 0))) + BEHIND
  );
  const isJoined = (name: string, holder: string, channel: number) => {
    const inside = joined.get(name);
    return inside?.name === holder && inside.channel === channel;
  };
  const byName = new Map(steps.map((step) => [step.name, step]));
  const writing = new Writing(byName, places, weights, constants, isJoined, threads, shares);
  const operations = groups.flatMap((group) => writing.operations(group).map((made) => ({...made, group})));
  return {operations, places, arena: bytes, constants};
}

/** Bytes that a run's activations take together, as they will be laid out: one of the whole plan, with nothing tapped or replaced. */
export function arenaOf({steps, output}: Pick<Plan, "steps" | "output">): number {
  const wanted = new Set([output]);
  const needed = neededSteps(lower(steps), wanted, {}).map(({step}) => step);
  const [input, ...written] = needed as [Step, ...Step[]];
  return placed(groupsOf(written, new Set([input.name, output])), [input], wanted, 0).bytes;
}
