import {superseded} from "../../../lab/latest.js";
import type {Capabilities, RunChoice, Segmentation} from "../../../worker/protocol.js";
import type {Inspection, InspectionContext, Standing} from "../inspection.js";
import {otherRun} from "./compare-run.js";

/** Run B beside the run A that it was compared with. */
export interface Pair {
  readonly a: Standing;
  readonly b: {readonly run: RunChoice; readonly result: Segmentation};
}

export interface Pairs {
  /** What B could be computed on; asked for once. */
  capabilities(): Promise<Capabilities>;
  /** A and the run B that the state asks for. It is computed once for all who ask for the same, and ended when another is asked for. */
  of(context: Pick<InspectionContext, "state" | "standing" | "checkWanted">): Promise<Pair>;
  /** Ends what is computed: nobody asks for any B now. */
  drop(): void;
}

export function runPairs(engine: Inspection["engine"]): Pairs {
  let capabilities: Promise<Capabilities> | null = null;
  /** Run B of the photo and choice that were asked for last: masks and layer both need it. */
  let last: {
    readonly photo: Standing["photo"];
    readonly run: string;
    readonly result: Promise<Segmentation>;
    readonly ending: AbortController;
  } | null = null;

  function drop(): void {
    last?.ending.abort(superseded());
    last = null;
  }
  const known = () => (capabilities ??= engine.capabilities());

  return {
    capabilities: known,
    async of({state, standing, checkWanted}) {
      const run = await otherRun(standing.run, state, await known(), engine.describe);
      checkWanted();
      const said = JSON.stringify(run);
      if (last?.photo !== standing.photo || last.run !== said) {
        drop();
        const ending = new AbortController();
        last = {photo: standing.photo, run: said, result: engine.segment(standing.photo, run, ending.signal), ending};
      }
      const mine = last;
      try {
        return {a: standing, b: {run, result: await mine.result}};
      } catch (problem) {
        // What failed is tried anew the next time.
        if (last === mine) last = null;
        throw problem;
      }
    },
    drop
  };
}
