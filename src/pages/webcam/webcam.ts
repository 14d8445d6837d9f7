import {html} from "htl";
import type {Sample} from "../../data/samples/samples.js";
import {capitals, paintsOnGpu} from "../../lab/backend-choices.js";
import {reportAddress} from "../../lab/address-report.js";
import {modelUrl, peopleFirst} from "../../lab/model-list.js";
import type {ListedModel} from "../../lab/model-list.js";
import {backendFor} from "../../lab/network-parameters.js";
import {pageShell, sayWhere} from "../../lab/page-shell.js";
import type {Found} from "../../lab/page-shell.js";
import {fetchSample} from "../../lab/photo-choice.js";
import {addressStore, isChanged} from "../../lab/state.js";
import {wayIn, workbenchWith} from "../../lab/way-in.js";
import {decodePhoto} from "../../media/decode.js";
import {openSource} from "../../media/live-source.js";
import type {FrameFacts} from "../../worker/live/messages.js";
import type {ModelDescription} from "../../worker/protocol.js";
import {webcamControls} from "./controls.js";
import {liveBackdrop} from "./live-backdrop.js";
import {liveButtons} from "./live-buttons.js";
import {liveLegend} from "./live-legend.js";
import {labellingOf, lookOf} from "./live-look.js";
import {pacedRun} from "./live-pace.js";
import {livePictures} from "./live-pictures.js";
import {livePlayer} from "./live-player.js";
import {liveSaving} from "./live-saving.js";
import {isPaused, isWaiting, playsInWords, sourceOf} from "./phase.js";
import {RUN, SOURCE, playing} from "./playing.js";
import {sourceChoice} from "./source-choice.js";
import {webcamTable} from "./state.js";

/** Further parts of the page that a message is about. */
const BACKDROP = "backdrop";
const SAVING = "saving";

