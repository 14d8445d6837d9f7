import type {DiagramItem} from "../../../components/network/diagram-graph.js";
import type {DiagramGroup} from "../../../components/network/network-layout.js";
import {convolutionOf} from "../../../engine/steps/convolution.js";
import type {Plan, Step} from "../../../engine/plan.js";
import {atrousBranches, operation, operationName, partColour, shape} from "../../../lab/network-parts.js";

/** Steps as a diagram shows them; all that it says comes from the plan. */
export interface PlanDiagram {
  readonly items: readonly DiagramItem[];
  readonly groups: ReadonlyMap<string, DiagramGroup>;
}

export function planDiagram({steps, network, branches: {length}}: Plan): PlanDiagram {
  const byGroup = new Map<string, Step[]>();
  for (const step of steps) byGroup.set(groupOf(step), [...(byGroup.get(groupOf(step)) ?? []), step]);
  const branches = atrousBranches(network);

  const items = steps.map((step): DiagramItem => {
    const group = groupOf(step);
    const inGroup = byGroup.get(group)!.length > 1;
    return {
      id: step.name,
      inputs: step.inputs,
      group: inGroup ? group : null,
      label: [inGroup && step.name === group ? operationName(step) : step.name.split("/").at(-1)!, ...remark([step], length)],
      name: `${step.name}, ${sentence(step)}`,
      colour: partColour(step.name, branches),
      side: Math.max(step.height, step.width),
      channels: step.channels,
      hollow: step.parameters === 0 && step.op !== "input"
    };
  });
  const groups = new Map(
    [...byGroup].flatMap(([group, members]): [string, DiagramGroup][] => {
      if (members.length < 2) return [];
      const {height, width, channels} = members.at(-1)!;
      const rate = largestRate(members);
      const name = `${group}, ${members.length} layers, ${rate > 1 ? `rate ${rate}, ` : ""}${height} × ${width} × ${channels}`;
      return [[group, {title: group.split("/").at(-1)!, label: groupLabel(group, members, length), name}]];
    })
  );
  return {items, groups};
}

/** The first two parts of a name: `backbone/block_03` of `backbone/block_03/depthwise`. */
function groupOf({name}: Step): string {
  return name.split("/", 2).join("/");
}

/** Blocks of the backbone are many: they have their number and, above 1, the rate. */
function groupLabel(group: string, members: readonly Step[], branches: number): string[] {
  const [part, title = group] = group.split("/");
  const rate = largestRate(members);
  if (part === "backbone") return [title.replace("block_", ""), ...(rate > 1 ? [`r ${rate}`] : [])];
  return [title, ...remark(members, branches)];
}

/** The rate, where there is one to tell. */
function remark(members: readonly Step[], branches: number): string[] {
  const rate = largestRate(members);
  const isBranch = branches > 1 && members.some((step) => step.name.startsWith("aspp/") && isSpatial(step));
  return rate > 1 || isBranch ? [`rate ${rate}`] : [];
}

function largestRate(members: readonly Step[]): number {
  return Math.max(...members.map((step) => convolutionOf(step)?.rate ?? 1));
}

/** Whether a step convolves over more than one cell. */
function isSpatial(step: Step): boolean {
  return Math.max(...(convolutionOf(step)?.kernel ?? [1])) > 1;
}

function sentence(step: Step): string {
  const convolution = convolutionOf(step);
  return convolution
    ? `${operation(step)}, stride ${convolution.stride}, rate ${convolution.rate}, ${shape(step)}`
    : `${operation(step)}, ${shape(step)}`;
}
