import {html} from "htl";
import {classKey} from "../../../components/classes/class-key.js";
import {percent} from "../../../components/classes/class-legend.js";
import {classProbabilities} from "../../../components/classes/class-probabilities.js";
import {figureBlock} from "../../../components/page/figure-block.js";
import {lessonMap} from "../../../components/page/lesson-map.js";
import {readouts} from "../../../components/tables/readouts.js";
import {BACKGROUND} from "../../../data/labels/index.js";
import {LESSONS} from "../../../data/lessons.js";
import type {Sample} from "../../../data/samples/samples.js";
import {softmaxAt} from "../../../engine/labels/pixel.js";
import {patchesOf} from "../../../engine/labels/regions.js";
import {lesson} from "../../../lab/lesson.js";
import {modelUrl} from "../../../lab/model-list.js";
import type {ListedModel} from "../../../lab/model-list.js";
import {USUAL_RUN} from "../../../lab/network-parameters.js";
import {pointOf, toCells} from "../../../lab/photo-geometry.js";
import type {PhotoPoint} from "../../../lab/photo-geometry.js";
import {oneOf, range} from "../../../lab/state.js";
import {adoptStandIn} from "../../../lab/stand-in.js";
import {visitedLessons} from "../../../lab/visited.js";
import type {BackendId, Segmentation} from "../../../worker/protocol.js";
import {apartPhoto} from "./apart.js";
import {segmented} from "../../segmented.js";
import type {Segmented} from "../../segmented.js";
import {whole} from "../../../lab/quantities.js";
import {photoMap} from "../photo-map.js";
import {pageAddress} from "../../../site.js";
import {codeUnder} from "../code-under.js";

/** Patches smaller than this share of the photo are specks, not things. */
const SPECK = 1 / 2000;
/** The sample of many animals of one kind. */
const MANY = "horses";
/** Pixels from a pixel to another class, at most, where it lies along an outline. */
const ALONG = 12;
/** Below this probability of its first class the network is not sure of a pixel. */
const UNSURE = 0.6;

