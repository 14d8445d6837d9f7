/**
 * The small computations that the lessons show, by name: plain data in, plain data out, each on the current backend.
 * A lesson's computation is a file here and a line in the table.
 */
import {atrous} from "./atrous.js";
import {branches} from "./branches.js";
import {labelSizes} from "./label-sizes.js";
import {race} from "./race.js";
import {rankOne} from "./rank-one.js";
import {residual} from "./residual.js";
import {separable} from "./separable.js";

const DEMONSTRATIONS = {atrous, branches, labelSizes, race, rankOne, residual, separable};

type Demonstrations = typeof DEMONSTRATIONS;
export type DemonstrationName = keyof Demonstrations;
export type DemonstrationInput<Name extends DemonstrationName> = Parameters<Demonstrations[Name]>[0];
export type DemonstrationResult<Name extends DemonstrationName> = Awaited<ReturnType<Demonstrations[Name]>>;

/** Runs the demonstration of this name on the current backend. */
export async function demonstrate<Name extends DemonstrationName>(
  name: Name,
  input: DemonstrationInput<Name>
): Promise<DemonstrationResult<Name>> {
  const work = DEMONSTRATIONS[name] as (input: DemonstrationInput<Name>) => Promise<DemonstrationResult<Name>>;
  return work(input);
}
