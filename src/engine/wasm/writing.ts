import {neighbours} from "../neighbours.js";
import {paddingOf} from "../padding.js";
import type {Step, StepOfOp} from "../steps/kinds.js";
import {positionOf} from "../steps/upsample.js";
import type {Axis} from "../steps/kind.js";
import {sides} from "../steps/window.js";
import type {Weight} from "../model.js";
import {aligned} from "./arena.js";
import {bandOf} from "./bands.js";
import {combination} from "./combination.js";
import {cellTable} from "./cell-table.js";
import type {Constants} from "./constants.js";
import {divisionOf} from "./division.js";
import type {Group, Joined} from "./fuse.js";
import {KINDS, finishing} from "./operations.js";
import type {Operation} from "./operations.js";
import {GRAIN, SPARE, WORD, packedAtOnce, packedBytes, packedKernel, padded, tileBytes} from "./packing.js";
import type {Place} from "./places.js";
import {paddingAlong, tapBytes, windowWords} from "./window-words.js";
import {leavesZerosOut} from "./zeros.js";

type Weights = Readonly<Record<string, Weight>>;

/** Writes operations down, one group after the other. */
export class Writing {
  constructor(
    private readonly steps: ReadonlyMap<string, Step>,
    private readonly places: ReadonlyMap<string, Place>,
    private readonly weights: Weights,
    private readonly constants: Constants,
    private readonly isJoined: (name: string, holder: string, channel: number) => boolean,
    private readonly threads: number,
    /** Where shares of a block's result are until they are added up. */
    private readonly shares: number
  ) {}

  operations(group: Group): Operation[] {
    const {output} = group;
    switch (group.kind) {
      case "block":
        return this.block(group);
      case "convolution":
        return [this.convolution(group.convolution, output, group.also)];
      case "step":
        return this.step(output);
    }
  }

  private step(step: Step): Operation[] {
    switch (step.op) {
      case "conv":
        return [this.convolution(step, step, null)];
      case "depthwise":
        return [this.depthwise(step)];
      case "affine":
        return [this.affine(step)];
      case "pool":
        return [this.pool(step)];
      case "upsample":
        return [this.upsample(step)];
      case "multiply":
        return [this.combined(step, step.inputs[0]!, step.inputs[1]!, null)];
      case "add":
        // Two at a time: the sum so far, and the next.
        return step.inputs
          .slice(1)
          .map((input, index) =>
            this.combined(step, index === 0 ? step.inputs[0]! : step.name, null, input, index === step.inputs.length - 2)
          );
      case "concat":
        return this.copies(step);
      case "input":
        return [];
    }
  }

  private convolution(step: StepOfOp<"conv">, output: Step, also: string | null): Operation {
    const x = this.place(step.inputs[0]!);
    const y = this.place(output.name);
    const {kernel, stride} = step;
    const [rows, columns] = kernel;
    const [kind, low, high] = finishing(output.activation);
    const {address: w, tile} = this.kernel(step);
    const bias = this.bias(step);
    const isPacked = leavesZerosOut(step.inputs[0]!, y.channels, this.steps);
    const [added, addedStep] = also === null ? [0, 0] : this.cells(also, y);
    const {before: top} = paddingAlong(step, "height");
    const {before: left} = paddingAlong(step, "width");
    if (rows * columns === 1 && stride === 1 && top === 0 && left === 0 && x.height === y.height && x.width === y.width) {
      const atOnce = isPacked ? packedAtOnce(x.channels) : 0;
      return {
        words: [
          ...[KINDS.pointwise, x.address, x.step, x.channels, y.channels, w, tile, bias, kind, low],
          ...[y.address, y.step, added, addedStep, high, atOnce]
        ],
        units: y.height * y.width,
        grain: GRAIN,
        scratch: SPARE + packedBytes(atOnce, x.channels)
      };
    }
    const read = rows * columns;
    const isInPieces = step.rate === 1 && x.step === x.channels * WORD && !isPacked;
    const atOnce = Math.min(y.width, packedAtOnce(read * x.channels));
    return {
      words: [
        ...[KINDS.convolution, x.address, x.step, x.height, x.width, x.channels, w, tile, bias, kind, low, high],
        ...[rows, columns, stride, step.rate, top, left, y.address, y.step, y.width, y.channels, added, addedStep],
        ...[this.constants.zeros(x.channels), atOnce, isInPieces ? 1 : 0]
      ],
      units: y.height,
      grain: 1,
      scratch: SPARE + atOnce * read * WORD + packedBytes(atOnce, read * x.channels)
    };
  }

