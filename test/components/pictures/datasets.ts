import {checkUpView} from "../../../src/components/datasets/check-up-view.js";
import {datasetPicker} from "../../../src/components/datasets/dataset-picker.js";
import {labelledPhotoView} from "../../../src/components/datasets/labelled-photo.js";
import {CLASSES, PALETTE, beside, nothing, shown} from "./some.js";

const size = {width: 40, height: 20};
const paint = (context: CanvasRenderingContext2D) => context.fillRect(0, 0, 40, 20);

export const datasets = {
  "check-up-view": () =>
    beside(
      checkUpView({
        photos: 20,
        findings: [
          {
            grave: true,
            sentence: "No pixel has class 1.",
            mend: "Take 255 as class 1",
            photos: Array.from({length: 14}, (_, i) => `photo-${i}`)
          },
          {grave: false, sentence: "Two photos have no mask.", mend: null, photos: ["one"]}
        ],
        classes: CLASSES.map((name, id) => ({id, name, colour: `rgb(${PALETTE[id]!.join(" ")})`, share: 0.5 / (id + 1), masks: id + 1})),
        onMend: nothing,
        onPhoto: nothing
      }),
      checkUpView({photos: 1, findings: [], classes: [], onMend: nothing, onPhoto: nothing})
    ),
  "dataset-picker": () => shown(datasetPicker({onFiles: nothing, onStop: nothing}), (view) => view.showBusy(true)),
  "labelled-photo": () =>
    shown(labelledPhotoView(), (view) => {
      view.name(true);
      const mask = {...size, paint, at: () => "1 (cat)", names: () => [{name: "cat", x: 0.5, y: 0.25}]};
      view.show({name: "a cat", photo: {...size, paint}, mask});
    })
};
