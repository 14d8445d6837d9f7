import {html} from "htl";
import {sequential} from "../../../components/maps/colour-maps.js";
import {colourValues} from "../../../components/maps/colour-values.js";
import {choiceField, switchField} from "../../../components/fields/fields.js";
import {figureBlock} from "../../../components/page/figure-block.js";
import {boxMark} from "../../../components/photo/photo-marks.js";
import {readouts} from "../../../components/tables/readouts.js";
import {percent} from "../../../components/classes/class-legend.js";
import {fieldBox} from "../../../engine/field-box.js";
import type {Box} from "../../../engine/field-box.js";
import {massWithin, quarterOf, squareHolding} from "../../../engine/readings/field-mass.js";
import type {Plan} from "../../../engine/plan.js";
import {paintMapOver} from "../../../media/map-picture.js";
import {rgbaCanvas} from "../../../media/rgba-canvas.js";
import type {FieldMap} from "../../../worker/inspections/effective-field.js";
import {fieldInWords, tapSquares} from "../../../lab/branch-squares.js";
import {mapRect, pointOf, toCells, toPixels} from "../../../lab/photo-geometry.js";
import {sourceLooks} from "../../../lab/source-look.js";
import {askedClass} from "../asked-class.js";
import type {Inspection, InspectorState, Standing} from "../inspection.js";

/** The effective field of one logit, with the box that it must lie in. */
interface Field {
  readonly of: Standing;
  readonly box: Box | null;
  readonly heat: HTMLCanvasElement;
}

/** How dark the photo is under the heat map. */
const DIM = 0.62;

