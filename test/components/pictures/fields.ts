import {vi} from "vitest";
import {choiceField, colourField, selectField, sliderField, switchField} from "../../../src/components/fields/fields.js";
import {fileButton} from "../../../src/components/fields/file-button.js";
import {kernelEditor} from "../../../src/components/fields/kernel-editor.js";
import {mixingDesk} from "../../../src/components/fields/mixing-desk.js";
import {numbersField} from "../../../src/components/fields/numbers-field.js";
import {playback} from "../../../src/components/fields/playback.js";
import {presetList} from "../../../src/components/fields/preset-list.js";
import {splitHandle} from "../../../src/components/fields/split-handle.js";
import {tabs} from "../../../src/components/fields/tabs.js";
import {tryList} from "../../../src/components/fields/try-list.js";
import {beside, nothing, shown, someMaps} from "./some.js";

const STRIDES = ["32", "16", "8"].map((value) => ({value, label: `stride ${value}`, disabled: value === "32"}));

export const fields = {
  fields: () =>
    beside(
      selectField({label: "Output stride", choices: STRIDES, value: "16", hint: "finer is slower", onChange: nothing}),
      sliderField({label: "Opacity", min: 0, max: 100, value: 60, unit: "%", onInput: nothing}),
      choiceField({label: "Stride", choices: STRIDES, value: "8", onChange: nothing}),
      switchField({label: "Mirror", value: true, onChange: nothing}),
      colourField({label: "Background", value: "#204060", onInput: nothing})
    ),

  "file-button": () => fileButton({label: "Image file", accept: "image/*", onFiles: nothing}),

  "kernel-editor": () =>
    shown(kernelEditor({label: "Kernel", size: 3, limit: 9, onChange: nothing}), (view) => view.show([0, 1, 0, 1, -4, 1, 0, 1 / 3, 0])),

  "mixing-desk": () =>
    shown(
      mixingDesk({
        strips: [
          {name: "a", title: "1 × 1", colour: "var(--rate-1)", control: null},
          {
            name: "b",
            title: "rate 6",
            colour: "var(--rate-6)",
            control: sliderField({label: "Rate", min: 1, max: 24, value: 6, unit: "", onInput: nothing})
          }
        ],
        onMute: nothing,
        onSolo: nothing
      }),
      (view) => {
        view.mute(new Set(["a"]));
        view.fill("b", someMaps(2), "adds 1.20");
      }
    ),

  "numbers-field": () =>
    shown(numbersField({label: "Rates", value: [6, 12, 18], wrong: "", parse: () => [], onChange: nothing}), (view) =>
      view.explain("three branches", "as trained")
    ),

  playback: () => {
    const calm = {matches: false, addEventListener: nothing, removeEventListener: nothing};
    vi.stubGlobal("matchMedia", () => calm);
    return playback({interval: 1000, step: nothing});
  },

  "preset-list": () =>
    shown(
      presetList([
        {label: "Small", look: "One cell sees its neighbours only.", choose: nothing},
        {label: "Large", look: "Most taps leave the map.", choose: nothing}
      ]),
      (view) => view.show([false, true])
    ),

  "split-handle": () => shown(splitHandle({label: "Compare position", onSplit: nothing}), (view) => view.show(0.4)),

  tabs: () => {
    const panel = (text: string) => Object.assign(document.createElement("div"), {textContent: text});
    const list = [
      {id: "maps", title: "Feature maps", panel: panel("maps")},
      {id: "why", title: "Why here", panel: panel("why")}
    ];
    return shown(tabs({label: "Panels", list, onSelect: nothing}), (view) => view.show("why"));
  },

  "try-list": () =>
    shown(
      tryList([
        {words: "Set the rate to 24. How many weights?", guesses: ["9", "49"]},
        {words: "Find the smallest rate that covers the map.", guesses: ["4", "6", "12"]},
        {words: "Mute a branch. How many of four objects stay?", guesses: ["one", "two"]}
      ]),
      (view) => {
        view.keep([{isDone: false}, {isDone: false, guess: "6"}, {isDone: false}]);
        view.update([null, {text: "As you predicted: 6. Rate 6 does, with one cell to spare.", isDone: true}, null]);
      }
    )
};
