import {group as grouped} from "d3-array";
import {labelsFromLogits} from "../../../src/engine/labels/labels.js";
import type {Model} from "../../../src/engine/model.js";
import {plan} from "../../../src/engine/plan.js";
import {pseudoRandom} from "../../../src/engine/seeded.js";
import {INPUT} from "../../../src/engine/step-list.js";
import {createExecutor} from "../../../src/engine/wasm/executor.js";
import {stepsOf} from "../../../src/engine/wasm/fuse.js";
import type {Group} from "../../../src/engine/wasm/fuse.js";
import type {Machine} from "../../../src/engine/wasm/machine.js";
import {WORD} from "../../../src/engine/wasm/packing.js";
import {stopwatch} from "../../../src/worker/stopwatch.js";
import {machineInNode} from "../../kernels/in-node.js";
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
 * What each kind of step takes of a run on our kernels in Node, in one thread and in all, beside what this machine can multiply and add:
 * machines and ceiling are measured in turn.
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
        const profiles = machines.map((machine) => profile(machine, model, size, outputStride));
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
            {model: name, size, outputStride, threads: counts, ceilings: ceilingOf},
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

/** What is done on a machine from an input to the logits, operation by operation, and from these to labels. */
function profile(machine: Machine, {network, weights}: Model, size: number, outputStride: number): Profile {
  const planned = plan(network, {height: size, width: size, outputStride});
  const {steps, output} = planned;
  const random = pseudoRandom(1);
  const input = Float32Array.from({length: size * size * 3}, () => 2 * random() - 1);
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
  const [found, written, read, labelled] = [part("laid out already"), part("input copied in"), part("logits copied out"), part("labels")];
  const parts = [found, written, ...performed, read, labelled];
  const clock = stopwatch();
  return {
    parts,
    run(isCounted) {
      const times: number[] = [];
      const lap = () => times.push(clock());
      clock();
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
      labelsFromLogits({height, width, classes, values}, {height: 1, width: 1}, size, size);
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
