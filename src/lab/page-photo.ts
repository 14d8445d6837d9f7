import type {Sample} from "../data/samples/samples.js";
import type {DecodedPhoto} from "../media/decode.js";
import type {PageShell} from "./page-shell.js";
import {photoChoice} from "./photo-choice.js";
import type {PhotoChoice} from "./photo-choice.js";
import type {RememberedPhoto} from "./photo-memory.js";

/** The part of a page that its message is about when it is about the photo. */
const PHOTO = "photo";

/**
 * The photo of a page: the page is busy while one loads, and says what stood in the way.
 *
 * @param options.onWanted called with each choice when it begins to load
 * @param options.onPhoto called with each photo that was decoded, and the choice that led to it
 * @param options.report called with what stood in a photo's way; the page's own by default
 */
export function pagePhoto({
  shell,
  samples,
  onWanted = () => {},
  onPhoto,
  report = shell.report
}: {
  readonly shell: PageShell;
  readonly samples: readonly Sample[];
  onWanted?(choice: RememberedPhoto): void;
  onPhoto(photo: DecodedPhoto, choice: RememberedPhoto): void;
  report?(reason: unknown, part: unknown): void;
}): PhotoChoice {
  const loading = shell.busy.task();
  let came = false;
  let failed = false;
  return photoChoice({
    samples,
    onWanted(choice) {
      onWanted(choice);
      loading.begin();
    },
    onPhoto(photo, choice) {
      // A sample in place of a photo that could not be had leaves the sentence that says so.
      if (came || !failed) shell.report(null, PHOTO);
      came = true;
      onPhoto(photo, choice);
      loading.end();
    },
    onFailed(reason) {
      failed = true;
      report(reason, PHOTO);
      loading.end();
    },
    onProblem: (reason) => shell.report(reason, PHOTO)
  });
}
