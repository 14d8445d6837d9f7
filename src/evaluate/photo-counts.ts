import type {ClassTallies, ConfusionMatrix} from "../engine/labels/metrics.js";
import {newCounts} from "./counts.js";
import type {Counts} from "./counts.js";
import type {Setting} from "./setting.js";

/**
 * Of a matrix what is not zero, as pairs of a cell's index and its count: a photo has few of a hundred and fifty classes, and thousands of
 * photos are kept.
 */
export type SparseMatrix = readonly number[];

/** What was counted of one photo: plain JSON, small. */
export interface PhotoCounts {
  /** The photo's name in its data set. */
  readonly id: string;
  /** From pixels to labels. */
  readonly milliseconds: number;
  readonly matrix: SparseMatrix;
  /** Along outlines, where these were measured. */
  readonly outlines?: {readonly rings: readonly SparseMatrix[]; readonly edges: SparseMatrix};
}

/** Makes them of a photo's own counts. */
export function packedCounts(id: string, {milliseconds, network: {matrix, outlines}}: Counts): PhotoCounts {
  return {
    id,
    milliseconds,
    matrix: packed(matrix),
    ...(outlines && {outlines: {rings: outlines.rings.map(packed), edges: packed(outlines.edges)}})
  };
}

/** The counts of photos together, as if they had been counted so. @param setting what they were counted with */
export function summedCounts(photos: readonly PhotoCounts[], classes: number, setting: Pick<Setting, "boundaryDistance">): Counts {
  const sum = newCounts(classes, setting);
  const {matrix, outlines: along} = sum.network;
  for (const {milliseconds, outlines, ...photo} of photos) {
    sum.images++;
    sum.milliseconds += milliseconds;
    add(matrix, photo.matrix);
    if (!along || !outlines) continue;
    add(along.edges, outlines.edges);
    outlines.rings.forEach((ring, index) => add(along.rings[index]!, ring));
  }
  return sum;
}

/** Pixels of a photo by class: three lists as long as there are classes. */
export function talliesOf({matrix}: Pick<PhotoCounts, "matrix">, classes: number): ClassTallies {
  const [labelled, predicted, hits] = [new Float64Array(classes), new Float64Array(classes), new Float64Array(classes)];
  for (let at = 0; at < matrix.length; at += 2) {
    const [truth, guess, count] = [Math.floor(matrix[at]! / classes), matrix[at]! % classes, matrix[at + 1]!];
    labelled[truth]! += count;
    predicted[guess]! += count;
    if (truth === guess) hits[truth]! += count;
  }
  return {labelled, predicted, hits};
}

/** Pixels of true class `truth` that were predicted as `guess`. */
export function countAt({matrix}: Pick<PhotoCounts, "matrix">, classes: number, truth: number, guess: number): number {
  for (let at = 0; at < matrix.length; at += 2) if (matrix[at] === truth * classes + guess) return matrix[at + 1]!;
  return 0;
}

function packed({counts}: ConfusionMatrix): SparseMatrix {
  const found: number[] = [];
  counts.forEach((count, cell) => {
    if (count > 0) found.push(cell, count);
  });
  return found;
}

function add({counts}: ConfusionMatrix, sparse: SparseMatrix): void {
  for (let at = 0; at < sparse.length; at += 2) counts[sparse[at]!]! += sparse[at + 1]!;
}
