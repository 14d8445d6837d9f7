import {html} from "htl";
import {wayIn, workbenchWith} from "../../lab/way-in.js";
import {saveFile} from "../../media/save.js";
import {keptId} from "../../shelf/kept-address.js";
import {pageAddress} from "../../site.js";
import type {TrainedModel} from "../../worker/training-messages.js";

/** Where a trained model can be used at once. */
export interface TrainedView {
  readonly element: HTMLElement;
  /** @param model null for none */
  show(model: TrainedModel | null): void;
}

const KEPT = "It is kept in this browser with a card that tells how it was trained, and stands among the models of every page.";
const NOT_KEPT =
  "It is here until you leave this page: download its file, which holds a card that tells how it was trained. The page of models reads it in any browser.";

/** The ways on with a model that was trained, and its file. */
export function trainedView(): TrainedView {
  const title = html`<h2 tabindex="-1"></h2>` as HTMLElement;
  const words = html`<p></p>` as HTMLElement;
  const ways = html`<div class="train-actions"></div>` as HTMLElement;
  const element =
    html`<section class="train-trained" hidden aria-label="The trained model">${title}${words}${ways}</section>` as HTMLElement;
  return {
    element,
    show(model) {
      element.hidden = model === null;
      if (!model) return;
      const {
        kept: {sha256, title: name},
        file,
        problem
      } = model;
      title.textContent = `“${name}” is trained`;
      words.textContent = problem === null ? KEPT : `${problem} ${NOT_KEPT}`;
      const save = () => saveFile(file, `${name}.safetensors`, "application/octet-stream");
      ways.replaceChildren(
        ...(problem === null ? waysOn(keptId(sha256)) : []),
        html`<button type="button" class=${problem === null ? "" : "primary"} onclick=${save}>Download its file</button>` as Node
      );
    }
  };
}

/** @param id of a model that is kept */
function waysOn(id: string): Node[] {
  const links = {
    "Try it on a photo": workbenchWith({model: id}),
    "On the webcam": `${pageAddress("/webcam")}?model=${id}`,
    "Look inside it": wayIn({model: id}),
    "Read a lesson on it": `${pageAddress("/aspp")}?model=${id}`,
    "Its card, and as ONNX": `${pageAddress("/models")}#kept`
  };
  return Object.entries(links).map(([label, href]) => html`<a class="way-on" href=${href}>${label}</a>` as Node);
}