  private depthwise(step: StepOfOp<"depthwise">): Operation {
    const x = this.place(step.inputs[0]!);
    const y = this.place(step.name);
    return {
      words: [
        ...[KINDS.depthwise, x.address, x.step, x.height, x.width, x.channels, this.filter(step), this.bias(step), ...windowWords(step)],
        ...[y.address, y.step, y.width, ...finishing(step.activation)]
      ],
      units: y.height,
      grain: 1,
      scratch: tapBytes(step)
    };
  }

  private block(group: Extract<Group, {kind: "block"}>): Operation[] {
    const {expand, joined, depthwise, project, also, output} = group;
    const x = joined ? {...depthwise.from[0]!, address: 0, step: 0} : this.place((expand ?? depthwise).inputs[0]!);
    const y = this.place(output.name);
    const division = divisionOf(group, this.threads);
    const isDivided = division.ways > 1;
    const isPrepared = expand !== null || joined !== null;
    const {atOnce, band, ringRows, ringStep, bytes} = bandOf(depthwise, isPrepared, division.channels);
    const wide = expand && this.kernel(expand);
    const narrow = this.kernel(project);
    const [rows, columns, ...placing] = windowWords(depthwise);
    const share = y.height * y.width * y.channels * WORD;
    const isPacked = leavesZerosOut(depthwise.name, y.channels, this.steps);
    const whole: Operation = {
      words: [
        ...[KINDS.block, x.address, x.step, x.height, x.width, x.channels],
        ...(expand && wide
          ? [wide.address, wide.tile, this.bias(expand), ...finishing(expand.activation)]
          : [0, 0, 0, ...finishing("linear")]),
        ...[depthwise.channels, atOnce, this.filter(depthwise), this.bias(depthwise), rows!, columns!, ...placing],
        ...finishing(depthwise.activation),
        // What is added up later is finished then.
        ...[narrow.address, narrow.tile, this.bias(project), ...finishing(isDivided ? "linear" : output.activation)],
        ...[y.address, y.step, y.width, y.channels, ...(also === null ? [0, 0] : this.cells(also, y)), band, ringRows, ringStep],
        ...[division.ways, division.channels, division.rows, y.height, this.shares, share],
        ...(joined ? [this.parts(joined), joined.parts.length] : [0, 0]),
        isPacked ? 1 : 0
      ],
      units: isDivided ? division.ways * Math.ceil(y.height / division.rows) : y.height,
      grain: 1,
      isCheaperWhole: isPrepared,
      scratch: SPARE + aligned(tapBytes(depthwise)) + bytes + (isPacked ? packedBytes(band * y.width, atOnce) : 0)
    };
    const added = Array.from({length: division.ways - 1}, (_, way) =>
      combination(
        [y.address, y.step, 0, 0, this.shares + way * share, y.channels * WORD],
        y,
        way === division.ways - 2 ? output.activation : "linear"
      )
    );
    return [whole, ...added];
  }

  /** The address of what a block joins: of each map where it lies, its channels among all, and what its rows and columns lie between. */
  private parts({concat, parts}: Joined): number {
    let channel = 0;
    const words = parts.flatMap((part, index) => {
      const {address, step, width, channels} = this.place(part?.inputs[0] ?? concat.inputs[index]!);
      const first = channel;
      channel += channels;
      return [address, step, width, first, channel, ...(part ? [this.between(part, "height"), this.between(part, "width")] : [0, 0])];
    });
    return this.constants.table(new Float32Array(Int32Array.from(words).buffer));
  }

  /** a times a factor plus a summand; either may be missing. */
  private combined(step: Step, a: string, factor: string | null, summand: string | null, isLast = true): Operation {
    const y = this.place(step.name);
    const words = [
      ...this.cells(a, y),
      ...(factor === null ? [0, 0] : this.cells(factor, y)),
      ...(summand === null ? [0, 0] : this.cells(summand, y))
    ];
    return combination(words, y, isLast ? step.activation : "linear");
  }

