import {mean} from "d3-array";
import {classLegend, legendEntries} from "../../components/classes/class-legend.js";
import {maskTable} from "../../components/classes/mask-table.js";
import {classProbabilities} from "../../components/classes/class-probabilities.js";
import {voice} from "../../components/page/voice.js";
import type {PlacedName} from "../../components/photo/mask-names.js";
import type {Point} from "../../components/photo/picture-figure.js";
import {segmentationFigure} from "../../components/photo/segmentation-figure.js";
import {asTable} from "../../components/tables/as-table.js";
import {probabilitiesAt} from "../../engine/crf/marginals.js";
import {classPlaces} from "../../engine/labels/class-places.js";
import type {ClassPlace} from "../../engine/labels/class-places.js";
import {differenceShare} from "../../engine/labels/label-difference.js";
import type {LabelRegion, labelRegions} from "../../engine/labels/label-regions.js";
import {classShares, softmaxAt} from "../../engine/labels/pixel.js";
import {leftOutIds} from "../../lab/left-out.js";
import {maskChangeInWords, maskInWords, placeInWords} from "../../lab/mask-in-words.js";
import {toCells} from "../../lab/photo-geometry.js";
import type {PageShell} from "../../lab/page-shell.js";
import type {Store} from "../../lab/state.js";
import {part} from "../../part.js";
import type {Composition} from "../../media/compose.js";
import {compose, pixelAt, pointInView, pointOnPhoto, viewSize} from "../../media/compose.js";
import type {DrawnMask, MaskMaker} from "../../media/drawn-mask.js";
import type {DecodedPhoto} from "../../media/decode.js";
import type {Cursor} from "../inspector/cursor.js";
import type {Standing} from "../inspector/inspection.js";
import {compositionOf} from "./composition.js";
import {passesOf} from "./passes-of.js";
import type {WorkbenchTable} from "./state.js";

/** Regions smaller than this share of the photo stay without a name, which would hide them. */
const LEAST_SHARE = 0.003;

export interface ResultView {
  readonly figure: HTMLElement;
  readonly legend: HTMLElement;
  readonly probabilities: HTMLElement;
  /** Shows a photo, dimmed, until its run is shown. */
  await(photo: DecodedPhoto): void;
  /** No run of that photo comes: shows what was shown before, or the photo as it is. */
  goBack(): void;
  /** Shows a run. @returns milliseconds that drawing took */
  show(run: Standing): number;
  /** Says in words and as a table what the run that is shown found, and what changed since the one before. */
  describe(run: Standing): void;
}

/**
 * A run as the reader sees it: the photo with its mask, the classes found, and how likely each is where the reader points.
 *
 * @param options.onChoose called with a point of the photo, 0-1 of its width and height
 */
