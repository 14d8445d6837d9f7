import {stopwatch} from "./stopwatch.js";

export interface Shortest {
  /** Milliseconds of each work's shortest run. */
  readonly milliseconds: readonly number[];
  /** How often each was run. */
  readonly runs: number;
}

/**
 * Times some works in turns, one run of each after another, so that what else the machine does falls on all of them, and takes the shortest
 * run of each, which that disturbed least: where it comes and goes, a median of runs one after the other may call the cheaper work the
 * slower.
 *
 * @param options.most rounds, of one run each
 * @param options.budget milliseconds that all may take together, as far as the rounds before tell; the first round is always done
 */
export async function shortestInTurns(
  works: readonly (() => Promise<void>)[],
  {most, budget}: {readonly most: number; readonly budget: number}
): Promise<Shortest> {
  const clock = stopwatch();
  const milliseconds = works.map(() => Infinity);
  let [runs, spent] = [0, 0];
  do {
    for (const [index, work] of works.entries()) {
      clock();
      await work();
      const time = clock();
      milliseconds[index] = Math.min(milliseconds[index]!, time);
      spent += time;
    }
    runs++;
  } while (runs < most && (spent * (runs + 1)) / runs <= budget);
  return {milliseconds, runs};
}
