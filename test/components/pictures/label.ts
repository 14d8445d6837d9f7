import {classEditor} from "../../../src/components/label/class-editor.js";
import {labelStage} from "../../../src/components/label/label-stage.js";
import {magnifier} from "../../../src/components/label/magnifier.js";
import {photoStrip} from "../../../src/components/label/photo-strip.js";
import {toolBar} from "../../../src/components/label/tool-bar.js";
import {beside, nothing, paintGreen, shown} from "./some.js";

const some = ["background", "cat", "dog"].map((name, id) => ({
  id,
  name,
  colour: ["#000000", "#800000", "#008000"][id]!,
  shortcut: String(id + 1),
  canBeRemoved: id > 0
}));
const editor = () =>
  classEditor({onChoose: nothing, onAdd: nothing, onRename: nothing, onColour: nothing, onRemove: nothing, onBringBack: nothing});
const picture = {
  width: 40,
  height: 20,
  paintPhoto(context: CanvasRenderingContext2D) {
    context.fillRect(0, 0, 40, 20);
  },
  paintLabels: nothing
};
const stage = () =>
  labelStage({
    onStart: nothing,
    onMove: nothing,
    onEnd: nothing,
    onCancel: nothing,
    onEnter: () => false,
    onPoint: nothing
  });

export const label = {
  "class-editor": () =>
    beside(
      shown(editor(), (view) => view.update(some, [], 1)),
      shown(editor(), (view) => view.update(some.slice(0, 1), some.slice(2), 0))
    ),
  "label-stage": () =>
    beside(
      shown(stage(), (view) => view.show(null, "No photo is open")),
      shown(stage(), (view) => {
        view.show(picture, "Labels of a cat");
        view.ring(12);
        view.line([
          [1, 1],
          [30, 2]
        ]);
      })
    ),
  magnifier: () =>
    shown(magnifier(), (view) => {
      view.hidden = false;
      view.show(picture, [20, 10], 2, true);
    }),
  "photo-strip": () =>
    shown(photoStrip({adding: document.createElement("button"), onOpen: nothing}), (view) =>
      view.update(
        [
          {key: "a", name: "cat", isLabelled: true, paint: paintGreen},
          {key: "b", name: "dog", isLabelled: false, paint: paintGreen}
        ],
        "a"
      )
    ),
  "tool-bar": () =>
    shown(
      toolBar({
        tools: [
          {id: "brush", label: "Brush", shortcut: "B", icon: "M4 4 20 20"},
          {id: "fill", label: "Fill", shortcut: "F", icon: "M4 20 20 4"}
        ],
        actions: [
          [
            {id: "undo", label: "Undo", shortcut: "Ctrl Z", icon: "M4 12h16"},
            {id: "magnifier", label: "Magnifier", shortcut: "M", icon: "M12 4v16"}
          ]
        ],
        onTool: nothing,
        onAction: nothing
      }),
      (view) => {
        view.show("fill");
        view.enable("undo", false);
        view.press("magnifier", true);
      }
    )
};
