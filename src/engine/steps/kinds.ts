/** The kinds of step that networks are made of. A new one is a file beside this and its line in the table. */
import {add} from "./add.js";
import {affine} from "./affine.js";
import {concat} from "./concat.js";
import {conv} from "./conv.js";
import {depthwise} from "./depthwise.js";
import {input} from "./input.js";
import type {StepKind, StepOf} from "./kind.js";
import {multiply} from "./multiply.js";
import {pool} from "./pool.js";
import {upsample} from "./upsample.js";

const KINDS = {input, conv, depthwise, affine, pool, add, multiply, upsample, concat};

type Kinds = typeof KINDS;
export type StepOp = keyof Kinds;

/** One step of a run: an end point of the network with everything that is known before running it. */
export type Step = {[Op in StepOp]: StepOf<Kinds[Op]>}[StepOp];
/** The step of one kind. */
export type StepOfOp<Op extends StepOp> = StepOf<Kinds[Op]>;
/** What a builder says of a step of one kind. */
export type OptionsOf<Op extends StepOp> = Kinds[Op] extends StepKind<Op, infer Options> ? Options : never;

/** What a step's kind says of it. @throws RangeError on a kind that is not in the table */
export function kindOf<S extends Step>(step: Pick<S, "op">): StepKind<S["op"], S> {
  return kindNamed(step.op) as unknown as StepKind<S["op"], S>;
}

/** The kind of this name. @throws RangeError where there is none */
export function kindNamed<Op extends StepOp>(op: Op): Kinds[Op] {
  if (!Object.hasOwn(KINDS, op)) throw new RangeError(`There is no kind of step "${op}".`);
  return KINDS[op];
}
