import {switchField} from "../components/fields/fields.js";
import type {SwitchField} from "../components/fields/fields.js";
import {keptAs} from "../site.js";
import {flag, follow} from "./state.js";
import type {Parameter, Store} from "./state.js";

/* Whether the names of classes stand on masks: who tells colours apart badly chooses it once, on any page, for all of them. */

/** The state of a page on whose masks the regions' names stand where the reader wants them. */
export type NamesStore = Pick<Store<{readonly names: Parameter<boolean>}>, "get" | "set" | "listen">;

const KEY = keptAs("deeplab-workbench/names");

/** @param usual whether names stand on a page's masks for readers who never chose */
export function namesParameter(usual: boolean): Parameter<boolean> {
  return flag("names", remembered() ?? usual);
}

/** Whether names stand on masks of a page that has no switch for them. */
export function areNamesWanted(): boolean {
  return remembered() ?? false;
}

/** Whether the names stand there; as many switches as there are figures all say the same. */
export function namesSwitch(store: NamesStore): SwitchField {
  const onChange = (names: boolean) => chooseNames(store, names);
  const field = switchField({label: "Names on the regions", value: store.get().names, onChange});
  follow(store, ["names"], ({names}) => field.show(names));
  return field;
}

/** The reader wants them, or no more: here, and on every other page. */
export function chooseNames({set}: Pick<NamesStore, "set">, names: boolean): void {
  remember(names);
  set({names});
}

/** The reader's choice; null for none, and where the browser keeps nothing. */
function remembered(): boolean | null {
  try {
    return {yes: true, no: false}[localStorage.getItem(KEY) ?? ""] ?? null;
  } catch {
    return null;
  }
}

function remember(names: boolean): void {
  try {
    localStorage.setItem(KEY, names ? "yes" : "no");
  } catch {
    // Storage is full or forbidden: the choice is this page's alone.
  }
}
