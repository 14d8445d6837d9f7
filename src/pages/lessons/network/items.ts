import type {DiagramItem} from "../../../components/network/diagram-graph.js";
import type {DiagramGroup} from "../../../components/network/network-layout.js";
import {convolutionOf} from "../../../engine/steps/convolution.js";
import type {Plan, Step} from "../../../engine/plan.js";
import {operation, operationName, partColours, partsOf, shape} from "../../../lab/network-parts.js";

/** Steps as a diagram shows them; all that it says comes from the plan. */
export interface PlanDiagram {
  readonly items: readonly DiagramItem[];
  readonly groups: ReadonlyMap<string, DiagramGroup>;
}

export function planDiagram(plan: Plan): PlanDiagram {
  const {steps} = plan;
  const part = partsOf(plan);
  const colour = partColours(plan);
  /** Whether steps are of one of several branches, whose rate is told even where it is 1. */
  const areOfBranch = (members: readonly Step[]) =>
    plan.branches.length > 1 && members.some((step) => part(step.name) === "aspp" && isSpatial(step));
  const byGroup = new Map<string, Step[]>();
  for (const step of steps) byGroup.set(groupOf(step), [...(byGroup.get(groupOf(step)) ?? []), step]);

  const items = steps.map((step): DiagramItem => {
    const group = groupOf(step);
    const inGroup = byGroup.get(group)!.length > 1;
    return {
      id: step.name,
      inputs: step.inputs,
      group: inGroup ? group : null,
      label: [inGroup && step.name === group ? operationName(step) : step.name.split("/").at(-1)!, ...remark([step], areOfBranch([step]))],
      name: `${step.name}, ${sentence(step)}`,
      colour: colour(step.name),
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
      return [
        [
          group,
          {
            title: group.split("/").at(-1)!,
            label: groupLabel(group, members, part(members[0]!.name) === "backbone", areOfBranch(members)),
            name
          }
        ]
      ];
    })
  );
  return {items, groups};
}

/** The items whose maps a diagram shows: of a closed group that of its last. */
export function drawnItems({items}: PlanDiagram, isOpen: (group: string) => boolean): string[] {
  const lastOf = new Map(items.flatMap(({id, group}) => (group === null ? [] : [[group, id] as const])));
  return items.flatMap(({id, group}) => (group === null || isOpen(group) || lastOf.get(group) === id ? [id] : []));
}

/** The first two parts of a name: `backbone/block_03` of `backbone/block_03/depthwise`. */
function groupOf({name}: Step): string {
  return name.split("/", 2).join("/");
}

/** Blocks of the backbone are many: they have their number and, above 1, the rate. */
function groupLabel(group: string, members: readonly Step[], isBlock: boolean, isBranch: boolean): string[] {
  const title = group.split("/")[1] ?? group;
  const rate = largestRate(members);
  if (isBlock) return [title.replace(/^.*_(?=\d+$)/, ""), ...(rate > 1 ? [`r ${rate}`] : [])];
  return [title, ...remark(members, isBranch)];
}

/** The rate, where there is one to tell. */
function remark(members: readonly Step[], isBranch: boolean): string[] {
  const rate = largestRate(members);
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
