import {svg} from "htl";
import {askFirst} from "../../../src/components/photo/ask-first.js";
import {cameraStill} from "../../../src/components/photo/camera-still.js";
import {boxMark, pointMark} from "../../../src/components/photo/photo-marks.js";
import {maskNames} from "../../../src/components/photo/mask-names.js";
import {photoPicker} from "../../../src/components/photo/photo-picker.js";
import {photoTray} from "../../../src/components/photo/photo-tray.js";
import {photoMenu} from "../../../src/components/photo/photo-menu.js";
import {smallPhoto} from "../../../src/components/photo/small-photo.js";
import {pictureFigure} from "../../../src/components/photo/picture-figure.js";
import {segmentationFigure} from "../../../src/components/photo/segmentation-figure.js";
import {beside, nothing, paintGreen, shown} from "./some.js";

const drawing = () => Object.assign(document.createElement("canvas"), {width: 64, height: 48});
const SIZE = {width: 64, height: 48};
const box = () => boxMark({left: 4, top: 8, width: 16, height: 12, colour: "var(--concept-output)", filled: true});

export const photo = {
  "ask-first": () => askFirst({host: "photos.example", address: "https://photos.example/dog.jpg", onAnswer: nothing}),

  "camera-still": () =>
    cameraStill({
      open: () => Promise.reject(new Error("no camera")),
      take: () => Promise.resolve(new Blob()),
      onStill: nothing,
      onError: nothing
    }),

  "photo-marks": () => svg`<svg viewBox="0 0 64 48">${box()}${pointMark({column: 32, row: 24}, SIZE)}</svg>`,

  "mask-names": () =>
    shown(maskNames(), (view) =>
      view.show([
        {name: "cat", x: 0.25, y: 0.5},
        {name: "dog", x: 0.75, y: 0.125}
      ])
    ),

  "photo-menu": () => shown(photoMenu(document.createTextNode("ways to bring another")), (view) => view.show("A dog", drawing())),

  "photo-picker": () =>
    shown(
      photoPicker({
        samples: ["dog", "cat"].map((id) => ({id, title: `A ${id}`, url: `${id}.jpg`})),
        onFiles: nothing,
        onSample: nothing,
        onAddress: nothing,
        onCamera: nothing
      }),
      (view) => view.show("cat")
    ),

  "photo-tray": () =>
    shown(photoTray({onOpen: nothing}), (view) =>
      view.show(
        ["a", "b", "c"].map((id) => ({id, name: `${id}.jpg`, paint: paintGreen})),
        "b"
      )
    ),

  "picture-figure": () =>
    shown(pictureFigure({label: "Photo", onPoint: nothing}), (view) => {
      view.draw(SIZE, (context) => context.fillRect(0, 0, 64, 48));
      view.cross({x: 0.25, y: 0.5});
      view.mark([box()]);
      view.onStroke(nothing);
    }),

  "small-photo": () =>
    beside(...["cat.jpg", ""].map((name) => smallPhoto({name, paint: paintGreen, signal: new AbortController().signal}))),

  "segmentation-figure": () =>
    shown(segmentationFigure({onPoint: nothing, onLeave: nothing, onChoose: nothing, onSplit: nothing}), (view) => {
      view.draw(SIZE, (context) => context.fillRect(0, 0, 64, 48));
      view.split(0.4);
    })
};
