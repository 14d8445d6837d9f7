import {html} from "htl";
import {fileButton} from "../fields/file-button.js";

export interface DatasetPicker extends HTMLElement {
  /** Whether something is under way, which can then be stopped. */
  showBusy(isBusy: boolean): void;
}

/** Ways to bring a data set: a folder, files or a zip of them. Dropping is the page's (`acceptDrops`). */
export function datasetPicker(options: {
  onFiles(files: readonly File[]): void;
  /** The reader has enough of what is under way. */
  onStop(): void;
}): DatasetPicker {
  const {onFiles, onStop} = options;
  const stop = html`<button type="button" hidden onclick=${onStop}>Stop</button>` as HTMLButtonElement;
  const picker = html`<section class="dataset-picker" aria-label="Choose a data set">
    <div class="picker-own">
      ${fileButton({label: "Folder of a data set", several: "folder", onFiles})}
      ${fileButton({label: "Zip or files", several: "files", onFiles})}
      <span class="hint">or drop a folder, files or a zip anywhere</span>
      ${stop}
    </div>
    <details class="hint"><summary>Data sets that are read</summary>
      <ul>
        <li>the VOC layout: folders <code>JPEGImages</code> and <code>SegmentationClass</code>, lists in <code>ImageSets/Segmentation</code>, as CVAT writes it, too</li>
        <li>two folders <code>images</code> and <code>masks</code> with files of the same names</li>
        <li>COCO's and labelme's JSON and CVAT's XML with the photos</li>
        <li>TFRecord files of the release's own scripts</li>
      </ul>
      Nothing leaves this browser, and none of these files is changed.
    </details>
  </section>` as HTMLElement as DatasetPicker;
  picker.showBusy = (isBusy) => {
    stop.hidden = !isBusy;
  };
  return picker;
}
