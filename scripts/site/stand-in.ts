import {copyFile, mkdir} from "node:fs/promises";
import path from "node:path";
import {megabytes} from "../../src/lab/quantities.js";
import {FIRST_PHOTO, firstMasks} from "./first-masks.js";
import type {FirstMask} from "./first-masks.js";
import {DIST} from "./root.js";

/** What stands in for a page's first mask. */
export interface StandIn extends Omit<FirstMask, "file"> {
  /** Address of the PNG, from the page. */
  readonly href: string;
}

/** A place that shows the first mask of a page, before the page's scripts have filled it. */
const PLACE = /class="[^"]*\bfirst-mask\b[^"]*"><observablehq-loading>/;

/** Where they are in the site: named by what they were made from. */
const FOLDER = "_file/first-masks";

/** Whether a page has such a place. */
export function hasPlace(page: string): boolean {
  return PLACE.test(page);
}

/** Puts the masks that models make of the photo that pages begin with into the built site. @param ids of the models */
export async function writeStandIns(ids: readonly string[]): Promise<StandIn[]> {
  await mkdir(path.join(DIST, FOLDER), {recursive: true});
  const masks = await firstMasks({ids});
  return Promise.all(
    masks.map(async ({file, ...mask}) => {
      const place = `${FOLDER}/${path.basename(file)}`;
      await copyFile(file, path.join(DIST, place));
      return {...mask, href: `./${place}`};
    })
  );
}

/**
 * A page in whose place for the first mask, where it has one, a photo stands with a mask that was made before: from the first moment until
 * `adoptStandIn` (`src/lab/stand-in.ts`) takes it into the figure. Which one, if any, is said by what was announced.
 *
 * @param photo address of the photo
 */
export function withStandIn(page: string, photo: string, standIns: readonly StandIn[]): string {
  const shown = standIns.map((standIn) => [standIn.href, markup(standIn, photo)]);
  return shown.length === 0 ? page : page.replace(PLACE, (place) => `${place}<script>(${STAND_IN})(${JSON.stringify(shown)})</script>`);
}

function markup({width, height, href, bytes}: StandIn, photo: string): string {
  const image = (source: string, alt: string) => `<img src="${source}" alt="${alt}" width="${width}" height="${height}" decoding="sync">`;
  return [
    `<div class="stand-in" style="--aspect:${width / height}">`,
    image(photo, `${FIRST_PHOTO.title}, with a mask that was made when this site was built`),
    image(href, ""),
    `<p>Made when this site was built<span class="stand-in-soon">; live once the network is here, ${megabytes(bytes)}</span>.</p></div>`
  ].join("");
}

/** In the page, where it stands. */
const STAND_IN = `(standIns) => {
  const [, markup] = standIns.find(([href]) => document.head.querySelector('link[href="' + href + '"]')) ?? [];
  if (markup) document.currentScript.insertAdjacentHTML("afterend", markup);
}`;
