import {html} from "htl";
import {voice} from "../page/voice.js";
import {percent} from "./class-legend.js";

export interface ClassProbability {
  readonly name: string;
  readonly colour: string;
  /** 0-1. */
  readonly probability: number;
}

export interface ClassProbabilities extends HTMLElement {
  update(pixel: {readonly x: number; readonly y: number}, classes: readonly ClassProbability[]): void;
}

/** How many classes are shown: the most probable ones. */
const SHOWN = 5;

/** The probabilities of one pixel's classes as bars, the most probable first; the first two are said to those who listen. */
export function classProbabilities(): ClassProbabilities {
  const where = html`<span class="pixel" role="group" aria-label="Pixel">—</span>` as HTMLElement;
  const list = html`<ol class="bars" aria-label="Class probabilities" hidden></ol>` as HTMLOListElement;
  const hint = html`<p class="hint">Point at the picture, or focus it and use the arrow keys.</p>` as HTMLElement;
  const said = voice();
  const panel =
    html`<section class="panel"><div class="panel-head"><h2>At the pixel</h2>${where}</div>${hint}${list}${said}</section>` as ClassProbabilities;
  const rows = Array.from({length: SHOWN}, () => {
    const name = html`<span class="bar-name"></span>` as HTMLElement;
    const value = html`<span class="bar-value"></span>` as HTMLElement;
    const bar = html`<span class="bar"></span>` as HTMLElement;
    return {element: html`<li>${name}${value}${bar}</li>` as HTMLElement, name, value, bar};
  });
  list.append(...rows.map(({element}) => element));
  panel.update = ({x, y}, classes) => {
    where.textContent = `x ${x}, y ${y}`;
    hint.hidden = true;
    list.hidden = false;
    const top = [...classes].sort((a, b) => b.probability - a.probability).slice(0, SHOWN);
    const [first, second] = top.map(({name, probability}) => `${name}, ${percent(probability)}`);
    said.say(`${first}${second ? `, then ${second}` : ""}, at x ${x}, y ${y}.`);
    rows.forEach(({element, name, value, bar}, index) => {
      const entry = top[index];
      element.hidden = !entry;
      if (!entry) return;
      name.textContent = entry.name;
      value.textContent = percent(entry.probability);
      bar.style.setProperty("--share", String(entry.probability));
      bar.style.setProperty("--colour", entry.colour);
    });
  };
  return panel;
}
