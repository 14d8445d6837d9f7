import {html} from "htl";
import {featureMaps} from "../maps/feature-maps.js";
import type {FeatureMapValues} from "../maps/feature-maps.js";

export interface DeskStrip {
  readonly name: string;
  readonly title: string;
  /** CSS colour. */
  readonly colour: string;
  /** A control of the strip's own, such as its rate. */
  readonly control: HTMLElement | null;
}

export interface MixingDesk extends HTMLElement {
  /** Which strips are muted. */
  mute(muted: ReadonlySet<string>): void;
  /** What a strip's branch makes of the photo, with a remark. */
  fill(name: string, maps: FeatureMapValues, note: string): void;
}

/** How many channels of a branch are shown. */
const CHANNELS = 8;

/** Strips that are mixed: each can be muted, or be the only one that is heard. */
export function mixingDesk(options: {
  readonly strips: readonly DeskStrip[];
  onMute(name: string): void;
  onSolo(name: string): void;
}): MixingDesk {
  const strips = options.strips.map(({name, title, colour, control}) => {
    const mute =
      html`<button type="button" aria-pressed="false" aria-label=${`Mute ${title}`} onclick=${() => options.onMute(name)}>Mute</button>` as HTMLElement;
    const solo =
      html`<button type="button" aria-pressed="false" aria-label=${`Solo ${title}`} onclick=${() => options.onSolo(name)}>Solo</button>` as HTMLElement;
    const maps = featureMaps({label: `Feature maps of ${title}`, shown: CHANNELS});
    const note = html`<span class="quiet"></span>` as HTMLElement;
    const element = html`<section class="strip" style=${`--branch:${colour}`} aria-label=${title}>
      <div class="strip-head"><h4>${title}</h4>${note}${mute}${solo}</div>${control}${maps}
    </section>` as HTMLElement;
    return {name, element, mute, solo, maps, note};
  });
  const desk = html`<div class="desk">${strips.map(({element}) => element)}</div>` as HTMLElement as MixingDesk;
  desk.mute = (muted) => {
    for (const {name, element, mute, solo} of strips) {
      const alone = !muted.has(name) && muted.size === strips.length - 1;
      element.classList.toggle("muted", muted.has(name));
      mute.setAttribute("aria-pressed", String(muted.has(name)));
      solo.setAttribute("aria-pressed", String(alone));
    }
  };
  desk.fill = (name, values, note) => {
    const strip = strips.find((candidate) => candidate.name === name);
    if (!strip) throw new RangeError(`There is no strip named "${name}" on this desk.`);
    strip.maps.update(values);
    strip.note.textContent = note;
  };
  return desk;
}