export function resultView(options: {
  readonly shell: PageShell;
  readonly store: Store<WorkbenchTable>;
  readonly cursor: Cursor;
  /** Makes the mask. */
  readonly maskOf: MaskMaker;
  onChoose(point: Point): void;
}): ResultView {
  const {shell, store, cursor, maskOf, onChoose} = options;
  const {get, set} = store;
  let shown: Standing | null = null;
  /** The mask in colour, hidden classes transparent. */
  let mask: DrawnMask | null = null;
  /** Where names can stand on a run's mask; found once they are asked for. */
  let named: {readonly run: Standing; readonly regions: readonly LabelRegion[]} | null = null;
  let regionsOf: typeof labelRegions | null = null;
  /** Whether the photo of another run stands in the figure, dimmed. */
  let isAwaited = false;

  const figure = segmentationFigure({
    onPoint(point) {
      cursor.move(pointOnPhoto(point, get().view));
      // The cross-hair stays under the pointer, whichever half of the view that is in.
      figure.cross(point);
    },
    onLeave: () => cursor.move(null),
    onChoose: (point) => onChoose(pointOnPhoto(point, get().view)),
    onSplit: (position) => set({split: Math.round(position * 100)})
  });
  const legend = classLegend({
    onToggle: (name, visible) => {
      const others = get().hidden.filter((other) => other !== name);
      set({hidden: visible ? others : [...others, name]});
    }
  });
  const table = maskTable();
  const said = voice();
  legend.append(asTable(table), said);
  const probabilities = classProbabilities();
  /** The run that was described last. */
  let told: {readonly run: Standing; readonly places: readonly ClassPlace[]} | null = null;

  cursor.listen((point) => {
    figure.cross(point && pointInView(point, get().view));
    if (point && shown && !isAwaited) readPixel(point, shown);
  });
  store.listen((state, before) => {
    if (!shown || isAwaited) return;
    if (state.hidden !== before.hidden || state.view !== before.view) repaint(shown);
    else draw(shown);
  });

  /** Colours the mask and the legend anew, then draws. @returns milliseconds it took */
  function repaint(run: Standing): number {
    const start = performance.now();
    const {classes, palette} = run.result;
    mask = maskOf(run.mask, palette, leftOutIds(classes, get()));
    draw(run);
    const drawing = performance.now() - start;
    legend.update(legendEntries(classShares(run.mask.labels, classes.length), classes, palette), new Set(get().hidden));
    return drawing;
  }

  function draw(run: Standing): void {
    const composition = compositionOf(run, mask!, get());
    figure.draw(viewSize(composition), (context) => compose(context, composition));
    figure.split(composition.view === "compare" ? composition.split : null);
    figure.name(get().names ? namesOf(run, composition) : []);
  }

  /** What finds regions, which nobody needs who asks for no names. */
  async function loadRegions(): Promise<void> {
    regionsOf = (await part(() => import("../../engine/labels/label-regions.js"))).labelRegions;
    if (shown && !isAwaited) draw(shown);
  }

  /** The names of the regions that a view's mask shows, where it shows them; none until what finds regions is here. */
  function namesOf(run: Standing, {view, split}: Composition): PlacedName[] {
    if (!regionsOf) {
      shell.attempt("names", loadRegions);
      return [];
    }
    const {mask, result} = run;
    if (named?.run !== run) named = {run, regions: regionsOf({...mask, ids: mask.labels}, {least: LEAST_SHARE})};
    const leftOut = leftOutIds(result.classes, get());
    return named.regions
      .filter(({id, x}) => !leftOut.has(id) && (view !== "compare" || x > split))
      .map(({id, x, y}) => ({name: result.classes[id]!, x: view === "side-by-side" ? (1 + x) / 2 : x, y}));
  }

  function readPixel(point: Point, {result, refinement}: Standing): void {
    const {classes, palette} = result;
    const {x, y} = pixelAt(result, point.x, point.y);
    const passes = refinement
      ? [probabilitiesAt(refinement, classes.length, y / Math.max(1, result.height - 1), x / Math.max(1, result.width - 1))]
      : passesOf(result).map(({logits, covered}) => {
          const {row, column} = toCells({...result, covered}, logits, {row: y, column: x});
          return softmaxAt(logits, row, column);
        });
    probabilities.update(
      {x, y},
      classes.map((name, id) => ({name, probability: mean(passes, (values) => values[id])!, colour: `rgb(${palette[id]!.join(" ")})`}))
    );
  }

  function setAwaited(is: boolean): void {
    isAwaited = is;
    figure.classList.toggle("is-awaited", is);
  }

  return {
    figure,
    legend,
    probabilities,
    await(photo) {
      setAwaited(true);
      figure.draw(photo, (context) => context.drawImage(photo.canvas, 0, 0));
      figure.split(null);
    },
    goBack() {
      if (isAwaited && shown) repaint(shown);
      setAwaited(false);
    },
    show(run) {
      setAwaited(false);
      shown = run;
      const drawing = repaint(run);
      const point = cursor.at();
      if (point) readPixel(point, run);
      return drawing;
    },
    describe(run) {
      const {photo, mask, model, result} = run;
      const {classes} = result;
      const places = classPlaces(mask, classes.length);
      const words = maskInWords(places, classes);
      figure.describe(words);
      const rows = places.map((place) => ({...place, name: classes[place.id]!, place: placeInWords(place)}));
      table.update(`Mask of ${photo.name}, ${mask.width} × ${mask.height} pixels`, rows);
      const isSame = told?.run.model === model && told.run.original === run.original;
      said.say(isSame ? maskChangeInWords(differenceShare(told!.run.mask.labels, mask.labels), told!.places, places, classes) : words);
      told = {run, places};
    }
  };
}
