import {counted, finding, listed, masks, some} from "./finding.js";
import type {Finding, Looked, SizeFault} from "./finding.js";

/* What can be wrong with files, and with how they belong together. */

/** Files are empty or damaged. */
export function unreadable({unreadable: faults}: Looked): readonly Finding[] {
  return faults.map(({id, sentence}) =>
    finding(sentence, {photos: [id], mend: {label: "Leave this photo out", apply: {kind: "leave out", photos: [id]}}})
  );
}

/** So many are told one by one. */
const FEW = 5;

/** What is named is not there. */
export function missing({split: {faults, items}}: Looked): readonly Finding[] {
  if (faults.length === 0) return [];
  const more = faults.length - FEW;
  const sentence = [...faults.slice(0, FEW), ...(more > 0 ? [`${more} more of this list are wrong.`] : [])].join(" ");
  if (items.length === 0) return [finding(sentence)];
  return [finding(sentence, {mend: {label: `Go on with the ${items.length} that are whole`, apply: {kind: "go on without"}}})];
}

/** How the list was read. */
export function noted({split: {notes = []}}: Looked): readonly Finding[] {
  return notes.map((sentence) => finding(sentence, {grave: false}));
}

/** Masks have another size than their photos. */
export function sizes({sizes: faults}: Looked): readonly Finding[] {
  if (faults.length === 0) return [];
  const [{id, mask, photo}] = faults as [SizeFault];
  const photos = faults.map((fault) => fault.id);
  const one = faults.length === 1;
  const how = `that of "${id}" is ${mask.width}x${mask.height} pixels, its photo ${photo.width}x${photo.height}`;
  // A mask whose shape is another's is not a smaller one.
  const skewed = faults.filter(({mask: m, photo: p}) => Math.abs((m.width * p.height) / (m.height * p.width) - 1) > 0.02);
  if (skewed.length > 0) {
    return [
      finding(
        `${masks(photos)} not ${one ? "its" : "their"} photo's size, and ${one ? "not its shape" : `${skewed.length} not its shape`}: ${how}.`,
        {
          photos,
          mend: {label: "Leave these photos out", apply: {kind: "leave out", photos}}
        }
      )
    ];
  }
  return [
    finding(`${masks(photos)} not ${one ? "its" : "their"} photo's size: ${how}.`, {
      photos,
      mend: {label: "Resize the masks", apply: {kind: "resize"}}
    })
  ];
}

/** Lists that should be apart are not. */
export function sharedPhotos({shared, dataset: {splits}, split}: Looked): readonly Finding[] {
  if (shared.length === 0) return [];
  const photos = shared.map(({id}) => id);
  const others = [...new Set(shared.map((each) => each.split))];
  // Left out of one list only: out of both, they would be gone.
  const isFirst = others.every((other) => splits.indexOf(split.name) < splits.indexOf(other));
  return [
    finding(`${counted(photos)} in ${listed(others)} as well: what was learnt from cannot measure what was learnt.`, {
      photos,
      grave: false,
      ...(isFirst ? {mend: {label: "Leave these photos out", apply: {kind: "leave out" as const, photos}}} : {})
    })
  ];
}

/** Photos count twice. */
export function repeatedPhotos({repeated}: Looked): readonly Finding[] {
  if (repeated.length === 0) return [];
  const photos = repeated.map(({id}) => id);
  const [{id, like}] = repeated as [{id: string; like: string}];
  return [
    finding(`${counted(photos)} in this list twice: "${id}" is "${like}".`, {
      photos,
      grave: false,
      mend: {label: "Leave the second out", apply: {kind: "leave out", photos}}
    })
  ];
}

/** Photos have no masks, or masks no photos. */
export function unpaired({
  dataset: {
    unpaired: {photos, masks: lone}
  }
}: Looked): readonly Finding[] {
  const told = (paths: readonly string[], what: string, lacks: string) =>
    paths.length === 0
      ? []
      : [
          finding(`${paths.length} ${what}${paths.length === 1 ? " has" : "s have"} no ${lacks} of the same name: ${some(paths)}.`, {
            grave: false
          })
        ];
  return [...told(photos, "photo", "mask"), ...told(lone, "mask", "photo")];
}
