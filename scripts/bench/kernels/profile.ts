import {group as grouped} from "d3-array";
import {covered} from "../../../src/engine/labels/postprocess.js";
import type {Model} from "../../../src/engine/model.js";
import {plan} from "../../../src/engine/plan.js";
import {fitInput} from "../../../src/engine/preprocess.js";
import {INPUT} from "../../../src/engine/step-list.js";
import {createExecutor} from "../../../src/engine/wasm/executor.js";
import {stepsOf} from "../../../src/engine/wasm/fuse.js";
import type {Group} from "../../../src/engine/wasm/fuse.js";
import type {Machine} from "../../../src/engine/wasm/machine.js";
import {WORD} from "../../../src/engine/wasm/packing.js";
import {picturesOn} from "../../../src/engine/wasm/pictures.js";
import {hasRelaxedSimd} from "../../../src/engine/wasm/relaxed-simd.js";
import {stopwatch} from "../../../src/worker/stopwatch.js";
import {machineInNode} from "../../kernels/in-node.js";
import {benchPhoto, squarePixels} from "../photo.js";
import {measuredCeiling} from "./ceiling.js";
import {profileRow} from "./profile-report.js";
import type {ProfileRow, TimedPart} from "./profile-report.js";

/** A network that is profiled. */
export interface Profiled {
  readonly name: string;
  readonly model: Model;
}

const SETTINGS = [
  [257, 8],
  [257, 16]
] as const;

/**
 * What each kind of step takes of a run on our kernels in Node, from a photo's pixels to its labels, in one thread and in all, beside what
 * this machine can multiply and add: machines and ceiling are measured in turn.
 *
 * @param say is told what goes on, a line at a time
 */
export async function profileKernels(models: readonly Profiled[], runs: number, say: (line: string) => void): Promise<ProfileRow[]> {
  const machines = [await machineInNode(1), await machineInNode()];
  const counts = machines.map(({threads}) => threads);
  const ceiling = await measuredCeiling(Math.max(...counts));
  try {
    const rows: ProfileRow[] = [];
    for (const {name, model} of models) {
      for (const [size, outputStride] of SETTINGS) {
        say(`${name}, ${size}x${size}, output stride ${outputStride}, ${runs} runs of each ...`);
        const pixels = await squarePixels(await benchPhoto(), size);
        const profiles = machines.map((machine) => profile(machine, model, pixels, size, outputStride));
        const ceilings: number[][] = counts.map(() => []);
        // The first of each lays out and warms up.
        for (let i = 0; i <= runs; i++) {
          for (const [index, one] of profiles.entries()) {
            one.run(i > 0);
            ceilings[index]!.push(await ceiling.gigaflops(counts[index]!));
          }
        }
        // What else the machine does takes from it, and nothing adds to it.
        const ceilingOf = ceilings.map((rates) => Math.max(...rates));
        rows.push(
          profileRow(
            {model: name, size, outputStride, isRelaxed: hasRelaxedSimd(), threads: counts, ceilings: ceilingOf},
            profiles.map((one) => one.parts)
          )
        );
      }
    }
    return rows;
  } finally {
    ceiling.dispose();
    machines.forEach((machine) => machine.dispose());
  }
}

interface Profile {
  readonly parts: TimedPart[];
  run(isCounted: boolean): void;
}

/** What is done on a machine from a photo's pixels to the logits, operation by operation, and from these to labels, as where it is live. */
function profile(machine: Machine, {network, weights}: Model, pixels: Uint8Array, size: number, outputStride: number): Profile {
  const planned = plan(network, {height: size, width: size, outputStride});
  const {steps, output} = planned;
  const pictures = picturesOn(machine);
  const photo = {height: size, width: size, channels: 3, values: pixels} as const;
  const fit = fitInput(size, size, size);
  const executor = createExecutor(machine, weights);
  const {operations} = executor.prepare(steps, [INPUT], [output]);
  const {height, width, channels: classes} = steps.find(({name}) => name === output)!;
  const part = (kind: string, multiplyAdds = 0, bytes = 0): TimedPart => ({kind, multiplyAdds, bytes, ms: []});
  // An operation of several of one group has its share of them.
  const carried = grouped(operations, ({group}) => group);
  const performed = operations.map(({group}) => {
    const share = carried.get(group)!.length;
    return part(kindOf(group), multiplyAddsOf(group) / share, bytesMoved(group) / share);
  });
  const before = ["pixels to the input", "laid out already", "input copied in"].map((kind) => part(kind));
  const after = ["logits copied out", "labels"].map((kind) => part(kind));
  const parts = [...before, ...performed, ...after];
  const clock = stopwatch();
  return {
    parts,
    run(isCounted) {
      const times: number[] = [];
      const lap = () => times.push(clock());
      clock();
      const input = pictures.input(photo, fit);
      lap();
      const prepared = executor.prepare(steps, [INPUT], [output]);
      lap();
      prepared.write(INPUT, input);
      lap();
      performed.forEach((_, index) => {
        prepared.perform(index);
        lap();
      });
      const values = prepared.read(output);
      lap();
      pictures.labels({height, width, classes, values}, covered(fit), size, size);
      lap();
      if (isCounted) parts.forEach(({ms}, index) => ms.push(times[index]!));
    }
  };
}

function kindOf(group: Group): string {
  if (group.kind === "block") {
    const {rate, kernel, stride} = group.depthwise;
    const what = group.expand ? "expand, depthwise, project" : `${group.joined ? "upsample, join, " : ""}depthwise, pointwise`;
    return `${what}${kernel[0] === 3 ? "" : ` ${kernel.join("x")}`}${stride > 1 ? `, stride ${stride}` : ""}${rate > 1 ? `, rate ${rate}` : ""}`;
  }
  const step = group.kind === "convolution" ? group.convolution : group.output;
  if (step.op !== "conv") return step.op;
  return `convolution ${step.kernel.join("x")}${step.rate > 1 ? `, rate ${step.rate}` : ""}`;
}

function multiplyAddsOf(group: Group): number {
  return stepsOf(group).reduce((sum, {multiplyAdds}) => sum + multiplyAdds, 0);
}

/** Bytes of what a group reads and writes, weights too, each once; what stays inside of it is not among them. */
function bytesMoved(group: Group): number {
  const steps = stepsOf(group);
  const inside = new Set(steps.map(({name}) => name));
  const values = (shape: {height: number; width: number; channels: number}) => shape.height * shape.width * shape.channels;
  const read = steps.flatMap(({inputs, from}) => from.filter((_, index) => !inside.has(inputs[index]!)));
  const parameters = steps.reduce((sum, step) => sum + step.parameters, 0);
  return WORD * (read.reduce((sum, shape) => sum + values(shape), 0) + values(group.output) + parameters);
}
