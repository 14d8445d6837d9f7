import {html, svg} from "htl";
import {agreementTable} from "../../../components/classes/agreement-table.js";
import {choiceField} from "../../../components/fields/fields.js";
import {readouts} from "../../../components/tables/readouts.js";
import {runsTable} from "../../../components/tables/runs-table.js";
import {splitHandle} from "../../../components/fields/split-handle.js";
import {labelAgreement, labelChanges} from "../../../engine/labels/label-agreement.js";
import {changesCanvas, paintChanges, paintSplit} from "../../../media/compare.js";
import type {DrawnMask} from "../../../media/drawn-mask.js";
import {pixelAt} from "../../../media/compose.js";
import type {Capabilities, Segmentation} from "../../../worker/protocol.js";
import {whole} from "../../../lab/quantities.js";
import {compareControls} from "./compare-controls.js";
import {runsRows} from "./compare-facts.js";
import {comparePresets} from "./compare-presets.js";
import {compareLayerView} from "./compare-layer-view.js";
import {runPairs} from "./compare-pair.js";
import type {Pair} from "./compare-pair.js";
import {aboutA, asksForOther} from "./compare-run.js";
import {OTHER_NAMES} from "./compare-state.js";
import type {Inspection, Panel} from "../inspection.js";
import {overlayMask} from "../overlay-mask.js";

/** A pair as it is painted. */
interface Shown extends Pair {
  readonly masks: {readonly a: DrawnMask; readonly b: DrawnMask};
  /** B's classes where they are not A's. */
  readonly changes: HTMLCanvasElement;
}

