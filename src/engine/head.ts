import type {Activation, AfterDepthwise, Aspp, AsppBranch, DecoderConvolution, DecoderStage, Gate, Network} from "./network.js";
import {LOGITS} from "./logits.js";
import {INPUT} from "./step-list.js";
import type {StepList} from "./step-list.js";
import type {Sampling} from "./steps/upsample.js";

/** How a head is laid out as steps: ASPP, decoder, logits. */

/** A branch of ASPP in one run. */
export interface RunningBranch {
  readonly name: string;
  readonly kind: AsppBranch["kind"];
  /** End point that holds the branch's activation; replace it by zero to mute the branch. */
  readonly endPoint: string;
  /** The same as the concatenation reads it: image pooling is spread over the map by then. */
  readonly joined: string;
  /** Atrous rate in this run, in feature cells; 1 for a 1x1 and for image pooling. */
  readonly rate: number;
}

/** A low-level skip in one run. */
export interface RunningSkip {
  /** End point of the backbone that it reads. */
  readonly from: string;
  /** End point of the 1x1 on it: what joins the decoder. */
  readonly endPoint: string;
  /** End point at which it meets what comes from below. */
  readonly joined: string;
  /** What comes from below, at the skip's size. */
  readonly upsampled: string;
  /** The decoder's convolutions after it, by the end points of their outputs. */
  readonly convolutions: readonly string[];
}

export interface LaidHead {
  readonly branches: readonly RunningBranch[];
  /** End point of what ASPP gives: the projection, where there is one. */
  readonly encoded: string;
  /** In the order in which the decoder reads them, the deepest first. */
  readonly skips: readonly RunningSkip[];
  /** End point of what the network gives: the logits, or these at the input's size where enlarging them is part of it. */
  readonly output: string;
}

/**
 * Appends the steps of a network's head, up to the one named `LOGITS` and what enlarges it.
 *
 * @param features end point of the backbone's output
 * @param options.rates of the atrous branches, in feature cells
 * @param options.outputStride photo size / size of the features
 */
export function layHead(
  steps: StepList,
  {head, classes, depthwise, ...network}: Network,
  features: string,
  {rates, outputStride}: {readonly rates: readonly number[]; readonly outputStride: number}
): LaidHead {
  const {aspp, decoder, logits, activation} = head;
  if (logits === "decoder" && decoder.at(-1)?.merge !== "sum") {
    throw new RangeError("Only a decoder that ends in a sum can give the logits itself.");
  }
  const sampling: Sampling = network.sampling ?? "corners";
  const after: After = {activation, afterDepthwise: depthwise};
  const branches = layBranches(steps, aspp, features, rates, after);
  const projected = layProjection(steps, aspp, branches, activation);
  const mixed = aspp.gate ? layGate(steps, aspp.gate, projected, features, outputStride) : projected;
  const encoded = layConvolutions(steps, "aspp", mixed, aspp.convolutions ?? [], after).at(-1) ?? mixed;
  const skips: RunningSkip[] = [];
  let last = encoded;
  decoder.forEach((stage, index) => {
    const isLogits = logits === "decoder" && index === decoder.length - 1;
    const at = index === 0 ? "decoder" : `decoder/stage_${index}`;
    const skip = layStage(steps, stage, {at, from: last, joined: isLogits ? LOGITS : null, after, sampling});
    skips.push(skip);
    last = skip.convolutions.at(-1) ?? skip.joined;
  });
  if (logits === "conv") steps.conv(LOGITS, last, {kernel: 1, channels: classes, activation: "linear"});
  const {height, width} = steps.get(INPUT);
  const output = sampling === "corners" ? LOGITS : steps.upsample(`${LOGITS}/enlarged`, LOGITS, height, width, sampling);
  return {branches, encoded, skips, output};
}

/** What follows the convolutions of a head. */
interface After {
  readonly activation: Activation;
  readonly afterDepthwise: AfterDepthwise | undefined;
}

