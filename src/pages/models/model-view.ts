import {classList} from "../../components/models/class-list.js";
import {modelCard} from "../../components/models/model-card.js";
import {selectField} from "../../components/fields/fields.js";
import {nameList} from "../../components/models/name-list.js";
import {labelSets} from "../../data/labels/index.js";
import {classNamesIn} from "../../engine/questions.js";
import type {Answers} from "../../engine/questions.js";
import type {ListedModel} from "../../lab/model-list.js";
import {modelUrl} from "../../lab/model-list.js";
import {billions, megabytes} from "../../lab/quantities.js";
import {isVisiting} from "../../lab/visiting.js";
import type {StateOf} from "../../lab/state.js";
import {labelsOf} from "../../shelf/shelf.js";
import type {KeptModel} from "../../shelf/shelf.js";
import {EXPORTED} from "../../worker/protocol.js";
import {questionsView} from "./questions.js";
import type {ModelsTable} from "./state.js";

/** What a reader can do with any model. */
export interface ModelActions {
  onMeasure(): void;
  onDownloadOnnx(): void;
}

/** And with one that is kept. */
export interface KeptActions {
  onRename(title: string): void;
  /** @param labels id of a set; undefined for the file's own */
  onLabels(labels: string | undefined): void;
  /** @param names that the reader wrote */
  onNames(names: readonly string[]): void;
  /** Answers what the model's file left open. */
  onAnswer(answers: Answers): void;
  /** Shows in a place what the model gives with each preprocessing. @param answers to the other questions */
  onCompare(answers: Answers, place: HTMLElement): void;
  onDownload(): void;
  onDelete(): void;
}

export interface ModelView {
  readonly element: HTMLElement;
  showTime(words: string, isMeasuring: boolean): void;
  /** Shows which classes are looked for, and in which order. */
  show(state: StateOf<ModelsTable>): void;
}

const ONNX_HINT = `For photos of ${EXPORTED.height} × ${EXPORTED.width} pixels, at output stride ${EXPORTED.outputStride}`;

/** A model on its page: one of the site's, one that is kept, with what can be done with it, or one that is not kept. */
export function modelView(
  model: ListedModel,
  {onMeasure, onDownloadOnnx}: ModelActions,
  own?: {readonly kept: KeptModel; readonly actions: KeptActions}
): ModelView {
  const {id, title, classes, palette} = model;
  const list = classList(title);
  list.update(classes.map((name, index) => ({id: index, name, colour: `rgb(${palette[index]!.join(" ")})`})));
  const card = modelCard({
    title,
    note: `${placeOf(id, own !== undefined)}, ${megabytes(model.bytes)}`,
    remark: model.lacks,
    facts: [
      ["Backbone", model.backbone],
      ["Head", model.head],
      ["Photos enter as", model.preprocessing ?? ""],
      ["Parameters", `${(model.parameters / 1e6).toFixed(2)} M`],
      ["Multiply-adds", `${billions(model.multiplyAdds)} (513 × 513, output stride 16)`],
      ["Accuracy, as stated", model.measured || "not stated"],
      ["Licence", model.license],
      ["Source", model.source],
      ["SHA-256", own?.kept.sha256 ?? ""]
    ],
    parts: [...(own ? [...questionsView(own.kept, own.actions), ...labelChoice(own.kept, own.actions)] : []), list],
    links: [
      ...[
        {label: "Workbench", page: "workbench"},
        {label: "Webcam", page: "webcam"},
        {label: "Every layer", page: "network"}
      ].map(({label, page}) => ({label, href: `./${page}?model=${encodeURIComponent(id)}`, isApart: isVisiting(id)})),
      ...(own ? [] : [{label: "Download", href: modelUrl(id), download: `${isVisiting(id) ? title : id}.safetensors`}])
    ],
    onMeasure,
    onnx: {hint: ONNX_HINT, onDownload: onDownloadOnnx},
    ...(own && {own: own.actions})
  });
  return {element: card, showTime: card.showTime, show: ({find, order}) => list.find(find, order)};
}

function placeOf(id: string, isKept: boolean): string {
  if (isVisiting(id)) return "Not kept: here as long as this page is open, for pages in other tabs too";
  return isKept ? "Kept in this browser" : "Comes with this site";
}

/** Stands for names that the reader wrote. */
const OWN_NAMES = "own";

/** Which labels the classes have: those of sets of as many, the file's own where they are others, or names that the reader writes. */
function labelChoice(kept: KeptModel, {onLabels, onNames}: KeptActions): HTMLElement[] {
  const {title, facts, labels, names} = kept;
  const sets = labelSets(facts.classes.length);
  const same = sets.find(({classes}) => classes.join("\n") === facts.classes.join("\n"));
  const choices = [
    ...(names ? [{value: OWN_NAMES, label: "names of your own"}] : []),
    ...(same ? [] : [{value: "", label: "the file's own"}]),
    ...sets.map((set) => ({value: set.id, label: `${set.title} (${set.classes.length})`}))
  ];
  const field = selectField({
    label: "Labels",
    choices,
    value: names ? OWN_NAMES : (labels ?? same?.id ?? ""),
    hint: `What the classes of ${title} are called, and their colours.`,
    onChange(value) {
      if (value !== OWN_NAMES) onLabels(value === (same?.id ?? "") ? undefined : value);
    }
  });
  return [field, nameList({title, names: labelsOf(kept).classes, read: classNamesIn, onNames})];
}