/** The panel "Compare runs": the run that stands is A; B has what is chosen here. */
export function comparePanel(inspection: Inspection): Panel {
  const {store, engine, models, cursor, picture, follow} = inspection;
  let shown: Shown | null = null;
  let found: Capabilities | null = null;

  const pairs = runPairs(engine);
  const controls = compareControls(inspection);
  const presets = comparePresets(inspection, () => found);
  const which = html`<p class="hint"></p>`;
  const hint = html`<p class="hint"></p>`;
  const agreement = readouts(["Agreement", "Different", "Mean IoU"]);
  const classes = agreementTable();
  const namesNote = html`<p class="hint"></p>`;
  const runs = runsTable();
  const layer = compareLayerView(inspection, pairs);
  const here = html`<p class="hint compare-here"></p>`;
  const showing = choiceField({
    label: "In the picture",
    choices: [
      {value: "masks", label: "A | B"},
      {value: "changes", label: "What differs"}
    ],
    value: store.get().compared,
    onChange: (compared) => store.set({compared: compared === "changes" ? "changes" : "masks"})
  });
  const key = html`<p class="hint"></p>`;
  const aside = html`<div class="compare-side" hidden>${showing}${key}${here}</div>`;
  const results = html`<div class="compare-results" hidden>
    ${agreement}
    <div class="figure-columns">
      <div><h3>Class by class</h3>${classes}${namesNote}</div>
      <div><h3>A and B</h3>${runs}<p class="hint">Times are of one run each on this machine, and vary from run to run.</p></div>
    </div>
    <h3>One layer of both</h3>
    ${layer.elements}
  </div>`;
  const handle = splitHandle({label: "Handle between A and B", onSplit: (at) => store.set({handle: Math.round(100 * at)})});
  picture.append(handle);

  follow(["panel", "compared", "handle"], ({compared}) => {
    showing.show(compared);
    key.textContent =
      compared === "masks"
        ? "A's mask left of the handle, B's right of it. Drag the handle, or move it with the arrow keys."
        : "In colour: where the two differ, with the class that B says. The rest of the photo is faint.";
    placeHandle();
    inspection.redraw();
  });
  cursor.listen(tellHere);
  // What B could be computed on is asked for with the first run that this panel sees.
  inspection.onStanding((standing) => {
    which.textContent = aboutA(standing);
    void offerBackends();
  });

  /** The handle belongs to this panel's picture alone. */
  function placeHandle(): void {
    const {panel, compared, handle: at} = store.get();
    handle.show(panel === "compare" && compared === "masks" && pairOnScreen() ? at / 100 : null);
  }

  /** The pair whose A is the run that stands. */
  function pairOnScreen(): Shown | null {
    return shown && shown.a === inspection.standing() ? shown : null;
  }

  async function offerBackends(): Promise<void> {
    if (found) return;
    try {
      found = await pairs.capabilities();
      controls.offer(found);
    } catch (problem) {
      inspection.report(problem, "compare");
    }
  }

  inspection.compute({
    on: OTHER_NAMES,
    wanted: asksForOther,
    work: pairs.of,
    show(pair) {
      const {a, b} = pair;
      shown = {
        ...pair,
        masks: {a: overlayMask(a.result), b: overlayMask(b.result)},
        changes: changesCanvas(b.result, b.result.palette, labelChanges(a.result, b.result))
      };
      showResults(true);
      const {different, pixels, share, meanIoU, classes: list} = labelAgreement(a.result, b.result);
      agreement.update({
        Agreement: `${(100 * share).toFixed(2)} %`,
        Different: `${whole(different)} of ${whole(pixels)}`,
        "Mean IoU": meanIoU === null ? "none" : `${(100 * meanIoU).toFixed(2)} %`
      });
      classes.update(list.map((row) => ({...row, colour: colourOf(row.name, a.result) ?? colourOf(row.name, b.result)!})));
      namesNote.textContent =
        a.result.classes.join() === b.result.classes.join()
          ? ""
          : "The two know different classes: those of one name are taken for the same.";
      runs.update(runsRows(a, b, models));
      controls.explain(b.result.plan.network);
      inspection.redraw();
      tellHere();
    },
    clear() {
      shown = null;
      pairs.drop();
      layer.clear();
      controls.explain(inspection.standing()!.result.plan.network);
      showResults(false);
      inspection.redraw();
    }
  });

  function showResults(there: boolean): void {
    results.hidden = aside.hidden = !there;
    hint.textContent = there ? "" : "Choose a comparison, or set what B has otherwise: nothing is computed before.";
    placeHandle();
  }

  /** Says what the two have where the reader points. */
  function tellHere(): void {
    const point = cursor.at();
    const pair = pairOnScreen();
    here.textContent = "";
    if (pair && point) {
      const {x, y} = pixelAt(pair.a.result, point.x, point.y);
      const name = ({labels, classes: names, width}: Segmentation) => names[labels[y * width + x]!]!;
      here.textContent = `At ${x}, ${y}: A says ${name(pair.a.result)}, B ${name(pair.b.result)}.`;
    }
    layer.tellHere();
  }

  showResults(false);

  return {
    side: html`<div>${aside}</div>`,
    element: html`<div class="compare-panel">
      <p class="hint">Two runs on one photo: the network's weights, its stride, its rates or what computes it make B differ from A. See where the masks part, and how far the layers do.</p>
      ${which}
      ${presets}
      <div class="figure-controls" role="group" aria-label="Run B">${controls.elements}</div>
      ${hint}${results}
    </div>`,
    paint(context, standing) {
      const {opacity, compared, handle: at} = store.get();
      placeHandle();
      const pair = pairOnScreen();
      const {canvas} = standing.photo;
      if (!pair) inspection.paintMask(context, standing);
      else if (compared === "masks")
        paintSplit({photo: canvas, left: pair.masks.a, right: pair.masks.b, opacity: opacity / 100, split: at / 100})(context);
      else paintChanges(canvas, pair.changes)(context);
    },
    marks: () => (pairOnScreen() && store.get().compared === "masks" ? letters(pairOnScreen()!.a.photo) : [])
  };
}

/** Says which side of the picture is whose. */
function letters({width}: {readonly width: number}): SVGElement[] {
  const size = width / 16;
  return [
    svg`<g class="compare-letters" style=${`font-size:${size}px`}>
    <text x=${size / 3} y=${size * 1.1}>A</text><text x=${width - size / 3} y=${size * 1.1} text-anchor="end">B</text>
  </g>`
  ];
}

/** A class's CSS colour in a run. */
function colourOf(name: string, {classes, palette}: Segmentation): string | null {
  const colour = palette[classes.indexOf(name)];
  return colour ? `rgb(${colour.join(" ")})` : null;
}
