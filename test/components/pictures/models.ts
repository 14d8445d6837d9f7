import {classList} from "../../../src/components/models/class-list.js";
import {comparison} from "../../../src/components/models/comparison.js";
import {modelCard} from "../../../src/components/models/model-card.js";
import {modelPicker} from "../../../src/components/models/model-picker.js";
import {nameList} from "../../../src/components/models/name-list.js";
import {notRead} from "../../../src/components/models/not-read.js";
import {openQuestions} from "../../../src/components/models/open-questions.js";
import {renaming} from "../../../src/components/models/renaming.js";
import {CLASSES, PALETTE, beside, nothing, shown} from "./some.js";

const some = CLASSES.map((name, id) => ({id, name, colour: `rgb(${PALETTE[id]!.join(" ")})`}));
const card = {
  title: "nano",
  note: "Comes with this site, 1.7 MB",
  remark: "",
  facts: [
    ["Backbone", "MobileNetV2, width 0.5"],
    ["Source", "a file, deeplabv3_257_mv_gpu.tflite"],
    ["SHA-256", ""]
  ],
  parts: [],
  links: [{label: "Workbench", href: "./workbench?model=nano"}],
  onMeasure: nothing,
  onnx: {hint: "For photos of 513 × 513 pixels", onDownload: nothing}
} as const;

export const models = {
  "class-list": () =>
    beside(
      shown(classList("nano"), (view) => view.update(some)),
      shown(classList("nano"), (view) => {
        view.update(some);
        view.find("A", "name");
      }),
      shown(classList("nano"), (view) => {
        view.update(some);
        view.find("horse", "id");
      })
    ),

  comparison: () =>
    shown(comparison({label: "nano, compared", onUse: nothing, onPhoto: nothing}), (view) =>
      view.show(
        "dog.jpg",
        ["x / 127.5 − 1", "x / 255"].map((title, index) => ({
          value: title,
          title,
          width: 64,
          height: 48,
          paint: nothing,
          classes: some.slice(index, index + 2).map((each) => ({...each, share: 0.5}))
        }))
      )
    ),

  "name-list": () => nameList({title: "nano", names: ["sky", "road"], read: (text) => text.split("\n"), onNames: nothing}),

  "open-questions": () =>
    beside(
      openQuestions({title: "nano", answered: null, fields: [], taken: ["Averages: yes."], onAnswer: nothing, onCompare: nothing}),
      openQuestions({title: "nano", answered: "x / 255; 6, 12, 18", fields: [], taken: [], onAnswer: nothing})
    ),

  "model-card": () =>
    beside(
      modelCard(card),
      shown(modelCard({...card, remark: "It has no decoder.", own: {onRename: nothing, onDownload: nothing, onDelete: nothing}}), (view) =>
        view.showTime("measuring …", true)
      )
    ),

  "model-picker": () =>
    shown(
      modelPicker({
        hint: "Read are …",
        formats: [{title: "ONNX", files: ".onnx"}],
        onFiles: nothing,
        onAddress: nothing,
        onCancel: nothing
      }),
      (view) => view.showImporting(true)
    ),

  "not-read": () => notRead([{name: "PNASNet", what: "A backbone.", why: "It has other cells."}]),

  renaming: () => renaming({title: "nano", onRename: nothing})
};
