import type {NetworkDiagram} from "../../../components/network/network-diagram.js";
import {zoomPath} from "../../../components/network/zoom-path.js";
import type {ZoomStop} from "../../../components/network/zoom-path.js";
import {zoomStage} from "../../../components/network/zoom-stage.js";
import {pinches} from "../../../components/page/pinching.js";
import type {Activations} from "../../../engine/activations.js";
import type {Network} from "../../../engine/network.js";
import {convolutionOf} from "../../../engine/steps/convolution.js";
import type {Place} from "../../../engine/steps/kind.js";
import type {Plan, Step} from "../../../engine/plan.js";
import {paintsOnGpu} from "../../../lab/backend-choices.js";
import {channelName, classOfChannel} from "../../../lab/channel-name.js";
import {channelOf} from "../../../components/maps/feature-maps.js";
import {faceUrl} from "../../../lab/face-url.js";
import {modelUrl} from "../../../lab/model-list.js";
import {partsOf} from "../../../lab/network-parts.js";
import type {RunChoice} from "../../../worker/protocol.js";
import {bringIn} from "./bring-in.js";
import {cellLevel} from "./cell-level.js";
import {channelLevel} from "./channel-level.js";
import {drawnItems, planDiagram} from "./items.js";
import {layerLevel} from "./layer-level.js";
import {placeIn, scoresOf} from "./opened.js";
import type {Opened, Scores} from "./opened.js";
import {LEVELS, OWN, STRONGEST, chosenStep, shownPlan, shownRates, trainedIn} from "./state.js";
import type {NetworkPage, NetworkState} from "./state.js";

/** Cells along the longer side of what a box shows. */
const FACE = 96;
/** What a run and its maps depend on. */
const RUN = ["model", "version", "outputStride", "inputSize", "rate1", "rate2", "rate3"] as const;

/** What has a use of its own for Escape, and what it closes. */
const ESCAPES = "input, select, textarea, [open]";
const OPEN = ":popover-open, dialog[open]";

/** Small maps, and pictures of them, by end point. */
interface Faces {
  /** Of the run. */
  readonly key: string;
  readonly photo: object;
  readonly maps: Map<string, Activations>;
  readonly urls: Map<string, string>;
}

export interface NetworkZoom {
  readonly element: HTMLElement;
  /** Where the reader is, and the ways out. */
  readonly path: HTMLElement;
  /** Shows the state on a plan. */
  draw(plan: Plan, step: Step): void;
  /** Chooses a layer and goes into it. */
  enter(layer: string): void;
  dispose(): void;
}

/**
 * The network, a layer's channels, one of them, and what one of its cells is made of, each inside of the one before. Of the photo's run is
 * read back what is drawn: the boxes' maps in one run, a layer once it is opened, and of that same run what made a cell.
 *
 * @param options.onAspect called with the width of the maps as a share of their height, once that is known
 * @param options.onScores called with the scores of the photo, once they were read
 */
