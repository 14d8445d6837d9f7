import {html} from "htl";
import {typeset} from "../page/typeset.js";

export interface PresetList extends HTMLElement {
  /** Marks the presets that stand now, and shows what to look for in the first of them. */
  show(stand: readonly boolean[]): void;
}

/** Buttons that set a figure's controls, each with a sentence on what to look for. */
export function presetList(presets: readonly {readonly label: string; readonly look: string; choose(): void}[]): PresetList {
  const buttons = presets.map(
    ({label, choose}) =>
      html`<button type="button" aria-pressed="false" onclick=${() => choose()}>${typeset(label)}</button>` as HTMLButtonElement
  );
  const look = html`<p class="look"></p>` as HTMLElement;
  const list = html`<div class="presets"><div role="group" aria-label="Presets">${buttons}</div>${look}</div>` as PresetList;
  list.show = (stand) => {
    buttons.forEach((button, index) => button.setAttribute("aria-pressed", String(stand[index] ?? false)));
    const chosen = presets[stand.indexOf(true)];
    look.textContent = chosen ? typeset(chosen.look) : "";
  };
  return list;
}
