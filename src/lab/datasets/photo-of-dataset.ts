import {html} from "htl";
import {labelledPhotoView} from "../../components/datasets/labelled-photo.js";
import {selectField} from "../../components/fields/fields.js";
import {maskColours, rawValue} from "../../media/mask-look.js";
import {rgbaCanvas} from "../../media/rgba-canvas.js";
import type {CheckedSplit, SeenPhoto, SplitChoice} from "../../worker/dataset-messages.js";
import {namesSwitch} from "../names-choice.js";
import type {NamesStore} from "../names-choice.js";
import type {PageShell} from "../page-shell.js";
import {regionNames} from "../region-names.js";
import {follow} from "../state.js";
import type {ClassLook} from "./class-look.js";

export interface PhotoOfDataset {
  readonly element: HTMLElement;
  /** Offers the photos of a list, and shows the first. */
  offer(list: SplitChoice & {readonly checked: CheckedSplit}, look: ClassLook): void;
  clear(): void;
  /** Shows one of them, and brings it into view. */
  show(name: string): void;
}

/** The photos of a list one by one, each beside its mask in colour, with the raw values under the pointer. */
export function photoOfDataset(shell: PageShell, store: NamesStore): PhotoOfDataset {
  let offered: {readonly list: SplitChoice & {readonly checked: CheckedSplit}; readonly look: ClassLook} | null = null;
  const view = labelledPhotoView();
  const photos = selectField({label: "Photo", choices: [], value: "", onChange: (place) => see(Number(place))});
  const place = html`<div></div>` as HTMLElement;
  const element =
    html`<section class="dataset-photos" hidden aria-label="Photos and masks"><h3>Photos and masks</h3>${photos}${namesSwitch(store)}${place}</section>` as HTMLElement;

  const {start} = shell.computation<{readonly place: number}, SeenPhoto | null>({
    part: "photo of the data set",
    work: async ({place, engine}) => (offered ? engine.seePhoto(offered.list, place) : null),
    show(seen, {place: number}) {
      if (!seen || !offered) return;
      const {names, palette} = offered.look;
      const {photo, mask} = seen;
      const picture = rgbaCanvas(new Uint8ClampedArray(photo.rgba), photo);
      const coloured = rgbaCanvas(maskColours(mask, palette), mask);
      place.replaceChildren(view);
      view.show({
        name: offered.list.checked.ids[number]!,
        photo: {...sizeOf(photo), paint: (context) => context.drawImage(picture, 0, 0)},
        mask: {
          ...sizeOf(mask),
          paint: (context) => context.drawImage(coloured, 0, 0),
          at(x, y) {
            const raw = rawValue(mask, x, y);
            const name = mask.channels <= 2 ? names[Number(raw)] : undefined;
            return name ? `${raw} (${name})` : raw;
          },
          // What holds colours has no classes yet.
          names: () => (mask.channels > 1 ? [] : regionNames({...sizeOf(mask), labels: Uint8Array.from(mask.values)}, names))
        }
      });
    }
  });
  const see = (number: number) => {
    photos.show(String(number));
    // The photo before is no longer what the list says.
    place.replaceChildren();
    void start({place: number});
  };

  follow(store, ["names"], (state) => view.name(state.names));

  return {
    element,
    offer(list, look) {
      offered = {list, look};
      const {ids} = list.checked;
      element.hidden = ids.length === 0;
      photos.offer(
        ids.map((id, index) => ({value: String(index), label: id})),
        "0"
      );
      if (ids.length > 0) see(0);
    },
    clear() {
      offered = null;
      element.hidden = true;
    },
    show(name) {
      const found = offered?.list.checked.ids.indexOf(name) ?? -1;
      if (found < 0) return;
      see(found);
      element.scrollIntoView({block: "nearest"});
    }
  };
}

function sizeOf({width, height}: {readonly width: number; readonly height: number}) {
  return {width, height};
}