  private affine(step: StepOfOp<"affine">): Operation {
    const y = this.place(step.name);
    const channelwise = (role: "scale" | "shift") =>
      step[role] ? [this.constants.put(`${step.name}/${role}`, () => padded(this.weight(step, role).values)), 0] : [0, 0];
    return combination([...this.cells(step.inputs[0]!, y), ...channelwise("scale"), ...channelwise("shift")], y, step.activation);
  }

  /** Of what is joined by channels, what was not written where it belongs. */
  private copies(step: StepOfOp<"concat">): Operation[] {
    const y = this.place(step.name);
    let channel = 0;
    return step.inputs.flatMap((name, index) => {
      const {channels} = step.from[index]!;
      const at = channel;
      const to = {...y, address: y.address + at * WORD, channels};
      channel += channels;
      return this.isJoined(name, step.name, at) ? [] : [combination([...this.cells(name, to), 0, 0, 0, 0], to, "linear")];
    });
  }

  private pool(step: StepOfOp<"pool">): Operation {
    const x = this.place(step.inputs[0]!);
    const y = this.place(step.name);
    const [down, right] = sides(step.stride);
    const window = step.window === "all" ? ([x.height, x.width] as const) : step.window;
    const padding = (size: number, taps: number, stride: number) =>
      step.window === "all" ? 0 : paddingOf(size, taps, {rate: 1, stride, padding: step.padding}).before;
    return {
      words: [
        ...[KINDS.pool, x.address, x.step, x.height, x.width, x.channels, ...window, down, right],
        ...[
          padding(x.height, window[0], down),
          padding(x.width, window[1], right),
          y.address,
          y.step,
          y.width,
          step.pool === "mean" ? 1 : 0
        ]
      ],
      units: y.height,
      grain: 1,
      scratch: 0
    };
  }

  private upsample(step: StepOfOp<"upsample">): Operation {
    const x = this.place(step.inputs[0]!);
    const y = this.place(step.name);
    if (x.height * x.width === 1) return combination([x.address, 0, 0, 0, 0, 0], y, "linear");
    return {
      words: [
        KINDS.upsample,
        x.address,
        x.step,
        x.width,
        x.channels,
        this.between(step, "height"),
        this.between(step, "width"),
        y.address,
        y.step,
        y.width
      ],
      units: y.height,
      grain: 1,
      scratch: 0
    };
  }

  private between(step: StepOfOp<"upsample">, axis: Axis): number {
    return this.constants.table(cellTable(step[axis], (output) => neighbours(positionOf(step, axis, output), step.from[0]![axis])));
  }

  private place(name: string): Place {
    return this.places.get(name)!;
  }

  /** An activation cell by cell of another's size: a single cell holds everywhere. */
  private cells(name: string, {height, width}: Place): [address: number, step: number] {
    const place = this.place(name);
    return [place.address, place.height * place.width === 1 && height * width > 1 ? 0 : place.step];
  }

  private kernel(step: StepOfOp<"conv">): {readonly address: number; readonly tile: number} {
    const {name = step.name, rows} = step.borrowed ?? {};
    const {shape, values} = this.weight(step, "kernel");
    const address = this.constants.put(`${name}/kernel ${rows?.join(" ") ?? ""}`, () => packedKernel(values, shape, rows));
    return {address, tile: tileBytes(step.kernel[0] * step.kernel[1], step.from[0]!.channels)};
  }

  private filter(step: StepOfOp<"depthwise">): number {
    return this.constants.put(`${step.name}/kernel`, () => this.weight(step, "kernel").values);
  }

  private bias(step: StepOfOp<"conv"> | StepOfOp<"depthwise">): number {
    if (!step.bias) return 0;
    return this.constants.put(`${step.borrowed?.name ?? step.name}/bias`, () => padded(this.weight(step, "bias").values));
  }

  private weight(step: Step, role: string): Weight {
    const name = `${step.borrowed?.name ?? step.name}/${role}`;
    const weight = this.weights[name];
    if (!weight) throw new Error(`There is no weight "${name}".`);
    return weight;
  }
}
