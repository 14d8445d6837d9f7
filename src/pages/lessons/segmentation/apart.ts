import {html} from "htl";
import type {ApartTiles} from "../../../components/maps/apart-tiles.js";
import {part} from "../../../part.js";
import type {Segmentation} from "../../../worker/protocol.js";

/** A network that took longer than this, in milliseconds, is not run once more before the reader asks for it. */
const QUICK = 1500;

/** A photo and its mask that stand, and what else the network can say of it. */
export interface ApartSource {
  readonly result: Segmentation;
  /** The activations of that run, by end point. */
  tapped(endPoints: readonly string[]): Promise<Segmentation["taps"]>;
}

export interface ApartPhoto {
  /** Takes the photo apart, and puts it together. */
  readonly button: HTMLButtonElement;
  /** A mask that stands now. The first one comes apart by itself, where the machine is quick and the reader has not begun to look. */
  offer(source: ApartSource): void;
}

/**
 * A photo that comes apart into the maps that the network makes of it, and is its mask where the reader points. Nothing of it is loaded
 * or computed before the first mask stands.
 *
 * @param map shows photo and mask
 * @param report says what went wrong; null where nothing did
 */
export function apartPhoto(map: HTMLElement, report: (reason: unknown) => void): ApartPhoto {
  let source: ApartSource | null = null;
  let tiles: ApartTiles | null = null;
  let isApart = false;
  let isTouched = false;
  const button =
    html`<button type="button" class="apart-button" disabled onclick=${() => void (isApart ? together() : apart())}></button>` as HTMLButtonElement;
  const write = (text = isApart ? "Put it together" : "Take it apart") => (button.textContent = text);
  write();
  for (const kind of ["pointermove", "pointerdown", "keydown"])
    map.addEventListener(kind, () => {
      isTouched = true;
      tiles?.classList.add("at-once");
    });

  async function apart(): Promise<void> {
    const of = source;
    if (!of) return;
    isApart = true;
    write("Computing its maps");
    try {
      const {stagesOf, takenApart} = await part(() => import("./apart-maps.js"));
      if (!tiles) {
        const taps = await of.tapped(stagesOf(of.result.plan).map(({name}) => name));
        // Another photo came meanwhile, and is taken apart instead.
        if (of !== source) return;
        tiles = takenApart(of.result, taps);
        map.append(tiles);
      }
      tiles.show(isApart);
    } catch (reason) {
      if (of !== source) return;
      isApart = false;
      report(reason);
    }
    write();
  }

  function together(): void {
    isApart = false;
    tiles?.show(false);
    write();
  }

  return {
    button,
    offer(next) {
      const isFirst = source === null;
      source = next;
      tiles?.remove();
      tiles = null;
      button.disabled = false;
      const isQuick = next.result.timings.network < QUICK;
      const mayMove = !matchMedia("(prefers-reduced-motion: reduce)").matches && document.visibilityState === "visible";
      if (isApart || (isFirst && isQuick && mayMove && !isTouched)) void apart();
    }
  };
}
