import {html} from "htl";
import {percent} from "./class-legend.js";
import {signed} from "../tables/tap-sum.js";

export interface ClassChange {
  readonly name: string;
  /** CSS colour. */
  readonly colour: string;
  /** Shares of the picture, 0-1. */
  readonly before: number;
  readonly after: number;
}

export interface ClassChanges extends HTMLElement {
  update(changes: readonly ClassChange[]): void;
}

/** Share of the picture that the scale of the bars ends at, at least: a change of a few pixels is no long bar. */
const LEAST_EXTENT = 0.02;

/**
 * What each class has of two label maps, those that either one has any pixel of, the largest change first.
 *
 * @param before share of the picture a class, 0-1, by id; `after` likewise
 */
export function classChangesOf(
  before: ArrayLike<number>,
  after: ArrayLike<number>,
  names: readonly string[],
  palette: readonly (readonly number[])[]
): ClassChange[] {
  return names
    .map((name, id) => ({name, colour: `rgb(${palette[id]!.join(" ")})`, before: before[id]!, after: after[id]!}))
    .filter((change) => change.before > 0 || change.after > 0)
    .sort((a, b) => Math.abs(b.after - b.before) - Math.abs(a.after - a.before) || b.before - a.before);
}

/** The list "Changes by class": colour, name, share before and after, and the difference in percentage points with a bar. */
export function classChanges(): ClassChanges {
  const list = html`<ul class="signed-bars class-changes" aria-label="Changes by class"></ul>` as HTMLElement as ClassChanges;
  list.update = (changes) => {
    const extent = Math.max(LEAST_EXTENT, ...changes.map(({before, after}) => Math.abs(after - before)));
    list.replaceChildren(
      ...changes.map(({name, colour, before, after}) => {
        const difference = after - before;
        const half = (50 * Math.abs(difference)) / extent;
        return html`<li><span class="class-change-name"><span class="swatch" style=${`background:${colour}`}></span>${name}</span>
          <span class="class-change-shares">${percent(before)} → ${percent(after)} <b>${points(difference)}</b></span>
          <span class="signed-bar"><span style=${`left:${difference < 0 ? 50 - half : 50}%;width:${half}%;background:${colour}`}></span></span></li>` as Node;
      })
    );
  };
  return list;
}

/** A difference of shares in percentage points, with its sign. */
export function points(difference: number): string {
  const text = signed(difference * 100, 1);
  return difference > 0 && !text.startsWith("−") ? `+${text}` : text;
}
