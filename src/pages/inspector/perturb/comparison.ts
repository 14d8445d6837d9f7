import {classChangesOf} from "../../../components/classes/class-changes.js";
import type {ClassChange} from "../../../components/classes/class-changes.js";
import {labelFlips} from "../../../engine/labels/label-flips.js";
import type {Flips} from "../../../engine/labels/label-flips.js";
import {editedArea} from "../../../engine/photo-edits/region.js";
import {classShares} from "../../../engine/labels/pixel.js";
import type {DecodedPhoto} from "../../../media/decode.js";
import type {Segmentation} from "../../../worker/protocol.js";
import type {EngineClient} from "../../../lab/engine-client.js";
import type {Standing} from "../inspection.js";

/** A run on a changed photo beside the run on the photo as it was. */
export interface Comparison {
  readonly standing: Standing;
  readonly changes: readonly ClassChange[];
  readonly flips: Flips;
}

/** Compares a run with the one on the unchanged photo, which is computed once for a photo and a way to run it. */
export function comparer(): (standing: Standing, engine: Pick<EngineClient, "segment">) => Promise<Comparison> {
  let kept: {readonly photo: DecodedPhoto; readonly run: string; readonly result: Segmentation} | null = null;

  async function unchanged({original, photo, run, result}: Standing, engine: Pick<EngineClient, "segment">): Promise<Segmentation> {
    const key = JSON.stringify(run);
    if (kept?.photo !== original || kept.run !== key) {
      kept = {photo: original, run: key, result: photo === original ? result : await engine.segment(original, run)};
    }
    return kept.result;
  }

  return async (standing, engine) => {
    const {original, edits, result} = standing;
    const before = await unchanged(standing, engine);
    const shares = ({labels}: Segmentation) => classShares(labels, result.classes.length);
    return {
      standing,
      changes: classChangesOf(shares(before), shares(result), result.classes, result.palette),
      flips: labelFlips(before.labels, result.labels, editedArea(edits, original))
    };
  };
}
