import type {Weight} from "../../../src/engine/model.js";
import {weightSpecs} from "../../../src/engine/plan.js";
import {StepList} from "../../../src/engine/step-list.js";
import {ACTIVATIONS} from "../../../src/engine/steps/activation.js";
import type {Activation} from "../../../src/engine/steps/activation.js";
import type {Step} from "../../../src/engine/steps/kinds.js";
import {SAMPLINGS} from "../../../src/engine/steps/upsample.js";

/** Steps of every kind in any order, with the shapes that networks have and many that none has. */

export interface Chance {
  /** A whole number from `low` to `high`. */
  between(low: number, high: number): number;
  among<T>(choices: readonly T[]): T;
  value(): number;
}

export function chance(next: () => number): Chance {
  const between = (low: number, high: number) => low + Math.floor(next() * (high - low + 1));
  return {between, among: (choices) => choices[between(0, choices.length - 1)]!, value: () => next() * 2 - 1};
}

const ALL = Object.keys(ACTIVATIONS) as Activation[];

/** A list of up to so many steps behind the input; what does not fit on a map is tried again as something else. */
export function randomSteps(of: Chance, length: number): readonly Step[] {
  const list = new StepList({height: of.between(1, 24), width: of.between(1, 24), channels: of.between(1, 9)});
  for (let tries = 0; list.list.length <= length && tries < 20 * length; tries++) {
    try {
      append(list, of, `step_${tries}`);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
    }
  }
  return list.list;
}

function append(list: StepList, of: Chance, name: string): void {
  // Most read what stands last, so that there are chains; others join what lies further back.
  const recent = () => list.list.at(-1)!.name;
  const any = () => of.among(list.list).name;
  const same = (to: string) => {
    const {height, width, channels} = list.get(to);
    const fits = list.list.filter(
      (step) =>
        step.name !== to &&
        step.channels === channels &&
        ((step.height === height && step.width === width) || step.height * step.width === 1)
    );
    return fits.length > 0 ? of.among(fits).name : to;
  };
  const input = of.between(0, 4) > 0 ? recent() : any();
  const convolution = () => ({
    kernel: [of.among([1, 1, 2, 3, 3, 5]), of.among([1, 1, 2, 3, 3, 5])] as const,
    stride: of.among([1, 1, 1, 2, 3]),
    rate: of.among([1, 1, 2, 3, 12]),
    padding: of.among(["same", "same", "fixed", "valid", {margin: 1}] as const),
    bias: of.between(0, 3) > 0,
    activation: of.among(ALL)
  });
  const channels = of.among([1, 3, 4, 6, 8, 8, 13, 16, 21, 40, 72, 200]);
  switch (of.between(0, 13)) {
    case 0:
    case 1:
      list.conv(name, input, {...convolution(), channels});
      return;
    case 2:
    case 3:
      list.conv(name, input, {kernel: 1, channels, activation: of.among<Activation>(["linear", ...ALL])});
      return;
    case 4:
      list.depthwise(name, input, {...convolution()});
      return;
    case 5: {
      // An inverted residual: what is fused wherever nothing else reads what is inside.
      const {padding: _, ...depthwise} = convolution();
      const wide = list.conv(`${name}/expand`, input, {kernel: 1, channels: of.among([8, 24, 50, 320]), activation: of.among(ALL)});
      const between = list.depthwise(`${name}/depthwise`, wide, {...depthwise, kernel: of.among([3, 3, 5]), stride: of.among([1, 1, 2])});
      const from = list.get(input);
      const narrow = list.conv(`${name}/project`, between, {kernel: 1, channels: from.channels, activation: "linear"});
      const to = list.get(narrow);
      if (to.height === from.height && to.width === from.width)
        list.add(`${name}/add`, of.between(0, 1) > 0 ? [input, narrow] : [narrow, input]);
      return;
    }
    case 6:
      list.push("affine", name, [input], {scale: of.between(0, 1) > 0, shift: of.between(0, 1) > 0, activation: of.among(ALL)});
      return;
    case 7: {
      if (of.between(0, 2) === 0) {
        list.mean(name, input);
        return;
      }
      const mean = of.between(0, 1) > 0;
      list.pool(name, input, {
        pool: mean ? "mean" : "max",
        window: of.among([
          [2, 2],
          [3, 3],
          [2, 5]
        ] as const),
        stride: mean ? of.among([1, 2, [2, 1]] as const) : of.between(1, 2),
        padding: of.among(["same", "valid"] as const)
      });
      return;
    }
    case 8:
      list.add(
        name,
        of.between(0, 3) > 0 ? [input, same(input)] : [input, same(input), same(input)],
        of.among<Activation>(["linear", ...ALL])
      );
      return;
    case 9:
      list.push("multiply", name, [input, same(input)], {activation: of.among<Activation>(["linear", ...ALL])});
      return;
    case 12: {
      // As a decoder does: what is coarse is enlarged beside what is fine.
      const {height, width} = list.get(input);
      const coarse = list.upsample(`${name}/enlarged`, any(), height, width, of.among(SAMPLINGS));
      const both = list.concat(`${name}/both`, of.between(0, 1) > 0 ? [coarse, input] : [input, coarse]);
      const {padding: _, ...depthwise} = convolution();
      const between = list.depthwise(`${name}/depthwise`, both, {...depthwise, kernel: of.among([3, 3, 5]), stride: of.among([1, 1, 2])});
      list.conv(name, between, {kernel: 1, channels, activation: of.among(ALL)});
      return;
    }
    case 10:
      list.upsample(name, input, of.between(1, 30), of.between(1, 30), of.among(SAMPLINGS));
      return;
    default: {
      const {height, width} = list.get(input);
      const beside = list.list.filter((step) => step.height === height && step.width === width);
      const parts = Array.from({length: of.between(1, 3)}, () => of.among(beside).name);
      list.concat(name, of.between(0, 1) > 0 ? [input, ...parts] : [...parts, input]);
    }
  }
}

/** Weights of a size that keeps activations near one. */
export function weightsOf(steps: readonly Step[], of: Chance): Record<string, Weight> {
  return Object.fromEntries(
    Object.entries(weightSpecs(steps)).map(([name, {shape, fanIn}]) => {
      const scale = fanIn > 0 ? Math.sqrt(3 / fanIn) : 1;
      const values = Float32Array.from({length: shape.reduce((a, b) => a * b, 1)}, () => of.value() * scale);
      return [name, {shape: [...shape], values}];
    })
  );
}
