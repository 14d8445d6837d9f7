import {writeFile} from "node:fs/promises";
import path from "node:path";
import type {Page} from "@playwright/test";
import sharp from "sharp";

const PERSON = path.resolve(import.meta.dirname, "../../../data/samples/astronaut.jpg");
const [WIDTH, HEIGHT, SIDE] = [640, 480, 300];
/** What is behind and beside the person: a blue that no sample photo has. */
const PLAIN = {r: 20, g: 40, b: 220};
/** For so many frames in turn the person stands on one side: nothing that is as regular as a page's pace. */
const RUNS = [1, 2, 1, 1, 3, 2, 1, 4, 1, 1, 2, 5, 1, 3];

/**
 * A film for Chromium's fake camera in which a person is now left, now right, from one frame to the next: a mask that is not its frame's
 * lies on the wrong side.
 */
export async function alternatingFilm(file: string): Promise<string> {
  const person = await sharp(PERSON).resize(SIDE, SIDE).toBuffer();
  const scene = (left: number) =>
    sharp({create: {width: WIDTH, height: HEIGHT, channels: 3, background: PLAIN}})
      .composite([{input: person, left, top: HEIGHT - SIDE}])
      .jpeg({quality: 92})
      .toBuffer();
  const [onTheLeft, onTheRight] = await Promise.all([scene(0), scene(WIDTH - SIDE)]);
  await writeFile(
    file,
    Buffer.concat(RUNS.flatMap((frames, run) => Array.from({length: frames}, () => (run % 2 ? onTheRight : onTheLeft))))
  );
  return file;
}

/** How a picture tells whether its mask is its own; null where it does not, as one that shows the mask alone. */
export type Look = "beside" | "over" | "behind" | null;

/** What was seen of the pictures. */
export interface Seen {
  look: Look;
  shown: number;
  /** Those whose look told, and had a mask. */
  judged: number;
  /** Those with another frame's mask. */
  wrong: number;
  /** What the first few of these were. */
  readonly examples: string[];
}

type WithSeen = Window & {seen: Seen};

/** Looks at every picture that the page shows of {@link alternatingFilm}. For `addInitScript`. */
export function watchPictures(): void {
  const seen: Seen = {look: null, shown: 0, judged: 0, wrong: 0, examples: []};
  Object.assign(window, {seen});
  const [width, height] = [64, 48];
  const small = new OffscreenCanvas(width, height).getContext("2d", {willReadFrequently: true})!;
  const share = (data: Uint8ClampedArray, from: number, to: number, holds: (r: number, g: number, b: number) => boolean) => {
    let count = 0;
    for (let y = 0; y < height; y++)
      for (let x = from; x < to; x++) {
        const at = 4 * (y * width + x);
        if (holds(data[at]!, data[at + 1]!, data[at + 2]!)) count++;
      }
    return count / (height * (to - from));
  };
  const isPlain = (r: number, g: number, b: number) => b > 130 && b - r > 80 && b - g > 80;
  const isMask = (r: number, g: number, b: number) => r + g + b > 150;
  /** Share of what a picture would not have, if its mask were its own; null where it has no mask. */
  const wrongness = (look: Look, data: Uint8ClampedArray): number | null => {
    const [half, quarter] = [width / 2, width / 4];
    if (look === "beside") {
      const plain = [share(data, 0, quarter, isPlain), share(data, quarter, half, isPlain)] as const;
      const mask = [share(data, half, half + quarter, isMask), share(data, half + quarter, width, isMask)] as const;
      const all = mask[0] + mask[1];
      return all < 0.1 ? null : (plain[0] > plain[1] ? mask[0] : mask[1]) / all;
    }
    const plain = [share(data, 0, half, isPlain), share(data, half, width, isPlain)] as const;
    // Over the photo: the side without the person is plain as a whole. In place of the background: nothing is plain.
    return look === "over" ? 1 - Math.max(...plain) : 2 * Math.max(...plain);
  };
  // A method of the browser's, called as one.
  const transfer = ImageBitmapRenderingContext.prototype.transferFromImageBitmap;
  ImageBitmapRenderingContext.prototype.transferFromImageBitmap = function (picture) {
    if (picture) {
      seen.shown++;
      if (seen.look) {
        small.drawImage(picture, 0, 0, width, height);
        const wrong = wrongness(seen.look, small.getImageData(0, 0, width, height).data);
        if (wrong !== null) seen.judged++;
        if (wrong !== null && wrong > 0.4) {
          seen.wrong++;
          if (seen.examples.length < 5) seen.examples.push(`${location.search}: ${wrong.toFixed(2)}`);
        }
      }
    }
    transfer.call(this, picture);
  };
}

/** From now on pictures have this look. */
export async function expectLook(page: Page, look: Look): Promise<void> {
  await page.evaluate((look) => void ((window as unknown as WithSeen).seen.look = look), look);
}

export function seenOn(page: Page): Promise<Seen> {
  return page.evaluate(() => (window as unknown as WithSeen).seen);
}
