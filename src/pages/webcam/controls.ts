import {html} from "htl";
import {colourField, selectField, sliderField, switchField} from "../../components/fields/fields.js";
import {fileButton} from "../../components/fields/file-button.js";
import {BACKGROUND} from "../../data/labels/index.js";
import type {Capabilities} from "../../worker/protocol.js";
import type {LiveRun} from "../../worker/live/messages.js";
import type {Labelling} from "../../media/live/look.js";
import {isMirrored, isOfSubject, subjectAmong} from "./live-look.js";
import type {ListedModel} from "../../lab/model-list.js";
import {namesSwitch} from "../../lab/names-choice.js";
import {networkFields} from "../../lab/network-fields.js";
import type {Store} from "../../lab/state.js";
import {EVERYTHING, LIVE_SIZES, PACES, WEBCAM_VIEWS} from "./state.js";
import type {WebcamState, WebcamTable} from "./state.js";

const VIEW_NAMES: Readonly<Record<WebcamState["view"], string>> = {
  overlay: "Overlay",
  "side-by-side": "Side by side",
  mask: "Mask only",
  blur: "Background blur",
  colour: "Background colour",
  picture: "Background picture",
  isolate: "One class isolated"
};
/** What follows from the state, and from more than the state. */
export interface WhatHolds {
  /** The model's; none before it is known. */
  readonly classes: readonly string[];
  /** What is run now, which the pace may have chosen. */
  readonly run: LiveRun;
  readonly labelling: Labelling;
}

export interface WebcamControls {
  readonly element: HTMLElement;
  show(state: WebcamState, holds: WhatHolds): void;
  offerBackends(capabilities: Capabilities, state: WebcamState): void;
}

/** How the network runs and what is shown of it. */
export function webcamControls(options: {
  readonly models: readonly ListedModel[];
  readonly store: Store<WebcamTable>;
  onPicture(file: File): void;
  onReset(): void;
}): WebcamControls {
  const {models, store, onPicture, onReset} = options;
  const {set} = store;
  const state = store.get();
  const network = networkFields({
    models,
    sizes: LIVE_SIZES,
    sizeHint: "Long side of the frame as the network gets it.",
    choice: state,
    onChange: set
  });
  const pace = selectField({
    label: "Pace",
    choices: PACES.map((value) => ({value: String(value), label: value === "fixed" ? "Fixed" : `Auto: ${value} frames a second`})),
    value: String(state.pace),
    hint: "Auto lowers the input size, then raises the output stride, to hold the frame rate.",
    onChange: (value) => set({pace: PACES.find((choice) => String(choice) === value)!})
  });
  const view = selectField({
    label: "View",
    choices: WEBCAM_VIEWS.map((value) => ({value, label: VIEW_NAMES[value]})),
    value: state.view,
    onChange: (value) => set({view: value as WebcamState["view"]})
  });
  const opacity = sliderField({
    label: "Overlay opacity",
    min: 0,
    max: 100,
    value: state.opacity,
    unit: "%",
    onInput: (value) => set({opacity: value})
  });
  const subject = selectField({label: "Subject", choices: [], value: "", onChange: (value) => set({subject: value})});
  const colour = colourField({label: "Colour", value: state.backdrop, onInput: (value) => set({backdrop: value})});
  const picture = fileButton({label: "Background picture", accept: "image/*", onFiles: ([file]) => onPicture(file)});
  const switches = {
    mirror: switchField({label: "Mirror", value: false, onChange: (on) => set({mirror: on ? "on" : "off"})}),
    names: namesSwitch(store),
    smoothing: switchField({label: "Temporal smoothing", value: state.smoothing, onChange: (smoothing) => set({smoothing})}),
    edges: switchField({label: "Edge-aware upsampling", value: false, onChange: (on) => set({edges: on ? "on" : "off"})})
  };
  let offered = "";

  return {
    element: html`<section class="panel controls" aria-label="Controls">
      ${view}${opacity}${subject}${colour}${picture}
      <div class="switches">${Object.values(switches)}</div>
      ${network.elements}${pace}
      <button type="button" class="reset" onclick=${onReset}>Reset controls</button>
    </section>`,
    show(now, {classes, run, labelling}) {
      network.show({
        ...now,
        outputStride: run.outputStride as WebcamState["outputStride"],
        inputSize: run.inputSize as WebcamState["inputSize"]
      });
      pace.show(String(now.pace));
      view.show(now.view);
      opacity.show(now.opacity);
      opacity.hidden = now.view !== "overlay";
      const subjects =
        classes.length > 0 ? classes.filter((name) => name !== BACKGROUND) : [now.subject].filter((name) => name !== EVERYTHING);
      if (offered !== subjects.join()) {
        offered = subjects.join();
        subject.offer(
          [{value: EVERYTHING, label: "Everything found"}, ...subjects.map((name) => ({value: name, label: name}))],
          now.subject
        );
      }
      subject.show(subjectAmong(now.subject, subjects));
      subject.hidden = !isOfSubject(now.view);
      colour.show(now.backdrop);
      colour.hidden = now.view !== "colour";
      picture.hidden = now.view !== "picture";
      switches.mirror.show(isMirrored(now));
      switches.names.hidden = isOfSubject(now.view);
      switches.smoothing.show(labelling.smoothing);
      switches.edges.show(labelling.edges);
    },
    offerBackends: network.offer
  };
}
