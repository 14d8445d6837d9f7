import {html} from "htl";
import {extentOf, sequential} from "../maps/colour-maps.js";
import {colourValues} from "../maps/colour-values.js";
import {meanActivation} from "../maps/feature-maps.js";
import type {FeatureMapValues} from "../maps/feature-maps.js";

export interface Stage {
  /** End point. */
  readonly name: string;
  readonly title: string;
  /** CSS colour. */
  readonly colour: string;
  readonly maps: FeatureMapValues;
}

export interface StageStrip extends HTMLElement {
  update(stages: readonly Stage[], chosen: string): void;
}

/** The stages of a network in order, each with its shape and its mean activation as a picture; one is chosen. */
export function stageStrip({label, onChoose}: {readonly label: string; onChoose(name: string): void}): StageStrip {
  const list = html`<ol class="stages" aria-label=${label}></ol>` as HTMLElement as StageStrip;
  list.update = (stages, chosen) => {
    // A redraw under the keyboard's focus would lose it.
    const focused = [...list.querySelectorAll("button")].findIndex((button) => button === document.activeElement);
    list.replaceChildren(
      ...stages.map(({name, title, colour, maps}) => {
        const {height, width, channels} = maps;
        const mean = meanActivation(maps);
        const canvas = html`<canvas width=${width} height=${height} aria-hidden="true"></canvas>` as HTMLCanvasElement;
        canvas.getContext("2d")?.putImageData(new ImageData(colourValues(mean, sequential(...extentOf(mean))), width, height), 0, 0);
        return html`<li><button type="button" style=${`--stage:${colour}`} aria-pressed=${String(name === chosen)} onclick=${() => onChoose(name)}>
          ${canvas}<strong>${title}</strong><span class="quiet">${width} × ${height} × ${channels}</span></button></li>` as Node;
      })
    );
    list.querySelectorAll("button")[focused]?.focus();
  };
  return list;
}
