/** The lessons in their order. */
export interface LessonEntry {
  readonly path: string;
  /** Short, for the navigation. */
  readonly name: string;
  /** What the reader will know after it. */
  readonly about: string;
  /** Id of the sample that it opens on where the reader has chosen no photo: by default the first. */
  readonly sample?: string;
}

export const LESSONS: readonly LessonEntry[] = [
  {path: "/", name: "Segmentation", about: "What a class for every pixel is, on a photo of yours."},
  {path: "/atrous", name: "Atrous convolution", about: "How a 3×3 kernel sees further with the same nine weights, and how far is too far."},
  {path: "/output-stride", name: "Output stride", about: "One trained network at three resolutions: what detail costs."},
  {path: "/separable", name: "Separable convolution", about: "The same kind of layer for little more than a ninth of the multiplications."},
  {path: "/residual", name: "Residual units", about: "What deep networks are stacked from, and what multi-grid does to the last of them."},
  {path: "/aspp", name: "ASPP", about: "Five looks at one place, mixed: rates to turn, branches to mute."},
  {path: "/decoder", name: "Decoder", about: "Where sharp edges come from: the low-level skip, cut and transplanted.", sample: "horses"},
  {path: "/network", name: "The whole network", about: "Every layer, its shape and its cost, and how four papers built it."},
  {path: "/learning", name: "Learning", about: "What the loss asks of a layer, and why labels stay large and batch norms are frozen."},
  {path: "/quantisation", name: "Quantisation", about: "Eight bits a weight: what one scale for a whole layer ruins, and why."}
];

/** Whether an address within the site is a lesson's. */
export function isLesson(address: string): boolean {
  return LESSONS.some(({path}) => path === address);
}
