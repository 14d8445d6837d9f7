import {html} from "htl";
import {classLegend, legendEntries} from "../../components/classes/class-legend.js";
import {errorNote} from "../../components/page/error-note.js";
import {liveCanvas} from "../../components/live/live-canvas.js";
import {livePanel} from "../../components/live/live-panel.js";
import {liveSources} from "../../components/live/live-sources.js";
import {statusLine} from "../../components/page/status-line.js";
import type {Sample} from "../../data/samples/samples.js";
import {classShares} from "../../engine/labels/pixel.js";
import {listCameras} from "../../media/camera.js";
import {decodePhoto} from "../../media/decode.js";
import type {DecodedPhoto} from "../../media/decode.js";
import {canShareScreen, openSource} from "../../media/live-source.js";
import type {LiveSource, WantedSource} from "../../media/live-source.js";
import type {Survey} from "../../media/live/renderer.js";
import {recordingFormat} from "../../media/recorder.js";
import type {FrameFacts, LiveRun} from "../../worker/live/messages.js";
import type {ModelDescription} from "../../worker/protocol.js";
import {capitals} from "../../lab/backend-choices.js";
import {connectEngine} from "../../lab/engine-client.js";
import {allowThreadsNextTime} from "../../lab/isolation.js";
import {wayIn} from "../../lab/way-in.js";
import {isSuperseded} from "../../lab/latest.js";
import {labellingOf, lookOf} from "./live-look.js";
import {livePace} from "./live-pace.js";
import {livePlayer} from "./live-player.js";
import {liveSaving} from "./live-saving.js";
import {modelUrl} from "../../lab/model-list.js";
import type {ListedModel} from "../../lab/model-list.js";
import {backendFor} from "../../lab/network-parameters.js";
import {fetchSample} from "../../lab/photo-choice.js";
import {addressStore} from "../../lab/state.js";
import {steadyLegend} from "./steady-legend.js";
import {webcamControls} from "./controls.js";
import {SOURCES, webcamTable} from "./state.js";

const SOURCE_NAMES: Readonly<Record<(typeof SOURCES)[number], string>> = {camera: "Camera", file: "Video file", screen: "Screen"};

/** The parts of the page that a message is about. */
const SOURCE = "source";
const RUN = "run";
const BACKDROP = "backdrop";
const SAVING = "saving";

/**
 * The webcam page: plays a camera, a video file or the screen through the network and shows what comes back.
 *
 * @param options.main the element whose `aria-busy` tells whether a picture is waited for; `data-run` counts pictures
 */
