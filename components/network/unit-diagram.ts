import {html} from "htl";
import {colourValues} from "../maps/colour-values.js";
import type {Colour} from "../maps/colour-values.js";

/** One box of the diagram, with the tensor that leaves it. */
export interface DiagramNode {
  /** By which it is told from the others. */
  readonly name: string;
  readonly title: string;
  /** Short lines under the title. */
  readonly lines: readonly string[];
  /** CSS colour of its kind, which the title names too. */
  readonly kindColour: string;
  /** Channels as a share (0-1) of the most in the unit, drawn as a bar. */
  readonly share: number;
  readonly height: number;
  readonly width: number;
  /** Row by row. */
  readonly values: ArrayLike<number>;
  colour(value: number): Colour;
}

export interface UnitDiagram extends HTMLElement {
  /** @param isConnected whether the skip from the first box to the last carries its input */
  update(nodes: readonly DiagramNode[], isConnected: boolean): void;
  /** Marks the box of this name. */
  choose(name: string): void;
}

interface Box {
  readonly item: HTMLElement;
  show(node: DiagramNode): void;
  mark(isChosen: boolean): void;
}

/**
 * A residual unit from top to bottom: a box a layer with its output in small, and the skip beside them from the first
 * box to the last.
 *
 * @param options.onNode called with the name of the box that the reader clicks or brings the focus to
 */
export function unitDiagram({label, onNode}: {readonly label: string; onNode(name: string): void}): UnitDiagram {
  const list = html`<ol></ol>` as HTMLElement;
  const skipLabel = html`<span></span>` as HTMLElement;
  const skip = html`<div class="unit-skip">${skipLabel}</div>` as HTMLElement;
  const diagram = html`<div class="unit-diagram" role="group" aria-label=${label}>${skip}${list}</div>` as UnitDiagram;
  let boxes = new Map<string, Box>();
  let chosen = "";
  const mark = () => boxes.forEach((box, name) => box.mark(name === chosen));

  diagram.update = (nodes, isConnected) => {
    skip.classList.toggle("cut", !isConnected);
    skipLabel.textContent = isConnected ? "skip" : "no skip: 0";
    // The boxes of the same unit stay, so that the one with the focus keeps it.
    if ([...boxes.keys()].join() !== nodes.map(({name}) => name).join()) {
      boxes = new Map(nodes.map(({name}) => [name, boxOf(() => onNode(name))]));
      list.replaceChildren(...[...boxes.values()].map(({item}) => item));
    }
    for (const node of nodes) boxes.get(node.name)!.show(node);
    mark();
  };
  diagram.choose = (name) => {
    chosen = name;
    mark();
  };
  return diagram;
}

function boxOf(choose: () => void): Box {
  const canvas = html`<canvas width="1" height="1" aria-hidden="true"></canvas>` as HTMLCanvasElement;
  const title = html`<b></b>` as HTMLElement;
  const lines = html`<span class="unit-lines"></span>` as HTMLElement;
  const bar = html`<span class="unit-channels" aria-hidden="true"></span>` as HTMLElement;
  const button =
    html`<button type="button" aria-pressed="false" onclick=${choose} onfocus=${choose}>${canvas}<span class="unit-text">${title}${lines}${bar}</span></button>` as HTMLElement;
  return {
    item: html`<li>${button}</li>` as HTMLElement,
    show(node) {
      const {height, width} = node;
      if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, {width, height});
      canvas.getContext("2d")?.putImageData(new ImageData(colourValues(node.values, node.colour), width, height), 0, 0);
      button.style.setProperty("--kind", node.kindColour);
      bar.style.setProperty("--share", String(node.share));
      title.textContent = node.title;
      lines.replaceChildren(...node.lines.map((line) => html`<span>${line}</span>` as Node));
    },
    mark: (isChosen) => button.setAttribute("aria-pressed", String(isChosen))
  };
}
