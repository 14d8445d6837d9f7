import {html} from "htl";
import {cellMap} from "../maps/cell-map.js";
import type {CellMap} from "../maps/cell-map.js";
import {diverging, reachOf} from "../maps/colour-maps.js";
import {signed} from "../tables/tap-sum.js";

/** Values that are weighed and added, from one place: an input channel's window, or one value of an input. */
export interface TermGroup {
  readonly name: string;
  readonly rows: number;
  readonly columns: number;
  /** Row by row. */
  readonly values: ArrayLike<number>;
  /** What each is multiplied with, or all of them; null where nothing is. */
  readonly factors: ArrayLike<number> | string | null;
  /** Whether a value is padding, which reads zero. */
  outside(index: number): boolean;
  /** What it comes to. */
  readonly total: number;
}

export interface CellProductsContent {
  /** What is shown one by one, the strongest first. */
  readonly groups: readonly TermGroup[];
  /** What stands between two groups. */
  readonly joinedBy: "+" | "×" | "or";
  /** The others together; null where all are shown. */
  readonly rest: {readonly name: string; readonly total: number} | null;
}

export interface CellProducts extends HTMLElement {
  update(content: CellProductsContent): void;
}

/** Windows of up to so many cells have their numbers written in. */
const WRITTEN = 25;
const DIGITS = 3;

/** What one value is made of: windows of values times the kernel's, or single values with their factors, each with what it comes to. */
export function cellProducts({label}: {readonly label: string}): CellProducts {
  const list = html`<ul class="cell-products" aria-label=${label}></ul>` as HTMLElement as CellProducts;
  list.update = ({groups, joinedBy, rest}) => {
    const largest = reachOf([...groups.map(({total}) => total), rest?.total ?? 0]);
    const scales = {
      values: diverging(reachOf(groups.map(({values}) => reachOf(values)))),
      factors: diverging(reachOf(groups.map(({factors}) => (isNumbers(factors) ? reachOf(factors) : 0)))),
      products: diverging(reachOf(groups.map((group) => reachOf(productsOf(group)))))
    };
    list.replaceChildren(
      ...groups.map((group, index) => itemOf(group, index > 0 ? joinedBy : "", largest, scales)),
      ...(rest
        ? [
            html`<li class="products-rest"><span class="products-sign">${joinedBy}</span>${nameOf(rest.name)}${totalOf(rest.total, largest)}</li>` as Node
          ]
        : [])
    );
    list.classList.toggle(
      "windows",
      groups.some(({values}) => values.length > 1)
    );
  };
  return list;
}

type Scales = Readonly<Record<"values" | "factors" | "products", ReturnType<typeof diverging>>>;

function itemOf(group: TermGroup, sign: string, largest: number, scales: Scales): Node {
  const {name, values, factors, total} = group;
  const terms =
    values.length === 1
      ? html`<span class="products-term">${signed(values[0]!, DIGITS)}${factors === null ? "" : html` × <b>${isNumbers(factors) ? signed(factors[0]!, DIGITS) : factors}</b>`}</span>`
      : html`<span class="products-windows">${windowOf("what is read", group, values, scales.values)}${weighing(group, scales)}</span>`;
  return html`<li><span class="products-sign">${sign}</span>${nameOf(name)}${terms}${totalOf(total, largest)}</li>` as Node;
}

/** With what a window is multiplied, and what comes of it. */
function weighing(group: TermGroup, scales: Scales): Node[] {
  const {factors} = group;
  const sign = (text: string) => html`<span>${text}</span>` as Node;
  if (factors === null) return [];
  if (!isNumbers(factors)) return [sign(`× ${factors}`)];
  return [
    sign("×"),
    windowOf("the kernel", group, factors, scales.factors),
    sign("="),
    windowOf("their products", group, productsOf(group), scales.products)
  ];
}

const nameOf = (name: string) => html`<span class="products-name">${name}</span>`;

function totalOf(total: number, largest: number): Node {
  const half = largest > 0 ? (50 * Math.abs(total)) / largest : 0;
  return html`<span class="products-total"><span class="products-number">= ${signed(total, DIGITS)}</span><span class="products-bar" aria-hidden="true"><span class=${total < 0 ? "below" : "above"} style=${`left:${total < 0 ? 50 - half : 50}%;width:${half}%`}></span></span></span>` as Node;
}

function windowOf(
  what: string,
  {name, rows, columns, outside}: TermGroup,
  numbers: ArrayLike<number>,
  colour: ReturnType<typeof diverging>
): CellMap {
  const isWritten = rows * columns <= WRITTEN;
  const written = Array.from(numbers, (number, index) => (outside(index) ? "outside" : signed(number, 2)));
  const map = cellMap({label: `${name}, ${what}`});
  map.draw({
    height: rows,
    width: columns,
    values: numbers,
    colour,
    ...(isWritten && {text: (number: number) => signed(number, 2), grid: 1, words: written.join(", ")})
  });
  map.mark(
    Array.from(numbers, (_, index) => index)
      .filter(outside)
      .map((index) => ({row: Math.floor(index / columns), column: index % columns, colour: "var(--quiet)", dashed: true}))
  );
  return map;
}

function productsOf({values, factors}: TermGroup): number[] {
  return Array.from(values, (value, index) => (isNumbers(factors) ? value * factors[index]! : value));
}

function isNumbers(factors: TermGroup["factors"]): factors is ArrayLike<number> {
  return factors !== null && typeof factors !== "string";
}
