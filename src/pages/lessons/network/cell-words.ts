import type {CellProductsContent, TermGroup} from "../../../components/network/cell-products.js";
import {signed} from "../../../components/tables/tap-sum.js";
import type {Step} from "../../../engine/plan.js";
import {isOnMap} from "../../../engine/steps/window.js";
import type {CellMaking} from "../../../worker/inspections/making.js";
import {operation} from "../../../lab/network-parts.js";
import {whole} from "../../../lab/quantities.js";

/** Input channels that are shown one by one: windows take more room than single products. */
const WINDOWS_SHOWN = 3;
const PRODUCTS_SHOWN = 8;
/** Digits after the point of what is compared with the tensor. */
const DIGITS = 6;

/** What a value is made of, as the products show it; what counts most stands first. */
export function productsOf(step: Step, made: CellMaking): CellProductsContent {
  const {by, channels} = made;
  const groups = groupsOf(step, made);
  const joinedBy = by === "sum" ? "+" : by === "product" ? "×" : "or";
  const most = groups.some(({values}) => values.length > 1) ? WINDOWS_SHOWN : PRODUCTS_SHOWN;
  if (channels === 1 || groups.length <= most) return {groups, joinedBy, rest: null};
  const sorted = groups.toSorted((a, b) => Math.abs(b.total) - Math.abs(a.total));
  const others = sorted.slice(most);
  const total = others.reduce((sum, group) => sum + group.total, 0);
  return {groups: sorted.slice(0, most), joinedBy, rest: {name: `the other ${whole(others.length)} input channels`, total}};
}

/** A window an input channel, or one cell an input. */
function groupsOf(step: Step, {by, cells, firstChannel, channels, values, factors}: CellMaking): TermGroup[] {
  const several = new Set(cells.map(({input}) => input)).size > 1;
  const windows = several ? cells.map((_, index) => [index]) : [cells.map((_, index) => index)];
  return windows.flatMap((window) =>
    Array.from({length: channels}, (_, channel): TermGroup => {
      const places = window.map((cell) => cell * channels + channel);
      const read = places.map((place) => values[place]!);
      const own = places.map((place) => factors[place]!);
      const first = cells[window[0]!]!;
      return {
        name: nameOf(step, first.input, several ? null : firstChannel + channel),
        rows: new Set(window.map((cell) => cells[cell]!.row)).size,
        columns: new Set(window.map((cell) => cells[cell]!.column)).size,
        values: read,
        factors: factorsOf(step, own, first.share !== null),
        outside: (index) => !isOnMap(cells[window[index]!]!, step.from[first.input]!),
        total: by === "largest" ? Math.max(...read) : read.reduce((sum, value, index) => sum + value * own[index]!, 0)
      };
    })
  );
}

/** Weights belong to channels; where there are none, the input is told too. */
function nameOf(step: Step, input: number, channel: number | null): string {
  const read = step.inputs[input]!;
  if (channel === null) return read;
  return step.parameters > 0 ? `channel ${channel}` : `${read}, channel ${channel}`;
}

/** Nothing where values count as they are; one word for a mean; else the numbers. */
function factorsOf(step: Step, own: readonly number[], isShare: boolean): TermGroup["factors"] {
  if (isShare && own.every((factor) => factor === 1)) return null;
  return step.op === "pool" ? `1/${whole(own.length)}` : own;
}

/** How the kind of a step makes its values, for this one. */
export function sentenceOf(step: Step, made: CellMaking, at: {readonly row: number; readonly column: number}): string {
  const {cells, channels, summand} = made;
  const inside = cells.filter((cell) => isOnMap(cell, step.from[cell.input]!));
  const padding = cells.length - inside.length;
  const [first] = inside;
  const where = ({row, column}: {readonly row: number; readonly column: number}) => `(${row}, ${column})`;
  const added = summand === null ? "" : `, and ${step.op === "affine" ? "the shift" : "the bias"}`;
  switch (step.op) {
    case "conv":
    case "depthwise": {
      const taps = cells.length;
      const read = `${whole(taps * channels)} ${taps * channels === 1 ? "product" : "products"} of ${operation(step)}${taps > 1 && step.rate > 1 ? ` at rate ${step.rate}` : ""}`;
      const of = `${taps === 1 ? "one cell" : `${taps} taps`} on ${channels === 1 ? "its own channel" : `each of ${whole(channels)} input channels`}`;
      return `${read}: ${of}${padding > 0 ? `, ${padding} of them in the padding, where they read zero` : ""}${added}.`;
    }
    case "affine":
      return `The cell at the same place, ${step.scale ? "times the channel's scale" : "as it is"}${added}.`;
    case "pool":
      return `${step.pool === "mean" ? "The mean" : "The largest"} of ${whole(inside.length)} cells${step.window === "all" ? ", the whole map" : `, rows ${spanOf(inside.map(({row}) => row))}, columns ${spanOf(inside.map(({column}) => column))}`}.`;
    case "add":
      return `The sum of the cells at ${where(at)} of ${step.inputs.join(" and ")}.`;
    case "multiply":
      return `The product of two cells; a gate of a single cell holds at every place.`;
    case "concat":
      return `Copied from channel ${made.firstChannel} of ${step.inputs[first!.input]!}, which lies here among ${whole(step.channels)}.`;
    case "upsample":
      return inside.length === 1
        ? `Cell ${where(first!)} of ${step.inputs[0]!} lies here alone: its value.`
        : `Between ${inside.map((cell) => `${where(cell)} × ${cell.share!.toFixed(2)}`).join(", ")} of ${step.inputs[0]!}: bilinear weights, which add up to 1.`;
    case "input":
      return "A value of the photo.";
  }
  // Every kind is named above; a new one is missed by the compiler.
  return step satisfies never;
}

function spanOf(values: readonly number[]): string {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return low === high ? String(low) : `${low}–${high}`;
}

/** A number with all digits that are compared. */
export function exact(value: number): string {
  return signed(value, DIGITS);
}

/** How far the sum lies from what the network computed in 32-bit floats. */
export function differenceText({result, value}: Pick<CellMaking, "result" | "value">): string {
  const difference = Math.abs(result - value);
  return difference === 0 ? "0" : difference.toExponential(1);
}