export function webcam(options: {
  readonly main: HTMLElement;
  readonly models: readonly ListedModel[];
  readonly samples: readonly Sample[];
}): {element: HTMLElement; dispose(): void} {
  const {main, models, samples} = options;
  const store = addressStore(webcamTable(models.map(({id}) => id)));
  const {get, set} = store;
  const engine = connectEngine({
    onProgress: ({message, fraction}) => {
      progressing = true;
      status.update(`${message} …`, fraction);
    }
  });
  const capabilities = engine.capabilities();
  const video = html`<video class="live-video" playsinline aria-hidden="true" tabindex="-1"></video>` as HTMLVideoElement;
  // As an attribute it would only be the default.
  video.muted = true;

  let source: LiveSource | null = null;
  /** Counts what was opened last; a source that opens after that is let go. */
  let latestStart = 0;
  let opening = false;
  let paused = false;
  /** Whether the session ended by itself; the source stays open. */
  let failed = false;
  /** Whether a GPU draws on this machine, as far as is known. */
  let gpu = false;
  let file: File | null = null;
  let model: ModelDescription | null = null;
  let backdrop: DecodedPhoto | null = null;
  let pace: ReturnType<typeof livePace> | null = null;
  /** What the pace chose instead of the reader's stride and size. */
  let paced: LiveRun | null = null;
  let drawnBy = "";
  let pictures = 0;
  /** Frames of the video since the last that was segmented. */
  let frames = 0;
  /** Whether the status line tells of work that the next picture ends. */
  let progressing = false;
  let listed = steadyLegend();
  let entries: ReturnType<typeof listed> = [];

  const status = statusLine();
  const error = errorNote();
  const panel = livePanel();
  const figure = liveCanvas({placeholder: "Press Start: what the camera sees will stand here, segmented as it moves."});
  const saving = liveSaving({
    canvas: figure.canvas,
    video,
    onSaid: (sentence) => status.update(sentence),
    onProblem: (reason) => (reason ? complain(reason, SAVING) : error.update(null, SAVING)),
    onChange: () => refresh()
  });
  const legend = classLegend({
    onToggle: (name, visible) => {
      const others = get().hidden.filter((other) => other !== name);
      set({hidden: visible ? others : [...others, name]});
    }
  });
  const sources = liveSources({
    sources: SOURCES.filter((value) => value !== "screen" || canShareScreen()).map((value) => ({value, label: SOURCE_NAMES[value]})),
    source: get().source,
    onSource: (value) => set({source: value as (typeof SOURCES)[number]}),
    onCamera: (camera) => set({camera}),
    onFile: (chosen) => {
      file = chosen;
      void start();
    }
  });
  const controls = webcamControls({
    models,
    state: get(),
    set,
    onPicture: (chosen) => void openBackdrop(() => decodePhoto(chosen, chosen.name)),
    onReset: () => store.reset()
  });
  const button = (label: string, onclick: () => void) =>
    html`<button type="button" onclick=${onclick}>${label}</button>` as HTMLButtonElement;
  const buttons = {
    start: button("Start", () => (source || opening ? stop() : void start())),
    pause: button("Pause", () => pause(!paused)),
    again: button("Start again", () => void begin()),
    snapshot: button("Snapshot", () => saving.snapshot()),
    record: button("Record", () => saving.toggleRecording()),
    still: button("Still to workbench", () => void stillTo(`./workbench?${new URLSearchParams({model: get().model})}`)),
    inside: button(
      "Look inside this moment",
      () => void stillTo(wayIn({model: get().model, os: run().outputStride, size: run().inputSize}))
    )
  };
  buttons.start.classList.add("primary");

  const player = livePlayer({
    engine,
    video,
    events: {
      onStarted: (session) => void (drawnBy = session.drawnBy),
      onFrame: () => void frames++,
      onPicture: show,
      onSurvey: count,
      onFailed(reason) {
        failed = true;
        complain(reason, RUN);
        status.update(`${source?.name ?? "The source"} is still open, but nothing is segmented.`);
        busy(false);
        refresh();
      }
    }
  });

  store.listen((state, before) => {
    const changed = (...names: (keyof typeof state)[]) => names.some((name) => state[name] !== before[name]);
    if (changed("source")) stop();
    if (changed("camera") && source?.kind === "camera") void start();
    if (changed("model")) model = null;
    if (changed("model", "backend") && source) void begin();
    if (changed("outputStride", "inputSize", "pace")) {
      renewPace();
      rerun();
    }
    player.stream?.look(look(), labelling());
    // What is drawn anew keeps its classes; these two are about how they come.
    if (changed("smoothing", "edges") && paused) player.stream?.again();
    if (changed("hidden")) legend.update(entries, new Set(state.hidden));
    if (state.view === "picture") wantBackdrop();
    refresh();
  });

  const look = () => lookOf(get(), model?.card.classes ?? [], backdrop !== null);
  const labelling = () => labellingOf(get(), gpu);
  const run = (): LiveRun => paced ?? {outputStride: get().outputStride, inputSize: get().inputSize};

  /** Opens the chosen source in place of the present one; a session that streams goes on with it. */
  async function start(): Promise<void> {
    const wanted = wantedSource();
    if (!wanted) return sources.askForFile();
    const turn = ++latestStart;
    release();
    opening = true;
    paused = false;
    busy(true);
    status.update(
      wanted.kind === "camera" ? "Waiting for the camera …" : wanted.kind === "screen" ? "Waiting for the screen …" : "Opening the video …",
      null
    );
    refresh();
    try {
      const opened = await openSource(wanted, video, (sentence) => turn === latestStart && lose(sentence));
      if (turn !== latestStart) return opened.stop();
      source = opened;
    } catch (reason) {
      if (turn === latestStart) lose(reason);
      return;
    }
    opening = false;
    error.update(source.notice, SOURCE);
    void listAgain();
    refresh();
    if (player.stream && !failed) {
      renewPace();
      rerun();
      player.stream.again();
      progressing = true;
    } else await begin();
  }

  function wantedSource(): WantedSource | null {
    const {source: kind, camera} = get();
    if (kind === "file") return file && {kind, file};
    return kind === "camera" ? {kind, deviceId: camera} : {kind};
  }

  /** Begins a session over the source that is open. */
  async function begin(): Promise<void> {
    const turn = latestStart;
    failed = false;
    error.update(null, RUN);
    busy(true);
    progressing = true;
    status.update("Getting the network ready …", null);
    refresh();
    try {
      const found = await capabilities;
      if (turn !== latestStart || !source) return;
      const state = get();
      await player.begin({
        modelUrl: modelUrl(state.model),
        start(description) {
          model = description;
          listed = steadyLegend();
          panel.clear();
          renewPace();
          refresh();
          return {
            modelUrl: modelUrl(state.model),
            backend: backendFor(state.backend, found),
            ...run(),
            look: look(),
            labelling: labelling()
          };
        },
        onBegun(stream) {
          stream.flow(!document.hidden);
          void sendBackdrop();
        }
      });
    } catch (reason) {
      complain(reason, RUN);
      busy(false);
    }
  }

  function pause(now: boolean): void {
    paused = now;
    // The frame that stands is the last to come through.
    if (now) video.pause();
    else void video.play().catch((reason) => complain(reason, SOURCE));
    player.stream?.again();
    standing();
    refresh();
  }

  function stop(): void {
    const ran = source !== null || opening;
    latestStart++;
    saving.endRecording();
    release();
    player.stop();
    opening = paused = failed = progressing = false;
    busy(false);
    if (ran) status.update("Stopped.");
    refresh();
  }

  /** The source ended by itself, or did not open. */
  function lose(reason: unknown): void {
    stop();
    complain(reason, SOURCE);
    void listAgain();
  }

  function release(): void {
    source?.stop();
    source = null;
  }

  function show(picture: ImageBitmap, facts: FrameFacts | null): void {
    const at = performance.now();
    figure.show(picture);
    main.dataset["run"] = String(++pictures);
    if (facts) {
      const {capturedAt, elapsed, stages, memory, drawingBytes} = facts;
      panel.add({
        at,
        latency: performance.timeOrigin + at - capturedAt,
        elapsed,
        stages,
        dropped: Math.max(0, frames - 1),
        tensors: memory.numTensors,
        bytes: (memory.numBytesInGPU ?? memory.numBytes) + drawingBytes
      });
      frames = 0;
      if (progressing) standing();
      follow(elapsed, at);
    }
    if (main.getAttribute("aria-busy") === "true") {
      busy(false);
      refresh();
    }
  }

  /** Lets the pace see how long a frame took. */
  function follow(elapsed: number, at: number): void {
    const change = pace?.frame(elapsed, at);
    if (!change) return;
    paced = change.run;
    player.stream?.run(change.run);
    status.update(change.sentence);
    refresh();
  }

  /** Begins the pace anew from what the reader chose. */
  function renewPace(): void {
    const {pace: framesPerSecond, outputStride, inputSize} = get();
    const {videoWidth: width, videoHeight: height} = video;
    paced = null;
    pace =
      framesPerSecond === "fixed" || !model || width === 0
        ? null
        : livePace({framesPerSecond, start: {outputStride, inputSize}, network: model.network, frame: {width, height}});
  }

  function rerun(): void {
    player.stream?.run(run());
    if (paused) player.stream?.again();
  }

  function count({ids}: Survey): void {
    if (!model) return;
    const {classes, palette} = model.card;
    entries = listed(legendEntries(classShares(ids, classes.length), classes, palette), performance.now());
    legend.update(entries, new Set(get().hidden));
  }

  /** Says what is going on once nothing is waited for. */
  async function standing(): Promise<void> {
    progressing = false;
    const {name} = source ?? {};
    const found = await capabilities;
    if (!name || source?.name !== name || progressing) return;
    status.update(
      paused
        ? `${name} is paused; every view still works.`
        : `${name}, segmented with ${get().model} on ${capitals(backendFor(get().backend, found))}, drawn with ${drawnBy}.`
    );
  }

  /** Takes the frame to another page. */
  async function stillTo(address: string): Promise<void> {
    if (!(await saving.keepStill(`${source?.kind ?? "webcam"}-still.png`))) return;
    stop();
    location.assign(address);
  }

  /** A picture of the site's own stands behind the subject until the reader brings one. */
  function wantBackdrop(): void {
    if (backdrop) return;
    const meadow = samples.find(({id}) => id === "cows") ?? samples[0];
    if (meadow) void openBackdrop(() => fetchSample(samples, meadow.id));
  }

  async function openBackdrop(open: () => Promise<DecodedPhoto>): Promise<void> {
    try {
      backdrop = await open();
      error.update(null, BACKDROP);
      await sendBackdrop();
      player.stream?.look(look(), labelling());
    } catch (reason) {
      complain(reason, BACKDROP);
    }
  }

  async function sendBackdrop(): Promise<void> {
    const {stream} = player;
    if (!backdrop || !stream) return;
    const picture = await createImageBitmap(backdrop.canvas);
    if (stream === player.stream) stream.backdrop(picture);
    else picture.close();
  }

  function complain(reason: unknown, part: string): void {
    if (!isSuperseded(reason)) error.update(reason instanceof Error ? reason.message : String(reason), part);
  }

  function busy(now: boolean): void {
    main.setAttribute("aria-busy", String(now));
  }

  /** Brings every control to what holds now. */
  function refresh(): void {
    const runs = source !== null || opening;
    buttons.start.textContent = runs ? "Stop" : "Start";
    buttons.start.classList.toggle("primary", !runs);
    buttons.pause.textContent = paused ? "Resume" : "Pause";
    buttons.pause.disabled = source === null;
    buttons.again.hidden = !failed || source === null;
    buttons.snapshot.disabled = pictures === 0;
    buttons.record.hidden = recordingFormat() === null;
    buttons.record.disabled = !saving.recording && (source === null || pictures === 0);
    buttons.record.textContent = saving.recording ? "Stop recording" : "Record";
    buttons.still.disabled = buttons.inside.disabled = source === null;
    const {source: kind, camera} = get();
    sources.show({source: kind, camera: source?.deviceId || camera, file: file?.name ?? null});
    controls.show(get(), {classes: model?.card.classes ?? [], run: run(), labelling: labelling()});
  }

  async function listAgain(): Promise<void> {
    const cameras = await listCameras();
    sources.offer(cameras, source?.deviceId || get().camera);
  }

  async function prepare(): Promise<void> {
    busy(true);
    refresh();
    void listAgain();
    if (get().view === "picture") wantBackdrop();
    try {
      const found = await capabilities;
      gpu = found.backends.some(({id, available, software}) => id === "webgl" && available && !software);
      controls.offerBackends(found, get());
      refresh();
      if (!found.where.worker) status.update(`The network runs in the page, which may stutter: ${found.where.reason ?? "no worker"}`);
    } catch (reason) {
      complain(reason, RUN);
    }
    // A reader may have pressed Start meanwhile.
    if (!source && !opening) busy(false);
    void allowThreadsNextTime();
  }

  const leaving = new AbortController();
  const {signal} = leaving;
  document.addEventListener("visibilitychange", () => player.stream?.flow(!document.hidden), {signal});
  navigator.mediaDevices?.addEventListener?.("devicechange", () => void listAgain(), {signal});

  void prepare();

  return {
    element: html`<div class="workbench webcam">
      <section class="picker" aria-label="Source">
        <div class="live-buttons">${buttons.start}${buttons.pause}${buttons.again}</div>
        ${sources}
      </section>
      ${error}
      <div class="stage">
        <div class="stage-picture">${figure}${video}${status}
          <div class="live-buttons">${buttons.snapshot}${buttons.record}${buttons.still}${buttons.inside}</div>
        </div>
        <div class="stage-side">${controls.element}${legend}</div>
        <div class="stage-below">${panel}</div>
      </div>
    </div>` as HTMLElement,
    dispose() {
      leaving.abort();
      stop();
      panel.dispose();
      engine.dispose();
    }
  };
}
