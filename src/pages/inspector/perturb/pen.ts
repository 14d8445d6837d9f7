import type {Point, Stroke} from "../../../components/photo/picture-figure.js";
import type {BrushLine, Edit, Effect, Rectangle, Shape, Square} from "../../../engine/photo-edits/edit.js";
import {simplifiedTo} from "../../../engine/labels/polyline.js";
import {pointPerMille} from "../../../lab/photo-geometry.js";
import type {InspectorState} from "../inspection.js";

/** Most points of a brush's line, so that an address holds several; and the distance, per mille, that is not seen. */
const MOST_POINTS = 40;
const UNSEEN = 2;

/** The effect that a state chooses. */
export function chosenEffect(state: InspectorState): Effect {
  if (state.effect === "grey") return {kind: "grey"};
  if (state.effect === "cover") return {kind: "cover", colour: state.cover};
  return {kind: state.effect, amount: state[state.effect]};
}

/** The square that still follows the pointer, which is the last edit, or none. */
export function looseSquare(edits: readonly Edit[]): Square | null {
  const shape = edits.at(-1)?.shape;
  return shape?.kind === "square" && shape.loose ? shape : null;
}

/** The edits with the loose square elsewhere, larger or with another effect; where there is none, one is put in the middle. */
export function withSquare(state: InspectorState, change: Partial<Pick<Square, "x" | "y">> = {}): Edit[] {
  const square = looseSquare(state.edits);
  const others = square ? state.edits.slice(0, -1) : state.edits;
  const {x, y} = {...(square ?? {x: 500, y: 500}), ...change};
  return [...others, {shape: {kind: "square", x, y, side: state.squareSize, loose: true}, effect: chosenEffect(state)}];
}

/** The edits with the loose square left where it is. */
export function withSquareKept(edits: readonly Edit[]): readonly Edit[] {
  const square = looseSquare(edits);
  return square ? [...edits.slice(0, -1), {...edits.at(-1)!, shape: {...square, loose: false}}] : edits;
}

/**
 * Turns what a pointer, or the keys in its place, draws on the picture into edits.
 *
 * @param options.state what tool, effect and size hold now, and the edits
 * @param options.change called with the edits while they are drawn, and a gesture that is one for each stroke
 */
export function pen({
  state,
  change
}: {
  state(): InspectorState;
  change(edits: readonly Edit[], gesture: object): void;
}): (stroke: Stroke, point: Point) => void {
  let gesture: object | null = null;
  /** The tool that the stroke began with: it is drawn to its end with that. */
  let {tool} = state();
  let points: (readonly [x: number, y: number])[] = [];
  let before: readonly Edit[] = [];
  return (stroke, point) => {
    if (stroke === "start") {
      gesture = {};
      tool = state().tool;
      points = [];
      before = state().edits;
    }
    const now = {...state(), tool};
    if (!gesture) return;
    const {x, y} = pointPerMille(point);
    points.push([x, y]);
    if (tool === "square") {
      if (stroke !== "end" || points.length === 1) change(withSquare(now, {x, y}), gesture);
    } else {
      const shape = drawn(now, points);
      if (shape) change([...withSquareKept(before), {shape, effect: chosenEffect(now)}], gesture);
    }
    if (stroke === "end") gesture = null;
  };
}

function drawn({tool, brushSize}: InspectorState, points: readonly (readonly [number, number])[]): Shape | null {
  if (tool === "brush") {
    const line: BrushLine = {
      kind: "line",
      radius: Math.max(1, Math.round(brushSize / 2)),
      points: simplifiedTo(points, MOST_POINTS, UNSEEN)
    };
    return line;
  }
  if (tool !== "rectangle") return null;
  const [ax, ay] = points[0]!;
  const [bx, by] = points.at(-1)!;
  const rectangle: Rectangle = {
    kind: "rectangle",
    x: Math.min(ax, bx),
    y: Math.min(ay, by),
    width: Math.abs(bx - ax),
    height: Math.abs(by - ay),
    outside: false
  };
  return rectangle.width > 0 && rectangle.height > 0 ? rectangle : null;
}
