import {html, svg} from "htl";
import {nextId} from "../fields/fields.js";

/** A button or a choice of the bar. */
export interface BarItem<Id extends string> {
  readonly id: Id;
  readonly label: string;
  /** The key that does the same. */
  readonly shortcut: string;
  /** Path of its picture, in a square of 24. */
  readonly icon: string;
}

export interface ToolBar<Tool extends string, Action extends string> extends HTMLElement {
  /** Shows which tool holds. */
  show(tool: Tool): void;
  /** Whether an action can be done now. */
  enable(action: Action, isEnabled: boolean): void;
  /** Whether what an action turns on and off is on. */
  press(action: Action, isPressed: boolean): void;
}

/** Tools, of which one holds, and beside them actions. */
export function toolBar<Tool extends string, Action extends string>(options: {
  readonly tools: readonly BarItem<Tool>[];
  /** In groups. */
  readonly actions: readonly (readonly BarItem<Action>[])[];
  onTool(tool: Tool): void;
  onAction(action: Action): void;
}): ToolBar<Tool, Action> {
  const {tools, actions, onTool, onAction} = options;
  const name = nextId("tool");
  const inputs = tools.map(
    ({id}) => html`<input type="radio" name=${name} value=${id} onchange=${() => onTool(id)} />` as HTMLInputElement
  );
  const buttons = new Map(
    actions.flat().map((item) => {
      const button =
        html`<button type="button" title=${titleOf(item)} aria-label=${item.label} onclick=${() => onAction(item.id)}>${picture(item.icon)}</button>` as HTMLButtonElement;
      return [item.id, button] as const;
    })
  );
  const bar = html`<div class="tool-bar">
    <div class="tool-group" role="radiogroup" aria-label="Tool">${tools.map(
      (item, index) =>
        html`<label class="tool" title=${titleOf(item)}>${inputs[index]}<span>${picture(item.icon)}${item.label}</span></label>`
    )}</div>
    ${actions.map((group) => html`<div class="tool-group" role="group">${group.map(({id}) => buttons.get(id))}</div>`)}
  </div>` as HTMLElement as ToolBar<Tool, Action>;
  bar.show = (tool) => {
    for (const input of inputs) input.checked = input.value === tool;
  };
  bar.enable = (action, isEnabled) => {
    buttons.get(action)!.disabled = !isEnabled;
  };
  bar.press = (action, isPressed) => buttons.get(action)!.setAttribute("aria-pressed", String(isPressed));
  return bar;
}

function titleOf({label, shortcut}: BarItem<string>): string {
  return `${label} (${shortcut})`;
}

function picture(icon: string): SVGElement {
  return svg`<svg viewBox="0 0 24 24" aria-hidden="true"><path d=${icon} /></svg>` as SVGElement;
}
