import type {Step, StepOfOp} from "../steps/kinds.js";
import type {Shape} from "../steps/kind.js";

/** Which steps are computed together. Operations stand where their last step stood. */

type Convolution = StepOfOp<"conv">;

interface Made {
  /** The step whose output is written; what is between is nowhere. */
  readonly output: Step;
  readonly reads: readonly string[];
}

export type Group = Made &
  (
    | {readonly kind: "step"}
    /** A convolution to which another activation, or one cell for all, is added. */
    | {readonly kind: "convolution"; readonly convolution: Convolution; readonly also: string}
    /** Depthwise and projection, what is expanded or joined for them, and what is added to them. */
    | {
        readonly kind: "block";
        readonly expand: Convolution | null;
        readonly joined: Joined | null;
        readonly depthwise: StepOfOp<"depthwise">;
        readonly project: Convolution;
        readonly also: string | null;
      }
  );

/** Maps side by side of which some are enlarged for that, and are nowhere in their new size. */
export interface Joined {
  readonly concat: StepOfOp<"concat">;
  /** Of each map what enlarges it, null where it is read as it lies. */
  readonly parts: readonly (StepOfOp<"upsample"> | null)[];
}

/**
 * Divides steps into what is computed together.
 *
 * @param steps in an order in which each reads only what stands before it
 * @param kept end points that must be there afterwards, or that something else takes the place of
 */
export function groupsOf(steps: readonly Step[], kept: ReadonlySet<string>): Group[] {
  const byName = new Map(steps.map((step) => [step.name, step]));
  const uses = new Map<string, number>();
  for (const {inputs} of steps) for (const name of inputs) uses.set(name, (uses.get(name) ?? 0) + 1);
  /** A step that only one other reads, and that need not be there. */
  const inner = (name: string): Step | null => (uses.get(name) === 1 && !kept.has(name) ? byName.get(name)! : null);

  const inside = new Set<string>();
  const groups: Group[] = [];
  for (const step of steps.toReversed()) {
    if (inside.has(step.name)) continue;
    const group = blockOf(step, inner) ?? sumOf(step, inner) ?? {kind: "step", output: step, reads: step.inputs};
    for (const part of stepsOf(group)) if (part !== step) inside.add(part.name);
    groups.push(group);
  }
  return groups.reverse();
}

/** All steps that a group carries out. */
export function stepsOf(group: Group): readonly Step[] {
  const {output} = group;
  switch (group.kind) {
    case "block":
      return [...new Set<Step>([...preparing(group), group.depthwise, group.project, output])];
    case "convolution":
      return [group.convolution, output];
    case "step":
      return [output];
  }
}

function preparing({expand, joined}: Extract<Group, {kind: "block"}>): readonly Step[] {
  if (expand) return [expand];
  return joined ? [...joined.parts.filter((part) => part !== null), joined.concat] : [];
}

function blockOf(step: Step, inner: (name: string) => Step | null): Group | null {
  if (isPointwise(step)) return blockAround(step, step, null, inner);
  const sum = addedTo(step, inner, isPointwise);
  return sum && blockAround(sum.convolution, step, sum.also, inner);
}

function blockAround(project: Convolution, output: Step, also: string | null, inner: (name: string) => Step | null): Group | null {
  const depthwise = inner(project.inputs[0]!);
  if (depthwise?.op !== "depthwise") return null;
  const before = inner(depthwise.inputs[0]!);
  // One that projects another depthwise convolution is done together with that, whose result is as large as what it reads.
  const isProjection = before && inner(before.inputs[0]!)?.op === "depthwise";
  const expand = before && isPointwise(before) && !isProjection ? before : null;
  const joined = before && joinedOf(before, inner);
  const reads = joined
    ? joined.parts.map((part, index) => part?.inputs[0] ?? joined.concat.inputs[index]!)
    : [(expand ?? depthwise).inputs[0]!];
  return {kind: "block", expand, joined, depthwise, project, also, output, reads: also === null ? reads : [...reads, also]};
}

/** A concatenation of which a part at least is enlarged for nobody else. */
function joinedOf(concat: Step, inner: (name: string) => Step | null): Joined | null {
  if (concat.op !== "concat") return null;
  const parts = concat.inputs.map((name) => {
    const part = inner(name);
    // A single cell holds everywhere: it is not enlarged.
    return part?.op === "upsample" && part.from[0]!.height * part.from[0]!.width > 1 ? part : null;
  });
  return parts.some((part) => part !== null) ? {concat, parts} : null;
}

function sumOf(step: Step, inner: (name: string) => Step | null): Group | null {
  const sum = addedTo(step, inner, (part): part is Convolution => part.op === "conv");
  return sum && {kind: "convolution", ...sum, output: step, reads: [sum.convolution.inputs[0]!, sum.also]};
}

/** A sum of two, one of which is a convolution of the sum's size that no one else reads. */
function addedTo(
  step: Step,
  inner: (name: string) => Step | null,
  fits: (part: Step) => part is Convolution
): {readonly convolution: Convolution; readonly also: string} | null {
  if (step.op !== "add" || step.inputs.length !== 2) return null;
  for (const index of [0, 1]) {
    const part = inner(step.inputs[index]!);
    if (part && fits(part) && part.activation === "linear" && isSameSize(part, step))
      return {convolution: part, also: step.inputs[1 - index]!};
  }
  return null;
}

function isPointwise(step: Step): step is Convolution {
  return step.op === "conv" && step.kernel[0] * step.kernel[1] === 1 && step.stride === 1 && isSameSize(step, step.from[0]!);
}

function isSameSize(a: Shape, b: Shape): boolean {
  return a.height === b.height && a.width === b.width;
}
