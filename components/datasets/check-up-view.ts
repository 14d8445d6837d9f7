import {html} from "htl";
import {percent} from "../classes/class-legend.js";

/** Something that was found, in words. */
export interface ShownFinding {
  /** Whether results would be wrong, or could not be had at all. */
  readonly grave: boolean;
  readonly sentence: string;
  /** What a press of its button does; null where it has none. */
  readonly mend: string | null;
  /** Photos that it concerns; none where all. */
  readonly photos: readonly string[];
}

/** A value that masks hold. */
export interface ShownClass {
  readonly id: number;
  readonly name: string;
  /** CSS colour. */
  readonly colour: string;
  /** Of all pixels, 0-1. */
  readonly share: number;
  /** Masks that have it. */
  readonly masks: number;
}

/** So many photos of a finding are named; the others are counted. */
const MOST_NAMED = 12;

/**
 * What a look at every photo and mask has found: the findings, the gravest first, each with its mend, and the share of each class.
 *
 * @param options.photos how many photos were looked at
 * @param options.onMend called with the place of the finding whose mend the reader wants
 * @param options.onPhoto called with the name of a photo that the reader wants to see
 */
export function checkUpView(options: {
  readonly photos: number;
  readonly findings: readonly ShownFinding[];
  readonly classes: readonly ShownClass[];
  onMend(place: number): void;
  onPhoto(name: string): void;
}): HTMLElement {
  const {photos, findings, classes, onMend, onPhoto} = options;
  const grave = findings.filter((finding) => finding.grave).length;
  const counted = `${photos} ${photos === 1 ? "photo was" : "photos were"} looked at`;
  const summary =
    findings.length === 0
      ? `${counted}: nothing is wrong.`
      : grave === 0
        ? `${counted}: nothing that makes results wrong.`
        : `${counted}: ${grave === 1 ? "one thing has" : `${grave} things have`} to be put right first.`;
  return html`<section class="check-up" aria-label="Check-up">
    <h3 tabindex="-1">Check-up</h3>
    <p>${summary}</p>
    <ol class="findings">${findings.map((finding, place) => findingItem(finding, () => onMend(place), onPhoto))}</ol>
    <h3>What the masks hold</h3>
    <ul class="legend class-shares">${classes.map(classRow)}</ul>
  </section>` as HTMLElement;
}

function findingItem({grave, sentence, mend, photos}: ShownFinding, onMend: () => void, onPhoto: (name: string) => void): Node {
  const named = photos.slice(0, MOST_NAMED);
  return html`<li class=${grave ? "finding grave" : "finding"}>
    <p><strong>${grave ? "Wrong" : "Note"}</strong> ${sentence}</p>
    ${mend === null ? "" : html`<button type="button" class=${grave ? "primary" : ""} onclick=${onMend}>${mend}</button>`}
    ${named.length === 0 ? "" : photosOf(photos.length, named, onPhoto)}
  </li>` as Node;
}

function photosOf(count: number, named: readonly string[], onPhoto: (name: string) => void): Node {
  return html`<details><summary>${count === 1 ? "The photo" : `The ${count} photos`}</summary>
    <div class="finding-photos">
      ${named.map((name) => html`<button type="button" onclick=${() => onPhoto(name)} aria-label=${`Show ${name}`}>${name}</button>`)}
      ${count > named.length ? html`<span class="hint">and ${count - named.length} more</span>` : ""}
    </div>
  </details>` as Node;
}

function classRow({id, name, colour, share, masks}: ShownClass): Node {
  return html`<li>
    <div class="class-share"><span class="swatch" style=${`background:${colour}`}></span><span class="class-id">${id}</span>
      <span class="legend-name">${name}</span><span class="quiet">in ${masks} ${masks === 1 ? "mask" : "masks"}</span>
      <span class="legend-share">${percent(share)}</span></div>
    <span class="legend-bar" style=${`--share:${share};--colour:${colour}`}></span>
  </li>` as Node;
}
