import {html} from "htl";
import {selectField} from "../components/fields/fields.js";
import {OUTPUT_STRIDES} from "../engine/plan.js";
import type {Capabilities} from "../worker/protocol.js";
import {backendChoices} from "./backend-choices.js";
import type {ListedModel} from "./model-list.js";
import {BACKEND_CHOICES} from "./network-parameters.js";

/** What a page's state says about the network. */
export interface NetworkChoice<Size extends string | number> {
  readonly model: string;
  readonly backend: (typeof BACKEND_CHOICES)[number];
  readonly outputStride: (typeof OUTPUT_STRIDES)[number];
  readonly inputSize: Size;
}

export interface NetworkFields<Size extends string | number> {
  readonly elements: readonly HTMLElement[];
  show(choice: NetworkChoice<Size>): void;
  /** Offers the backends that were found. */
  offer(capabilities: Capabilities, choice: NetworkChoice<Size>): void;
}

/**
 * Model (with what it lacks), backend, output stride and input size.
 *
 * @param options.sizeName what the input size is called; "Input size" by default
 * @param options.sizeHint what the input size is the size of
 */
export function networkFields<Size extends string | number>(options: {
  readonly models: readonly ListedModel[];
  readonly sizes: readonly Size[];
  readonly sizeName?: string;
  readonly sizeHint: string;
  readonly choice: NetworkChoice<Size>;
  onChange(change: Partial<NetworkChoice<Size>>): void;
}): NetworkFields<Size> {
  const {models, sizes, choice, onChange} = options;
  const parse = <T extends string | number>(choices: readonly T[], text: string) => choices.find((value) => String(value) === text)!;
  const model = selectField({
    label: "Model",
    choices: models.map(({id, title}) => ({value: id, label: title})),
    value: choice.model,
    onChange: (value) => onChange({model: value})
  });
  const modelNote = html`<p class="hint"></p>`;
  const backend = selectField({
    label: "Backend",
    choices: [{value: "auto", label: "Auto"}],
    value: "auto",
    onChange: (value) => onChange({backend: parse(BACKEND_CHOICES, value)})
  });
  const outputStride = selectField({
    label: "Output stride",
    choices: OUTPUT_STRIDES.map((stride) => ({value: String(stride), label: String(stride)})),
    value: String(choice.outputStride),
    hint: "Input size / feature size. Smaller is finer and slower; the weights stay the same.",
    onChange: (value) => onChange({outputStride: parse(OUTPUT_STRIDES, value)})
  });
  const inputSize = selectField({
    label: options.sizeName ?? "Input size",
    choices: sizes.map((size) => ({value: String(size), label: size === "native" ? "as is" : `${size} px`})),
    value: String(choice.inputSize),
    hint: options.sizeHint,
    onChange: (value) => onChange({inputSize: parse(sizes, value)})
  });

  function show(now: NetworkChoice<Size>): void {
    model.show(now.model);
    modelNote.textContent = models.find(({id}) => id === now.model)!.lacks;
    backend.show(now.backend);
    outputStride.show(String(now.outputStride));
    inputSize.show(String(now.inputSize));
  }
  show(choice);
  return {
    elements: [model, modelNote, backend, html`<div class="pair">${outputStride}${inputSize}</div>`],
    show,
    offer: (capabilities, now) => backend.offer(backendChoices(capabilities), now.backend)
  };
}
