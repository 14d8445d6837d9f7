import type {LegendEntry} from "../../components/classes/class-legend.js";

/** Milliseconds that a class stays in the legend after it was seen last. */
const LINGERS = 3000;

/**
 * A legend for a picture that moves: its classes keep one order, and one that is gone for a moment stays, with share 0,
 * so that nothing jumps under the reader's hand.
 *
 * @returns a function from what is seen now to what the legend lists; `at` in milliseconds
 */
export function steadyLegend(): (seen: readonly LegendEntry[], at: number) => LegendEntry[] {
  let kept = new Map<number, {readonly entry: LegendEntry; readonly at: number}>();
  return (seen, at) => {
    const gone = [...kept]
      .filter(([, last]) => at - last.at < LINGERS)
      .map(([id, {entry, at: then}]) => [id, {entry: {...entry, share: 0}, at: then}] as const);
    kept = new Map([...gone, ...seen.map((entry) => [entry.id, {entry, at}] as const)]);
    return [...kept.values()].map(({entry}) => entry).sort((a, b) => a.id - b.id);
  };
}
