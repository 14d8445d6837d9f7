import type {DiagramGroup, DiagramItem} from "../components/network-layout.js";
import type {Plan, Step} from "../engine/plan.js";

/** Steps as a diagram shows them; all that it says comes from the plan. */
export interface PlanDiagram {
  readonly items: readonly DiagramItem[];
  readonly groups: ReadonlyMap<string, DiagramGroup>;
}

const RATE_COLOURS = ["var(--rate-6)", "var(--rate-12)", "var(--rate-18)"];

/** The parts of the network with their colours, for a legend. */
export const PARTS = [
  {name: "input", colour: "var(--concept-input)"},
  {name: "backbone", colour: "var(--quiet)"},
  {name: "1 × 1 in ASPP", colour: "var(--rate-1)"},
  {name: "atrous branches, deeper with the rate", colour: RATE_COLOURS[1]!},
  {name: "image pooling", colour: "var(--concept-pooling)"},
  {name: "skip and decoder", colour: "var(--concept-decoder)"},
  {name: "logits", colour: "var(--concept-output)"}
] as const;

export function planDiagram({steps, network}: Plan): PlanDiagram {
  const byGroup = new Map<string, Step[]>();
  for (const step of steps) byGroup.set(groupOf(step), [...(byGroup.get(groupOf(step)) ?? []), step]);
  const branches = network.aspp.branches.filter(({kind}) => kind === "atrous").map(({name}) => name);

  const items = steps.map((step): DiagramItem => {
    const group = groupOf(step);
    const inGroup = byGroup.get(group)!.length > 1;
    return {
      id: step.name,
      inputs: step.inputs,
      group: inGroup ? group : null,
      label: [inGroup && step.name === group ? OPERATIONS[step.op] : step.name.split("/").at(-1)!, ...remark([step], network.aspp.branches.length)],
      name: `${step.name}, ${sentence(step)}`,
      colour: colourOf(step.name, branches),
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
      return [[group, {title: group.split("/").at(-1)!, label: groupLabel(group, members, network.aspp.branches.length), name}]];
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
  const isBranch = branches > 1 && members.some(({name, kernelSize}) => name.startsWith("aspp/") && kernelSize > 1);
  return rate > 1 || isBranch ? [`rate ${rate}`] : [];
}

function largestRate(members: readonly Step[]): number {
  return Math.max(...members.map(({rate}) => rate));
}

const OPERATIONS: Readonly<Record<Step["op"], string>> = {
  input: "the photo",
  conv: "convolution",
  depthwise: "depthwise",
  batch_norm: "batch norm",
  add: "sum",
  mean: "mean over the map",
  upsample: "bilinear upsampling",
  concat: "concatenation"
};

/** What a step does, e.g. "depthwise 3 × 3". */
export function operation({op, kernelSize}: Step): string {
  return kernelSize > 0 ? `${OPERATIONS[op]} ${kernelSize} × ${kernelSize}` : OPERATIONS[op];
}

/** Width × height × channels, as sizes are written on every page. */
export function shape({height, width, channels}: Pick<Step, "height" | "width" | "channels">): string {
  return `${width} × ${height} × ${channels}`;
}

function sentence(step: Step): string {
  return step.kernelSize > 0 ? `${operation(step)}, stride ${step.stride}, rate ${step.rate}, ${shape(step)}` : `${operation(step)}, ${shape(step)}`;
}

function colourOf(name: string, atrousBranches: readonly string[]): string {
  const [part, section] = name.split("/");
  if (part === "input") return "var(--concept-input)";
  if (part === "backbone") return "var(--quiet)";
  if (part === "decoder") return "var(--concept-decoder)";
  if (part === "logits") return "var(--concept-output)";
  if (section === "image_pooling") return "var(--concept-pooling)";
  const branch = atrousBranches.indexOf(section ?? "");
  if (branch < 0) return "var(--rate-1)";
  // The one branch of v1 has the middle of the three steps; what is larger than the third has the third's.
  return atrousBranches.length === 1 ? RATE_COLOURS[1]! : RATE_COLOURS[Math.min(branch, RATE_COLOURS.length - 1)]!;
}
