import {html} from "htl";
import type {PageShell} from "../../lab/page-shell.js";
import {wayIn, workbenchWith} from "../../lab/way-in.js";
import {pageAddress} from "../../site.js";
import {saveFile} from "../../media/save.js";
import {keptId} from "../../shelf/kept-address.js";
import {openShelf} from "../../shelf/shelf.js";

/** Where a trained model can be used at once. */
export interface TrainedView {
  readonly element: HTMLElement;
  /** @param model its SHA-256 and title, as it is kept; null for none */
  show(model: {readonly sha256: string; readonly title: string} | null): void;
}

/** The ways on with a model that was trained, and its file. */
export function trainedView({attempt}: Pick<PageShell, "attempt">): TrainedView {
  const title = html`<h2 tabindex="-1"></h2>` as HTMLElement;
  const ways = html`<div class="train-actions"></div>` as HTMLElement;
  const element = html`<section class="train-trained" hidden aria-label="The trained model">${title}
    <p>It is kept in this browser with a card that tells how it was trained, and stands among the models of every page.</p>${ways}</section>` as HTMLElement;
  return {
    element,
    show(model) {
      element.hidden = model === null;
      if (!model) return;
      const {sha256, title: name} = model;
      const id = keptId(sha256);
      const links = {
        "Try it on a photo": workbenchWith({model: id}),
        "On the webcam": `${pageAddress("/webcam")}?model=${id}`,
        "Look inside it": wayIn({model: id}),
        "Read a lesson on it": `${pageAddress("/aspp")}?model=${id}`,
        "Its card, and as ONNX": `${pageAddress("/models")}#kept`
      };
      title.textContent = `“${name}” is trained`;
      ways.replaceChildren(
        ...Object.entries(links).map(([label, href]) => html`<a class="way-on" href=${href}>${label}</a>` as Node),
        html`<button type="button" onclick=${() =>
          attempt("download", async () => {
            const found = await (await openShelf())?.find(sha256);
            if (!found) throw new Error(`“${name}” is not kept in this browser any more.`);
            saveFile(found.file, `${name}.safetensors`, "application/octet-stream");
          })}>Download its file</button>` as Node
      );
    }
  };
}