function layBranches(
  steps: StepList,
  {branches}: Aspp,
  features: string,
  rates: readonly number[],
  {activation, afterDepthwise}: After
): RunningBranch[] {
  const {height, width} = steps.get(features);
  let atrous = 0;
  return branches.map((branch): RunningBranch => {
    const endPoint = `aspp/${branch.name}`;
    const {name, kind, channels} = branch;
    switch (branch.kind) {
      case "image_pooling": {
        const mean = steps.mean(`${endPoint}/mean`, features);
        steps.conv(endPoint, mean, {kernel: 1, channels, activation});
        return {name, kind, endPoint, joined: steps.upsample(`${endPoint}/upsampled`, endPoint, height, width), rate: 1};
      }
      case "conv_1x1":
        steps.conv(endPoint, features, {kernel: 1, channels, activation});
        return {name, kind, endPoint, joined: endPoint, rate: 1};
      case "atrous": {
        const rate = rates[atrous++]!;
        const options = {kernel: 3, channels, rate, activation};
        const end = branch.separable
          ? steps.separable(endPoint, features, {...options, afterDepthwise})
          : steps.conv(endPoint, features, options);
        return {name, kind, endPoint: end, joined: end, rate};
      }
    }
  });
}

function layProjection(steps: StepList, {projectionChannels}: Aspp, branches: readonly RunningBranch[], activation: Activation): string {
  const ends = branches.map(({joined}) => joined);
  const joined = ends.length > 1 ? steps.concat("aspp/concat", ends) : ends[0]!;
  return projectionChannels === null
    ? joined
    : steps.conv("aspp/projection", joined, {kernel: 1, channels: projectionChannels, activation});
}

function layGate(
  steps: StepList,
  {window, stride, activation, bias = true}: Gate,
  mixed: string,
  features: string,
  outputStride: number
): string {
  const {height, width, channels} = steps.get(mixed);
  // A window larger than the map is the map.
  const cells = (side: number, pixels: number) => Math.min(side, Math.floor((pixels - 1) / outputStride) + 1);
  const pooled =
    window === "all"
      ? steps.mean("aspp/gate/mean", features)
      : steps.pool("aspp/gate/mean", features, {
          pool: "mean",
          window: [cells(height, window), cells(width, window)],
          stride,
          padding: "valid"
        });
  const opened = steps.conv("aspp/gate", pooled, {kernel: 1, channels, activation, bias});
  return steps.multiply("aspp/gated", mixed, steps.upsample("aspp/gate/upsampled", opened, height, width));
}

interface StagePlace {
  /** What the stage's end points begin with. */
  readonly at: string;
  /** End point of what comes from below. */
  readonly from: string;
  /** End point of the sum, where it has a name of its own. */
  readonly joined: string | null;
  readonly after: After;
  readonly sampling: Sampling;
}

function layStage(steps: StepList, stage: DecoderStage, {at, from, joined: named, after, sampling}: StagePlace): RunningSkip {
  const {lowLevelEndPoint, lowLevelChannels: channels, merge, convolutions} = stage;
  const {activation} = after;
  const skip = `backbone/${lowLevelEndPoint}`;
  const isSum = merge === "sum";
  const endPoint = steps.conv(`${at}/low_level`, skip, {kernel: 1, channels, activation: isSum ? "linear" : activation});
  const {height, width} = steps.get(endPoint);
  const upsampled = steps.upsample(`${at}/upsampled`, from, height, width, sampling);
  const joined = isSum
    ? steps.add(named ?? `${at}/sum`, [steps.conv(`${at}/deep`, upsampled, {kernel: 1, channels, activation: "linear"}), endPoint])
    : steps.concat(`${at}/concat`, [upsampled, endPoint]);
  return {from: skip, endPoint, joined, upsampled, convolutions: layConvolutions(steps, at, joined, convolutions, after)};
}

/** 3x3 convolutions one after the other. @returns the end points of their outputs */
function layConvolutions(
  steps: StepList,
  at: string,
  from: string,
  convolutions: readonly DecoderConvolution[],
  {activation, afterDepthwise}: After
): string[] {
  const ends: string[] = [];
  for (const {name, channels, separable} of convolutions) {
    const options = {kernel: 3, channels, activation};
    const read = ends.at(-1) ?? from;
    const end = `${at}/${name}`;
    ends.push(separable ? steps.separable(end, read, {...options, afterDepthwise}) : steps.conv(end, read, options));
  }
  return ends;
}
