/** A small picture: cells of a person and of a bottle before background. */
export const TOY = {height: 14, width: 24, top: 3, bottom: 11, left: 9, right: 16} as const;

const BOTTLE = {top: 9, bottom: 11, left: 20, right: 22} as const;

/** Class ids of the true mask: 0 background, 1 person, 2 bottle. */
export function truth(): Uint8Array {
  return predicted(TOY.left, true);
}

/** The same of a prediction. @param border column where its person begins; from `TOY.right` on there is none */
export function predicted(border: number, hasBottle: boolean): Uint8Array {
  const {height, width, top, bottom, right} = TOY;
  const labels = new Uint8Array(height * width);
  for (let row = top; row < bottom; row++) labels.fill(1, row * width + Math.min(border, right), row * width + right);
  if (hasBottle)
    for (let row = BOTTLE.top; row < BOTTLE.bottom; row++) labels.fill(2, row * width + BOTTLE.left, row * width + BOTTLE.right);
  return labels;
}
