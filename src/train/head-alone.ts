import {layHead} from "../engine/head.js";
import type {LaidHead} from "../engine/head.js";
import type {Network} from "../engine/network.js";
import {INPUT, StepList} from "../engine/step-list.js";
import type {Step} from "../engine/steps/kinds.js";
import type {Shape} from "../engine/steps/kind.js";

export interface HeadAlone extends LaidHead {
  readonly steps: readonly Step[];
}

export interface HeadAloneOptions {
  /** Size of the backbone's output, which is this network's input. */
  readonly features: Shape;
  /** Atrous rates in cells of it. */
  readonly rates: readonly number[];
  /** Channels of each branch and of the projection. */
  readonly channels: number;
}

/**
 * ASPP and logits of a network by themselves, without its decoder, as DeepLab v3 has them, all branches equally wide: what learns in
 * seconds where the backbone is held.
 *
 * @throws RangeError where there is not a rate for each atrous branch
 */
export function headAlone(network: Network, {features, rates, channels}: HeadAloneOptions): HeadAlone {
  const {aspp} = network.head;
  const branches = aspp.branches.map((branch) => ({...branch, channels}));
  const count = branches.filter(({kind}) => kind === "atrous").length;
  if (rates.length !== count) throw new RangeError(`This head has ${count} atrous branches and is given ${rates.length} rates.`);
  const steps = new StepList(features);
  const head = {...network.head, aspp: {...aspp, branches, projectionChannels: channels}, decoder: [], logits: "conv" as const};
  const laid = layHead(steps, {...network, head}, INPUT, {rates, outputStride: 16});
  return {...laid, steps: steps.list};
}
