import type {DecodedPhoto} from "../media/decode.js";
import {part} from "../part.js";
import type {BackendId} from "../worker/protocol.js";
import type {PageShell} from "./page-shell.js";
import type {RememberedPhoto} from "./photo-memory.js";
import {keepStripPictures, keptStripPictures, showStripPictures, stripEndPoints} from "./strip-pictures.js";
import type {StripPictures} from "./strip-pictures.js";

/**
 * Fills the strip over a lesson with a network's maps of the reader's photo, again for each photo and each model. It is begun by a figure
 * that stands, so that it is in no figure's way.
 *
 * @param chosen the choice that brought the photo
 * @param modelUrl whose maps they are
 */
export function stripFilling<State>(
  shell: PageShell,
  chosen: () => RememberedPhoto,
  modelUrl: (state: State) => string
): (context: {readonly photo: DecodedPhoto; readonly backend: BackendId; readonly state: State}) => void {
  const endPoints = stripEndPoints();
  const {start} = shell.computation<Wanted, StripPictures>({
    part: stripFilling,
    async work({engine, photo, modelUrl, backend}) {
      const {stripMaps} = await part(() => import("./strip-maps.js"));
      return stripMaps(engine, photo, {modelUrl, backend, endPoints});
    },
    show(pictures, {choice, modelUrl}) {
      showStripPictures(pictures);
      keepStripPictures({photo: choice, modelUrl, pictures});
    }
  });
  let last: Wanted | null = null;
  return ({photo, backend, state}) => {
    const wanted = {photo, backend, modelUrl: modelUrl(state), choice: chosen()};
    if (endPoints.length === 0 || (last?.photo === photo && last.modelUrl === wanted.modelUrl)) return;
    last = wanted;
    // What a page before this one has kept stands already.
    if (keptStripPictures(wanted.choice)?.modelUrl === wanted.modelUrl) return;
    void start(wanted);
  };
}

interface Wanted {
  readonly photo: DecodedPhoto;
  readonly backend: BackendId;
  readonly modelUrl: string;
  readonly choice: RememberedPhoto;
}
