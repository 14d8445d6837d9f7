/** The classes of PASCAL VOC 2012, background first. */
export const VOC_CLASSES: readonly string[] = [
  "background",
  "aeroplane",
  "bicycle",
  "bird",
  "boat",
  "bottle",
  "bus",
  "car",
  "cat",
  "chair",
  "cow",
  "diningtable",
  "dog",
  "horse",
  "motorbike",
  "person",
  "pottedplant",
  "sheep",
  "sofa",
  "train",
  "tvmonitor"
];

/**
 * The colour map of PASCAL VOC for any number of classes up to 256: bits 0, 3, 6 of the class id, from the top, are the
 * bits of red; bits 1, 4, 7 of green; bits 2, 5 of blue.
 */
export function vocPalette(classes: number): [number, number, number][] {
  return Array.from({length: classes}, (_, id) => {
    const colour: [number, number, number] = [0, 0, 0];
    for (let bit = 0; bit < 8; bit++) {
      const channel = bit % 3;
      const place = 7 - Math.floor(bit / 3);
      colour[channel]! |= ((id >> bit) & 1) << place;
    }
    return colour;
  });
}