/** What the network looked at for the class at the chosen place: theoretical and effective receptive field, and the branches' taps. */
export function fieldFigure(inspection: Inspection): {
  readonly element: HTMLElement;
  paint(context: CanvasRenderingContext2D, standing: Standing): void;
  marks(standing: Standing): SVGElement[];
} {
  const {store} = inspection;
  let field: Field | null = null;
  const {heat, taps, field: through} = store.get();
  const throughField = choiceField({
    label: "Gradient through",
    choices: [
      {value: "all", label: "the whole network"},
      {value: "local", label: "all but image pooling"}
    ],
    value: through,
    onChange: (value) => store.set({field: value as InspectorState["field"]})
  });
  const heatField = switchField({label: "Heat map", value: heat, onChange: (value) => store.set({heat: value})});
  const tapsField = switchField({label: "Taps of the branches", value: taps, onChange: (value) => store.set({taps: value})});
  inspection.follow(["heat", "taps", "field"], (state) => {
    heatField.show(state.heat);
    tapsField.show(state.taps);
    throughField.show(state.field);
  });
  const facts = readouts(["Theoretical field", "Half of the gradient", "In a quarter of the box"]);
  const summary = html`<p class="field-summary"></p>`;
  const legend = html`<ul class="chart-legend" aria-label="What the branches read here"></ul>`;

  inspection.compute({
    on: ["x", "y", "about", "field"],
    wanted: ({x, y}) => x >= 0 && y >= 0,
    async work({state, standing: {photo, run, result}, engine}) {
      const question = {
        endPoint: result.plan.output,
        channel: askedClass(state, result).id,
        ...toCells(result, result.logits, pointOf(state, result)),
        without: without(state, result.plan)
      };
      return {question, map: await engine.inspect(photo, run, "effectiveField", question)};
    },
    show({question, map}, {standing, state}) {
      const {plan, classes} = standing.result;
      const box = fieldBox(plan.steps, question.endPoint, question, question.without);
      field = {of: standing, box, heat: heatCanvas(map)};
      if (box) describe(box, map, inputPoint(state, standing), `${classes[question.channel]!}`, standing);
      inspection.redraw();
    },
    clear() {
      field = null;
      inspection.redraw();
    }
  });

  function describe(box: Box, map: FieldMap, at: {row: number; column: number}, name: string, {result: {plan}}: Standing): void {
    const width = box.right - box.left + 1;
    const height = box.bottom - box.top + 1;
    const half = squareHolding(map, at, 0.5);
    const quarter = massWithin(map, quarterOf(box, at));
    facts.update({
      "Theoretical field": `${width} × ${height} px`,
      "Half of the gradient": `within ${half} × ${half} px`,
      "In a quarter of the box": percent(quarter)
    });
    const isWhole = width === plan.inputWidth && height === plan.inputHeight;
    summary.textContent = `${isWhole ? "Any place of the photo" : "Only what lies in the dashed box"} can move the logit of ${name} here; half of what does lies in a square of ${half} pixels around the place, of the ${plan.inputWidth} × ${plan.inputHeight} that the network gets.`;
  }

  function point(): void {
    const standing = inspection.standing();
    const state = store.get();
    if (!standing || state.x < 0 || state.y < 0) return;
    const {result} = standing;
    const branches = result.plan.branches;
    const look = sourceLooks(result.plan);
    throughField.hidden = !branches.some(({kind}) => kind === "image_pooling");
    legend.replaceChildren(
      ...branches.map((branch) => {
        const {title, colour} = look(branch.endPoint);
        const isLeftOut = without(state, result.plan).includes(branch.joined);
        return html`<li><span class="swatch" style=${`background:${colour}`}></span>${title}: ${isLeftOut ? "left out" : fieldInWords(branch, tapSquares(branch, result, pointOf(state, result)))}</li>`;
      })
    );
  }
  inspection.onStanding(point);
  inspection.follow(["x", "y", "field"], point);

  return {
    element: figureBlock({
      title: "What it looked at",
      controls: [throughField, heatField, tapsField],
      body: [summary, facts, legend],
      caption:
        "Light spots on the darkened photo: where a small change of the input would move this logit most (the gradient's size, drawn as its square root). Dashed: the theoretical field, outside of which nothing counts. Squares: the cells that each atrous branch reads for this place; dashed ones lie outside and read zero. Leave image pooling out to see what is looked at nearby, and compare the numbers: of what could count, how much does?"
    }),
    paint(context, standing) {
      const {photo, result} = standing;
      if (field?.of !== standing || !store.get().heat) {
        inspection.paintMask(context, standing);
        return;
      }
      const {inputHeight: height, inputWidth: width} = result.plan;
      paintMapOver(context, photo.canvas, field.heat, {rect: mapRect(result, {height, width}), smooth: true, dim: DIM});
    },
    marks(standing) {
      if (field?.of !== standing || !field.box) return [];
      const {box} = field;
      const {inputHeight: height, inputWidth: width} = standing.result.plan;
      const corner = (row: number, column: number) => toPixels(standing.result, {height, width}, {row, column});
      const from = corner(box.top, box.left);
      const to = corner(box.bottom, box.right);
      return [
        boxMark({left: from.column, top: from.row, width: to.column - from.column, height: to.row - from.row, colour: "#fff", dashed: true})
      ];
    }
  };
}

/** End points that the state leaves out: image pooling, as the concatenation reads it. */
function without({field}: InspectorState, plan: Plan): string[] {
  return field === "all" ? [] : plan.branches.filter(({kind}) => kind === "image_pooling").map(({joined}) => joined);
}

/** The chosen place as a pixel of the network's input. */
function inputPoint(state: InspectorState, {result}: Standing): {row: number; column: number} {
  const {inputHeight: height, inputWidth: width} = result.plan;
  const {row, column} = toCells(result, {height, width}, pointOf(state, result));
  return {row: Math.round(row), column: Math.round(column)};
}

/** Share of the values that are drawn below the lightest colour: a few stand far above all others. */
const BRIGHT = 0.998;

/** The gradient in colour, the stronger the lighter and the less transparent. */
function heatCanvas({height, width, values}: FieldMap): HTMLCanvasElement {
  const sorted = values.toSorted();
  const top = sorted[Math.floor((sorted.length - 1) * BRIGHT)]! || sorted.at(-1)! || 1;
  const strength = values.map((value) => Math.min(1, Math.sqrt(value / top)));
  const rgba = colourValues(strength, sequential(0, 1));
  strength.forEach((value, i) => (rgba[4 * i + 3] = Math.round(255 * value)));
  return rgbaCanvas(rgba, {height, width});
}
