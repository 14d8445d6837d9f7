import {selectField} from "../../components/fields/fields.js";
import {unknownInWords} from "../../lab/address-report.js";
import {backendChoices, capitals} from "../../lab/backend-choices.js";
import {BACKEND_CHOICES} from "../../lab/network-parameters.js";
import {oneOf, queryFromState, stateFromQuery} from "../../lab/state.js";
import type {StateOf} from "../../lab/state.js";
import type {Capabilities} from "../../worker/protocol.js";

const TABLE = {backend: oneOf("backend", BACKEND_CHOICES, "auto")};

export type ChosenBackend = StateOf<typeof TABLE>["backend"];

/** Where cells compute, which the address says. */
export interface BackendField {
  readonly element: HTMLElement;
  chosen(): ChosenBackend;
  /** Offers what there is on this machine. */
  offer(capabilities: Capabilities): void;
}

/** @param options.onUnknown is told what the address says that there is not */
export function backendField({onChange, onUnknown}: {onChange(): void; onUnknown(sentence: string): void}): BackendField {
  const query = () => new URLSearchParams(location.search);
  const chosen = () => stateFromQuery(TABLE, query()).backend;
  const asked = chosen();
  const unknown = unknownInWords(TABLE, query());
  const field = selectField({
    label: "Backend",
    // What there is on this machine the worker finds out.
    choices: [{value: asked, label: asked === "auto" ? "Auto" : capitals(asked)}],
    value: asked,
    onChange(value) {
      const said = queryFromState(TABLE, {backend: TABLE.backend.parse(value)!}, query()).toString();
      history.replaceState(history.state, "", `${location.pathname}${said && `?${said}`}${location.hash}`);
      onChange();
    }
  });
  if (unknown !== null) onUnknown(unknown);
  return {element: field, chosen, offer: (capabilities) => field.offer(backendChoices(capabilities), chosen())};
}