export function networkZoom(
  page: NetworkPage,
  diagram: NetworkDiagram,
  {onAspect, onScores}: {onAspect(aspect: number): void; onScores(scores: Scores): void}
): NetworkZoom {
  const {store} = page;
  let hasGpu = false;
  page.engine.capabilities().then(
    (capabilities) => (hasGpu = paintsOnGpu(capabilities)),
    // Whoever runs the network says what went wrong.
    () => {}
  );
  let opened: Opened | null = null;
  /** What the boxes show of one run, by item. */
  let faces: Faces | null = null;
  let isFirst = true;
  /** The channel whose picture stands on the way. */
  let pictured: {readonly of: Opened["reading"]; readonly channel: number; readonly url: string} | null = null;
  let drawn: {readonly plan: Plan; readonly step: Step} | null = null;

  const go = (level: number) => store.set({zoom: LEVELS[Math.max(0, level)]!});
  const layer = layerLevel({
    gpu: () => hasGpu,
    onChannel: (channel) => store.set({channel, row: STRONGEST, column: STRONGEST, zoom: "channel"})
  });
  const channel = channelLevel({onCell: ({row, column}) => store.set({channel: placed()!.channel, row, column, zoom: "cell"})});
  const cell = cellLevel({
    onCell: ({row, column}) => store.set({row, column}),
    // Another class's score at the same cell.
    onClass(channel) {
      const {row, column} = placed()!;
      store.set({channel, row, column});
    }
  });
  const network = {
    element: diagram,
    inner: () => diagram.placeOf(drawn?.step.name ?? ""),
    focus: () => diagram.focusSelected()
  };
  const stage = zoomStage({label: "From the network to one value", levels: [network, layer, channel, cell]});
  const path = zoomPath({label: "Where you are in the network", onLevel: go});
  const left = new AbortController();
  document.addEventListener("keydown", onKey, {signal: left.signal});
  pinches(stage, {
    onIn(target) {
      if (stage.shown() === 0) diagram.goInto(target);
      else if (stage.shown() === 1) target.closest<HTMLElement>("[data-channel]")?.click();
      else if (stage.shown() === 2) target.closest<HTMLElement>(".cell-map")?.click();
    },
    onOut: () => stage.shown() > 0 && go(stage.shown() - 1)
  });

  /** Escape leads out from anywhere on the page, where it closes nothing else. */
  function onKey(event: KeyboardEvent): void {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    const target = event.target as Element;
    const isHere = stage.contains(target) || path.contains(target);
    if (document.querySelector(OPEN) || (!isHere && (stage.shown() === 0 || target.closest(ESCAPES)))) return;
    event.preventDefault();
    if (stage.shown() === 0) diagram.whole();
    else go(stage.shown() - 1);
  }
  /** What is opened, where it is of the layer that is chosen. */
  const current = () => (opened && opened.step.name === drawn?.step.name ? opened : null);
  const placed = (): Place | null => (current() ? placeIn(opened!, store.get()) : null);

  function pictureOf({reading}: Opened, channel: number): string {
    // A key that moves the cell paints nothing.
    if (pictured?.of !== reading || pictured.channel !== channel) {
      const {height, width} = reading;
      pictured = {of: reading, channel, url: faceUrl({height, width, channels: 1, values: channelOf(reading, channel)})};
    }
    return pictured.url;
  }

  function draw(): void {
    if (!drawn) return;
    const {plan, step} = drawn;
    const state = store.get();
    const [now, at] = [current(), placed()];
    const isRun = trainedIn(plan, state)(step.name);
    layer.show(
      now,
      at && state.channel !== STRONGEST ? at.channel : null,
      isRun
        ? ""
        : `${state.version}'s head is not trained here: the diagram shows its shapes and costs. Choose a layer of the backbone to see its maps.`
    );
    channel.show(now, at);
    cell.show(now, at, (name) => faces?.maps.get(name));
    path.update(stopsTo(plan, step, state, now, at, {layer: faces?.urls.get(step.name), channel: now && at && pictureOf(now, at.channel)}));
    diagram.tools.hidden = state.zoom !== "network";
    const level = LEVELS.indexOf(state.zoom);
    const isOther = level !== stage.shown() && !isFirst;
    // What the address opens with stands at once.
    stage.go(level, isFirst);
    isFirst = false;
    stage.handFocus();
    if (isOther) bringIn(stage.closest(".figure-body"));
  }
  page.follow(["channel", "row", "column", "zoom"], draw);

  page.compute({
    on: [...RUN, "detail", "layer"],
    photo: true,
    async work({state, backend, engine, photo, signal}) {
      const {network: own} = await engine.describe(modelUrl(state.model), signal);
      const plan = shownPlan(own, state);
      const items = planDiagram(plan);
      const group = items.items.find(({id}) => id === chosenStep(plan, state.layer).name)?.group;
      const wanted = drawnItems(items, (name) => state.detail === "layers" || name === group).filter(trainedIn(plan, state));
      const run = runOf(own, state, backend);
      const key = JSON.stringify(run);
      const known: Faces = faces?.key === key && faces.photo === photo ? faces : {key, photo, maps: new Map(), urls: new Map()};
      const missing = wanted.filter((name) => !known.urls.has(name));
      return {
        known,
        found: missing.length > 0 ? await engine.inspect(photo, run, "overview", {layers: missing, side: FACE}, signal) : null
      };
    },
    show({known, found}) {
      for (const [name, map] of Object.entries(found?.maps ?? {})) {
        known.maps.set(name, map);
        known.urls.set(name, faceUrl(map));
      }
      faces = known;
      if (found) onAspect(found.plan.inputWidth / found.plan.inputHeight);
      diagram.picture(known.urls);
    }
  });

  page.compute({
    on: [...RUN, "layer", "channel", "row", "column", "zoom"],
    photo: true,
    async work({state, backend, engine, photo, signal}): Promise<Opened | null> {
      if (state.zoom === "network") return null;
      const {network: own, card} = await engine.describe(modelUrl(state.model), signal);
      const plan = shownPlan(own, state);
      const step = chosenStep(plan, state.layer);
      if (!trainedIn(plan, state)(step.name)) return null;
      const run = runOf(own, state, backend);
      const key = JSON.stringify([run, step.name]);
      const isSame = opened?.key === key && opened.photo === photo;
      const reading = isSame ? opened!.reading : await engine.inspect(photo, run, "opened", {layer: step.name}, signal);
      const result = {plan, classes: card.classes};
      const nameOf = (channel: number) => channelName(result, step.name, channel);
      const scores = classOfChannel(result, step.name, 0) === null ? null : isSame ? opened!.scores : scoresOf(reading, card);
      const at = placeIn({reading, scores}, state);
      const making =
        state.zoom === "cell" ? {at, ...(await engine.inspect(photo, run, "making", {layer: step.name, ...at}, signal))} : null;
      return {key, photo, step, reading, nameOf, scores, making};
    },
    show(result) {
      // At the network nothing is opened; what was stays for the way back in.
      if (result || store.get().zoom !== "network") opened = result;
      if (result?.scores) onScores(result.scores);
      draw();
    }
  });

  return {
    element: stage,
    path,
    draw(plan, step) {
      drawn = {plan, step};
      draw();
    },
    enter: (name) => store.set({layer: name, channel: STRONGEST, row: STRONGEST, column: STRONGEST, zoom: "layer"}),
    dispose() {
      left.abort();
      layer.dispose();
    }
  };
}