/** Id of the sample that stands behind the subject until the reader brings a picture. */
const MEADOW = "cows";

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
  const {main, samples} = options;
  const models = peopleFirst(options.models);
  const table = webcamTable(models.map(({id}) => id));
  const store = addressStore(table);
  const {get, set} = store;

  /** What this machine has, once that is known. */
  let found: Found | null = null;
  /** The network that runs, once it is known. */
  let model: ModelDescription | null = null;
  /** What draws the pictures of the session. */
  let drawnBy = "";
  /** Whether the status line tells of work that the next picture ends. */
  let tellsOfWork = false;

  const shell = pageShell({
    main,
    idle: () => null,
    onProgress({message, fraction}) {
      tellsOfWork = true;
      status.update(`${message} …`, fraction);
    }
  });
  const {engine, capabilities, status, busy, report, attempt} = shell;
  reportAddress(shell, table, store);
  const waiting = busy.task();
  const video = html`<video class="live-video" playsinline aria-hidden="true" tabindex="-1"></video>` as HTMLVideoElement;
  // As an attribute it would only be the default.
  video.muted = true;
  const pictures = livePictures();
  const legend = liveLegend({hidden: () => get().hidden, onHidden: (hidden) => set({hidden})});
  const saving = liveSaving({
    canvas: pictures.figure.canvas,
    video,
    view: () => get().view,
    onSaid: (sentence) => status.update(sentence),
    onProblem: (reason) => report(reason, SAVING),
    onChange: refresh
  });
  const sources = sourceChoice({get, set, onFile: start});
  const controls = webcamControls({
    models,
    store,
    onPicture: (file) => attempt(BACKDROP, () => backdrop.bring(() => decodePhoto(file, file.name))),
    onReset: () => store.reset()
  });
  const buttons = liveButtons({
    onStart: () => (player.phase.kind === "idle" ? start() : player.stop()),
    onPause: () => attempt(SOURCE, () => player.pause(!isPaused(player.phase))),
    onAgain: () => attempt(RUN, player.begin),
    onSnapshot: () => saving.snapshot(),
    onRecord: () => saving.toggleRecording(),
    onStill: () => takeStillTo(workbenchWith({model: get().model})),
    onInside: () => takeStillTo(wayIn({model: get().model, os: run.now().outputStride, size: run.now().inputSize}))
  });

  const run = pacedRun(get);
  const look = () => lookOf(get(), model?.card.classes ?? [], backdrop.isThere);
  const labelling = () => labellingOf(get(), found !== null && paintsOnGpu(found));
  const renewPace = () => run.renew(model?.network ?? null, {width: video.videoWidth, height: video.videoHeight});
  const drawAnew = () => sessions.stream?.look(look(), labelling());

  const sessions = livePlayer({
    engine,
    video,
    events: {
      onOpened: () => attempt(BACKDROP, backdrop.send),
      onStarted: (session) => void (drawnBy = session.drawnBy),
      onFrame: pictures.frameCame,
      onPicture: show,
      onSurvey: (survey) => model && pictures.figure.describe(legend.count(survey, model.card)),
      onFailed: (reason) => player.fail(reason)
    }
  });
  const player = playing({
    open: (wanted, onEnded) => openSource(wanted, video, onEnded),
    video,
    session: {
      get streams() {
        return sessions.stream !== null;
      },
      begin,
      goOn() {
        renewPace();
        rerun();
        sessions.stream?.again();
      },
      again: () => sessions.stream?.again(),
      stop: () => sessions.stop()
    },
    report,
    say: (sentence, fraction) => status.update(sentence, fraction),
    onSources: offerCameras,
    onPhase(phase) {
      if (isWaiting(phase)) waiting.begin();
      else waiting.end();
      tellsOfWork = phase.kind === "preparing";
      if (phase.kind === "idle") saving.endRecording();
      tellWhatPlays();
      refresh();
    }
  });
  const backdrop = liveBackdrop({
    own: () => fetchSample(samples, (samples.find(({id}) => id === MEADOW) ?? samples[0]!).id),
    stream: () => sessions.stream,
    onChange() {
      report(null, BACKDROP);
      drawAnew();
    }
  });

  store.listen((state, before) => {
    const changed = (...names: (keyof typeof state)[]) => isChanged(names, state, before);
    if (changed("source")) player.stop();
    if (changed("camera") && sourceOf(player.phase)?.kind === "camera") start();
    if (changed("model")) model = null;
    if (changed("model", "backend")) attempt(RUN, player.begin);
    if (changed("outputStride", "inputSize", "pace")) {
      renewPace();
      rerun();
    }
    drawAnew();
    // What is drawn anew keeps its classes; these two are about how they come.
    if (changed("smoothing", "edges") && isPaused(player.phase)) sessions.stream?.again();
    if (changed("hidden")) legend.refresh();
    if (state.view === "picture") wantBackdrop();
    refresh();
  });

  /** Opens the chosen source; a session that streams goes on with it. */
  function start(): void {
    const wanted = sources.wanted();
    if (wanted) attempt(SOURCE, () => player.start(wanted));
  }

  /** Begins a session over the source that plays. */
  async function begin(isWanted: () => boolean): Promise<void> {
    const capable = await capabilities;
    if (!isWanted()) return;
    const {model: id, backend} = get();
    await sessions.begin({
      modelUrl: modelUrl(id),
      start(description) {
        model = description;
        legend.forget();
        pictures.forget();
        renewPace();
        refresh();
        return {
          modelUrl: modelUrl(id),
          backend: backendFor(backend, capable),
          ...run.now(),
          look: look(),
          labelling: labelling()
        };
      },
      onBegun: (stream) => stream.flow(!document.hidden)
    });
  }

  function rerun(): void {
    sessions.stream?.run(run.now());
    if (isPaused(player.phase)) sessions.stream?.again();
  }

  function show(picture: ImageBitmap, facts: FrameFacts | null): void {
    const at = pictures.show(picture, facts);
    busy.finished();
    if (!facts) return;
    if (player.phase.kind === "preparing") player.pictureCame();
    else if (tellsOfWork) tellWhatPlays();
    const change = run.frame(facts.elapsed, at);
    if (!change) return;
    sessions.stream?.run(change.run);
    status.update(change.sentence);
    refresh();
  }

  /** Says what plays, once nothing is waited for. */
  function tellWhatPlays(): void {
    if (!found) return;
    const {model: id, backend} = get();
    const words = playsInWords(player.phase, `segmented with ${id} on ${capitals(backendFor(backend, found))}, drawn with ${drawnBy}.`);
    if (words === null) return;
    tellsOfWork = false;
    status.update(words);
  }

  /** Takes the frame to another page. */
  function takeStillTo(address: string): void {
    attempt(SAVING, async () => {
      if (!(await saving.keepStill(`${sourceOf(player.phase)?.kind ?? "webcam"}-still.png`))) return;
      player.stop();
      location.assign(address);
    });
  }

  function wantBackdrop(): void {
    if (samples.length > 0) attempt(BACKDROP, backdrop.want);
  }

  function offerCameras(): void {
    attempt(SOURCE, () => sources.offerCameras(() => sourceOf(player.phase)));
  }

  /** Brings every control to what holds now. */
  function refresh(): void {
    const {phase} = player;
    buttons.show({phase, hasPicture: pictures.hasPicture, isRecording: saving.recording});
    sources.show(sourceOf(phase));
    controls.show(get(), {classes: model?.card.classes ?? [], run: run.now(), labelling: labelling()});
  }

  const leaving = new AbortController();
  const {signal} = leaving;
  document.addEventListener("visibilitychange", () => sessions.stream?.flow(!document.hidden), {signal});
  navigator.mediaDevices?.addEventListener?.("devicechange", offerCameras, {signal});

  refresh();
  offerCameras();
  if (get().view === "picture") wantBackdrop();
  void shell.meetMachine(RUN, (machine) => {
    found = machine;
    controls.offerBackends(machine, get());
    refresh();
    sayWhere(status, machine);
  });

  return {
    element: html`<div class="workbench webcam">
      <section class="picker" aria-label="Source">
        <div class="live-buttons">${buttons.playing}</div>
        ${sources.element}
      </section>
      ${shell.error}
      <div class="stage">
        <div class="stage-picture">${pictures.figure}${video}${status}
          <div class="live-buttons">${buttons.keeping}${saving.clock}</div>
        </div>
        <div class="stage-side">${controls.element}${legend.element}</div>
        <div class="stage-below">${pictures.panel}</div>
      </div>
    </div>`,
    dispose() {
      leaving.abort();
      player.stop();
      pictures.dispose();
      shell.dispose();
    }
  };
}
