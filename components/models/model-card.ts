import {html} from "htl";
import {nextId} from "../fields/fields.js";
import {renaming} from "./renaming.js";

export interface ModelCardOptions {
  readonly title: string;
  /** Where it comes from, in a word or two, and its size. */
  readonly note: string;
  /** What is to be known of it before all else; empty for nothing. */
  readonly remark: string;
  readonly facts: readonly (readonly [name: string, value: string])[];
  /** Further controls and views, between the facts and what can be done. */
  readonly parts: readonly Node[];
  /** Those apart open in a tab of their own, which may look at what this page holds. */
  readonly links: readonly {readonly label: string; readonly href: string; readonly download?: string; readonly isApart?: boolean}[];
  /** Starts to measure how long a run takes. */
  onMeasure(): void;
  /** Writes it as an ONNX graph. */
  readonly onnx: {
    /** For which photos, in words. */
    readonly hint: string;
    onDownload(): void;
  };
  /** What can be done with a model that the reader keeps. */
  readonly own?: {
    onRename(title: string): void;
    onDownload(): void;
    onDelete(): void;
  };
}

export interface ModelCard extends HTMLElement {
  /** Says how long a run takes, or that it is being measured, which cannot be asked for meanwhile. */
  showTime(words: string, isMeasuring: boolean): void;
}

/** A model: what it is, what it costs, and what can be done with it. */
export function modelCard(options: ModelCardOptions): ModelCard {
  const {title, note, remark, facts, parts, links, onnx, own} = options;
  const id = nextId("model");
  const time = html`<span role="status"></span>` as HTMLElement;
  // It is left enabled to the eye of the keyboard's focus while it measures, which would be lost otherwise.
  const measure =
    html`<button type="button" aria-label=${`Measure the time of ${title}`} onclick=${() => measure.ariaDisabled !== "true" && options.onMeasure()}>Measure</button>` as HTMLButtonElement;
  const heading = html`<h3 id=${id} tabindex="-1">${title}</h3>` as HTMLElement;
  const card = html`<article class="model-card panel" aria-labelledby=${id}>
    ${heading}
    <p class="quiet">${note}</p>
    ${remark && html`<p class="model-remark">${remark}</p>`}
    <dl>
      ${facts.filter(([, value]) => value).map(([name, value]) => html`<div><dt>${name}</dt><dd>${breakable(value)}</dd></div>`)}
      <div><dt>Time on this machine</dt><dd class="model-time">${time}${measure}</dd></div>
    </dl>
    ${parts}
    <div class="model-actions">
      ${links.map(
        ({label, href, download, isApart}) =>
          html`<a href=${href} download=${download ?? false} target=${isApart ? "_blank" : false} rel=${isApart ? "opener" : false} aria-label=${`${label}: ${title}`}>${label}</a>`
      )}
      ${own && html`<button type="button" aria-label=${`Download ${title} as safetensors`} onclick=${() => own.onDownload()}>Download</button>`}
      <button type="button" title=${onnx.hint} aria-label=${`Download as ONNX: ${title}`} onclick=${() => onnx.onDownload()}>Download as ONNX</button>
      ${own && renaming({title, onRename: own.onRename})}
      ${own && deleting(title, () => own.onDelete())}
    </div>
  </article>` as ModelCard;
  card.showTime = (words, isMeasuring) => {
    time.textContent = words;
    measure.ariaDisabled = String(isMeasuring);
  };
  return card;
}

/** A button that asks once more before something is gone. */
function deleting(title: string, onDelete: () => void): HTMLElement {
  const ask = html`<button type="button" aria-label=${`Delete ${title}`} onclick=${() => show(true)}>Delete</button>` as HTMLElement;
  const keep = html`<button type="button" onclick=${() => show(false)}>Keep it</button>` as HTMLElement;
  const sure = html`<span class="model-sure" role="group" aria-label=${`Delete ${title}?`}>Delete it from this browser?
    <button type="button" class="danger" onclick=${onDelete}>Delete it</button>${keep}</span>` as HTMLElement;
  const place = html`<span class="model-delete">${ask}</span>` as HTMLElement;
  const show = (isAsking: boolean) => {
    place.replaceChildren(isAsking ? sure : ask);
    (isAsking ? keep : ask).focus();
  };
  return place;
}

/** A file's name may go on in the next line after an underscore, and nowhere else. */
function breakable(text: string): (string | Node)[] {
  return text.split(/(?<=_)/).flatMap((part, index) => (index > 0 ? [html`<wbr>` as Node, part] : [part]));
}