/** The papers' heads are not run: behind a backbone's layer stands the model's own. */
function runOf(own: Network, state: NetworkState, backend: RunChoice["backend"]): RunChoice {
  const {model, version, outputStride, inputSize} = state;
  const rates = version === OWN ? shownRates(own, state) : undefined;
  return {modelUrl: modelUrl(model), backend, outputStride, inputSize, ...(rates && {rates})};
}

/** The way to where the reader is. */
function stopsTo(
  plan: Plan,
  step: Step,
  {zoom}: NetworkState,
  opened: Opened | null,
  at: Place | null,
  pictures: {readonly layer: string | undefined; readonly channel: string | null}
): ZoomStop[] {
  const level = LEVELS.indexOf(zoom);
  const pieces = step.name.split("/");
  const rate = convolutionOf(step)?.rate ?? 1;
  const stops: (ZoomStop | null)[] = [
    {name: "network", level: 0},
    pieces.length > 1 ? {name: partsOf(plan)(step.name), level: null} : null,
    {name: `${pieces.slice(pieces.length > 1 ? 1 : 0).join(" ")}${rate > 1 ? `, rate ${rate}` : ""}`, level: 1, picture: pictures.layer},
    {name: at ? `channel ${opened!.nameOf(at.channel)}` : "channel", level: 2, picture: pictures.channel ?? undefined},
    {name: at ? `cell (${at.row}, ${at.column})` : "cell", level: 3}
  ];
  return stops.filter((stop): stop is ZoomStop => stop !== null && (level > 0 || stop.level === 0) && (stop.level ?? 0) <= level);
}
