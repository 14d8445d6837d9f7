import {html} from "htl";

export interface Tap {
  readonly input: number;
  readonly weight: number;
  /** Whether it lies on the map; outside it reads a zero. */
  readonly inside: boolean;
}

export interface TapSum extends HTMLElement {
  /** @param output the value of the tensor that the sum explains */
  update(taps: readonly Tap[], columns: number, output: number): void;
}

/** A number with a proper minus. */
export function signed(value: number, digits: number): string {
  return value
    .toFixed(digits)
    .replace("-", "−")
    .replace(/^−(0(?:\.0*)?)$/, "$1");
}

/** A number with two digits after its point, where it is not whole, and a proper minus. */
export function plain(value: number): string {
  return signed(value, Number.isInteger(value) ? 0 : 2);
}

/** The sum of the products, as the kernel computes it. */
export function sumOf(taps: readonly Tap[]): number {
  return taps.reduce((sum, {input, weight, inside}) => sum + (inside ? input * weight : 0), 0);
}

/** One output value spelled out: each tap's input times its weight, and their sum beside what the tensor says. */
export function tapSum(): TapSum {
  const grid = html`<div class="taps"></div>` as HTMLElement;
  const sum = html`<p class="taps-sum"></p>` as HTMLElement;
  const view = html`<div role="group" aria-label="Products and their sum">${grid}${sum}</div>` as TapSum;
  view.update = (taps, columns, output) => {
    grid.style.setProperty("--columns", String(columns));
    grid.replaceChildren(
      ...taps.map(({input, weight, inside}) =>
        inside
          ? (html`<span class="tap">${signed(input, 2)} <span>× <b>${plain(weight)}</b></span><span class="tap-product">= ${signed(input * weight, 3)}</span></span>` as Node)
          : (html`<span class="tap tap-outside">0 <span>× <b>${plain(weight)}</b></span><span class="tap-product">outside</span></span>` as Node)
      )
    );
    sum.replaceChildren(
      html`<span>Sum: <span role="group" aria-label="Sum of products">${signed(sumOf(taps), 3)}</span>; the tensor says <span role="group" aria-label="Output value">${signed(output, 3)}</span></span>` as Node
    );
  };
  return view;
}
