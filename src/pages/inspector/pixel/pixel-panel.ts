import {html} from "htl";
import {classScores} from "../../../components/classes/class-scores.js";
import {boxMark, pointMark} from "../../../components/photo/photo-marks.js";
import {selectField} from "../../../components/fields/fields.js";
import {figureBlock} from "../../../components/page/figure-block.js";
import {tapSquares} from "../../../lab/branch-squares.js";
import {placeScores} from "../../../lab/place-scores.js";
import {pointOf, toCells} from "../../../lab/photo-geometry.js";
import {sourceLooks} from "../../../lab/source-look.js";
import {askedClass, classChoices, scoresAt} from "../asked-class.js";
import type {InspectorState, PanelMaker, Standing} from "../inspection.js";
import {channelsFigure} from "./pixel-channels.js";
import {fieldFigure} from "./pixel-field.js";
import {sourcesFigure} from "./pixel-sources.js";

/** "Why here": what the network says at one place, where it comes from, and what it looked at. */
export const pixelPanel: PanelMaker = (inspection) => {
  const {store} = inspection;
  const hint = html`<p class="hint">Choose a place: click the photo, or focus it, move the cross with the arrow keys (Shift for leaps) and press Enter.</p>`;
  const remark = html`<p class="hint"></p>`;
  const where = html`<span class="quiet"></span>`;
  const asked = selectField({label: "Class asked about", choices: [], value: "", onChange: (about) => store.set({about})});
  const scores = classScores({
    label: "Logits and softmax here",
    chosen: "asked about",
    onChoose: (id) => store.set({about: inspection.standing()?.result.classes[id] ?? ""})
  });
  const field = fieldFigure(inspection);
  const body = html`<div class="why-body">
    ${figureBlock({
      title: "What the network says here",
      controls: [asked],
      body: [remark, where, scores],
      caption:
        "The logits at the chosen place, interpolated between the cells of the last layer, and their softmax, term by term: point at a class, or focus it, and its division is written out. Ask about another class than the winner to see what spoke for it; everything below follows."
    })}
    ${sourcesFigure(inspection)}
    ${field.element}
    ${channelsFigure(inspection)}
  </div>`;
  body.hidden = true;

  function show(state: InspectorState): void {
    const standing = inspection.standing();
    const isChosen = hasPoint(state);
    hint.hidden = isChosen;
    body.hidden = !isChosen || !standing;
    if (!isChosen || !standing) return;
    const {result} = standing;
    const {classes, logits} = result;
    const {id, unknown} = askedClass(state, result);
    const values = scoresAt(state, result);
    const at = pointOf(state, result);
    const {row, column} = toCells(result, logits, at);
    const winner = askedClass({...state, about: ""}, result).id;
    asked.offer(classChoices(result, `the winner here (${classes[winner]!})`), unknown === null ? state.about : "");
    remark.textContent =
      unknown === null
        ? ""
        : `There is no class “${unknown}” among this network's; it is asked about ${classes[id]!}, the winner, instead.`;
    where.textContent = `Photo column ${at.column}, row ${at.row}; cell ${column.toFixed(2)}, ${row.toFixed(2)} of the ${logits.width} × ${logits.height} logits.`;
    scores.update(placeScores(result, values, id));
  }
  inspection.onStanding(() => show(store.get()));
  inspection.follow(["x", "y", "about"], show);
  inspection.follow(["taps", "heat"], () => inspection.redraw());

  return {
    element: html`<div>${hint}${body}</div>`,
    paint: field.paint,
    marks: (standing) => (hasPoint(store.get()) ? [...field.marks(standing), ...placeMarks(store.get(), standing)] : [])
  };
};

function hasPoint({x, y}: Pick<InspectorState, "x" | "y">): boolean {
  return x >= 0 && y >= 0;
}

/** The branches' taps, the widest first, so that the smaller lie on top, and the place itself. */
function placeMarks(state: InspectorState, {result}: Standing): SVGElement[] {
  const at = pointOf(state, result);
  const look = sourceLooks(result.plan);
  const taps = result.plan.branches.toReversed().flatMap((branch) =>
    tapSquares(branch, result, at).map(({row, column, size, inside}) =>
      // Half a pixel on: a pixel's place is its middle.
      boxMark({
        left: column + 0.5,
        top: row + 0.5,
        width: size,
        height: size,
        colour: look(branch.endPoint).colour,
        filled: true,
        dashed: !inside
      })
    )
  );
  return [...(state.taps ? taps : []), pointMark({column: at.column + 0.5, row: at.row + 0.5}, result)];
}