/** The first page: one photo, every pixel a class. */
export function segmentationLesson({
  main,
  models,
  samples
}: {
  readonly main: HTMLElement;
  readonly models: readonly ListedModel[];
  readonly samples: readonly Sample[];
}) {
  const table = {
    model: oneOf(
      "model",
      models.map(({id}) => id),
      models[0]!.id
    ),
    x: range("x", 0, 1000, 430),
    y: range("y", 0, 1000, 400)
  };
  const page = lesson({main, table, samples, formulas: false, strip: ({model}) => modelUrl(model)});
  const {store} = page;
  let shown: {readonly result: Segmentation; readonly picture: Segmented} | null = null;

  const map = page.named(photoMap({label: "Segmentation", store, size: () => shown?.picture}));
  const standIn = adoptStandIn(map);
  const key = classKey();
  const probabilities = classProbabilities();
  const answers = readouts(["Classification", "Semantic segmentation", "Instance segmentation"]);
  const credit = html`<p class="about"></p>`;

  const apart = apartPhoto(map, (reason) => page.report(reason, "apart"));

  page.compute({
    on: ["model"],
    photo: true,
    work: (context) => context.engine.segment(context.photo, choiceOf(context)),
    show(result, context) {
      const {photo, engine} = context;
      const picture = segmented(photo, result);
      shown = {result, picture};
      map.draw(picture);
      standIn.remove();
      key.update(picture.classes);
      const things = picture.classes.filter(({name}) => name !== BACKGROUND);
      const largest = things[0];
      const patches = largest && patchesIn(result, largest.id);
      answers.update({
        Classification: largest ? `“${largest.name}”: one word for the photo` : "none of the classes it knows",
        "Semantic segmentation": `${picture.classes.length} ${picture.classes.length === 1 ? "class" : "classes"} over ${whole(result.width * result.height)} pixels`,
        "Instance segmentation": largest
          ? `would tell apart the things in ${patches} ${patches === 1 ? "patch" : "patches"} of “${largest.name}”`
          : "has nothing to count"
      });
      const sample = samples.find(({file}) => file === photo.name);
      credit.replaceChildren(
        ...[
          ...photo.notices.map((notice) => html`<span>${notice} </span>`),
          sample
            ? html`<span>Photo: “${sample.title}”, ${sample.author}, ${sample.licence}, <a href=${sample.url}>published here</a>, by way of ${sample.source}.</span>`
            : photo.name
        ]
      );
      point();
      for (const list of Object.values(attempts)) list.refresh();
      apart.offer({
        result,
        tapped: async (taps) => (await engine.segment(photo, {...choiceOf(context), taps})).taps
      });
    }
  });

  function point(): void {
    if (!shown) return;
    const {result} = shown;
    const {x, y} = store.get();
    const {row, column} = pointOf({x, y}, result);
    map.style.setProperty("--point-x", `${x / 10}%`);
    map.style.setProperty("--point-y", `${y / 10}%`);
    map.mark([
      {row: row - 4, column: column - 4, size: 8, colour: "#fff"},
      {row: row - 3, column: column - 3, size: 6, colour: "#000"}
    ]);
    probabilities.update({x: column, y: row}, likeliest(result, {row, column}));
  }
  page.follow(["x", "y"], point);

  const photos = new Set(samples.map(({id}) => id));
  const presets = page.presets(
    [
      {
        label: "One animal",
        look: "A clear case. Point along its outline: inside the network is sure, at the edge two classes share.",
        state: {sample: "dog", address: ""}
      },
      {
        label: "Many of one kind",
        look: "Animals that touch become one patch: the map says what is where, and not how many.",
        state: {sample: MANY, address: ""}
      },
      {
        label: "A crowd",
        look: "Many people, one class. Instruments and hats are none of the classes it knows.",
        state: {sample: "musicians", address: ""}
      }
    ].filter(({state}) => photos.has(state.sample))
  );
  const attempts = {
    pixel: page.tryThis(
      [
        {
          ask: "Find a pixel of which the network is not sure. Where do you expect it?",
          guesses: ["inside an object", "along an outline", "in the background"],
          answer(state) {
            if (!shown) return null;
            const at = pointOf(state, shown.result);
            const [first, second] = likeliest(shown.result, at);
            if (!first || !second || first.probability >= UNSURE) return null;
            return {
              right: placeOf(shown.result, at),
              text: `Here it is ${first.name} by ${percent(first.probability)}, and ${second.name} by ${percent(second.probability)}.`
            };
          }
        }
      ],
      "a pixel"
    ),
    photos: page.tryThis(
      [
        {
          ask: "Take “Many of one kind”. In how many patches does the class with the most pixels lie?",
          guesses: ["one", "two", "three or more"],
          answer({sample}) {
            const largest = shown?.picture.classes.find(({name}) => name !== BACKGROUND);
            if (!shown || !largest || sample !== MANY || shown.picture.photo.name !== samples.find(({id}) => id === MANY)?.file)
              return null;
            const patches = patchesIn(shown.result, largest.id);
            return {
              right: ["one", "two"][patches - 1] ?? "three or more",
              text: `“${largest.name}” lies in ${patches} ${patches === 1 ? "patch" : "patches"}. Count the animals yourself: the network does not.`
            };
          }
        }
      ],
      "patches"
    )
  };

  const visited = visitedLessons();
  return {
    bar: page.bar,
    presets,
    attempts,
    live: {map, key, credit, probabilities, apart: apart.button},
    answers: figureBlock({
      title: "Three questions about this photo",
      code: codeUnder(store, (codes) => codes.networks.segmentation),
      controls: [page.select("model", "Model", Object.fromEntries(models.map(({id, title}) => [id, title])))],
      body: answers,
      caption: "Counted on the mask above. The patches are of the class with the most pixels, specks left out."
    }),
    map: lessonMap(
      LESSONS.map(({path, name, about}) => ({
        path,
        href: pageAddress(path),
        name,
        about,
        visited: visited.has(path),
        here: path === LESSONS[0]!.path
      }))
    ),
    dispose: page.dispose
  };
}

/** The classes at a pixel of the photo, the most probable first. */
function likeliest(result: Segmentation, point: PhotoPoint): {name: string; probability: number; colour: string}[] {
  const {row, column} = toCells(result, result.logits, point);
  const values = softmaxAt(result.logits, row, column);
  return result.classes
    .map((name, id) => ({name, probability: values[id]!, colour: `rgb(${result.palette[id]!.join(" ")})`}))
    .sort((a, b) => b.probability - a.probability);
}

/** Where a pixel lies on the mask. */
function placeOf({labels, classes, width, height}: Segmentation, {row, column}: PhotoPoint): string {
  const label = labels[row * width + column]!;
  for (let y = Math.max(0, row - ALONG); y <= Math.min(height - 1, row + ALONG); y++)
    for (let x = Math.max(0, column - ALONG); x <= Math.min(width - 1, column + ALONG); x++)
      if (labels[y * width + x] !== label) return "along an outline";
  return classes[label] === BACKGROUND ? "in the background" : "inside an object";
}

/** The run that is shown. */
function choiceOf({state, backend}: {readonly state: {readonly model: string}; readonly backend: BackendId}) {
  return {modelUrl: modelUrl(state.model), backend, ...USUAL_RUN};
}

/** Patches of a class that are larger than a speck. */
function patchesIn(result: Segmentation, id: number): number {
  return patchesOf(result.labels, result, id, Math.ceil(SPECK * result.width * result.height));
}
