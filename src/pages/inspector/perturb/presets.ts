import type {Edit, Effect, Rectangle} from "../../../engine/photo-edits/edit.js";

export interface EditPreset {
  readonly label: string;
  readonly look: string;
  readonly edits: readonly Edit[];
}

const part = (x: number, y: number, width: number, height: number, effect: Effect, outside = false): Edit => {
  const shape: Rectangle = {kind: "rectangle", x, y, width, height, outside};
  return {shape, effect};
};

/** Changes that are worth a look on most photos. */
export const EDIT_PRESETS: readonly EditPreset[] = [
  {
    label: "Hide the middle",
    look: "What the network puts into the hole is a guess from what is around it. What flips beside the hole had leaned on it.",
    edits: [part(330, 330, 340, 340, {kind: "cover", colour: "#808080"})]
  },
  {
    label: "Blur everything but the middle",
    look: "The middle is as sharp as before. Where its class flips all the same, the surroundings had decided.",
    edits: [part(250, 200, 500, 600, {kind: "blur", amount: 15}, true)]
  },
  {
    label: "Grey photo",
    look: "Shapes and textures stay, only colour is gone: what flips had been told by its colour.",
    edits: [part(0, 0, 1000, 1000, {kind: "grey"})]
  },
  {
    label: "Turn a part upside down",
    look: "Every texture is still there, the other way up. What flips is known by how its parts lie.",
    edits: [part(250, 150, 500, 700, {kind: "turn", amount: 180})]
  }
];
