import {liveSources} from "../../components/live/live-sources.js";
import {listCameras} from "../../media/camera.js";
import {canShareScreen} from "../../media/live-source.js";
import type {LiveSource, WantedSource} from "../../media/live-source.js";
import {SOURCES} from "./state.js";
import type {WebcamState} from "./state.js";

const SOURCE_NAMES: Readonly<Record<(typeof SOURCES)[number], string>> = {camera: "Camera", file: "Video file", screen: "Screen"};

export interface SourceChoice {
  readonly element: HTMLElement;
  /** The source that is chosen; null where that is a file and none was chosen yet: it is asked for. */
  wanted(): WantedSource | null;
  /** Shows the choice. @param source the one that plays */
  show(source: LiveSource | null): void;
  /** Offers the cameras that are there now. @param source the one that plays */
  offerCameras(source: () => LiveSource | null): Promise<void>;
}

/** Where the picture comes from. @param options.onFile called when the reader has chosen a file */
export function sourceChoice(options: {get(): WebcamState; set(change: Partial<WebcamState>): void; onFile(): void}): SourceChoice {
  const {get, set, onFile} = options;
  let file: File | null = null;
  const sources = liveSources({
    sources: SOURCES.filter((value) => value !== "screen" || canShareScreen()).map((value) => ({value, label: SOURCE_NAMES[value]})),
    source: get().source,
    onSource: (value) => set({source: value as (typeof SOURCES)[number]}),
    onCamera: (camera) => set({camera}),
    onFile(chosen) {
      file = chosen;
      onFile();
    }
  });
  const camera = (source: LiveSource | null) => source?.deviceId || get().camera;
  return {
    element: sources,
    wanted() {
      const {source: kind, camera: deviceId} = get();
      if (kind === "camera") return {kind, deviceId};
      if (kind === "screen") return {kind};
      if (file) return {kind, file};
      sources.askForFile();
      return null;
    },
    show: (source) => sources.show({source: get().source, camera: camera(source), file: file?.name ?? null}),
    async offerCameras(source) {
      const cameras = await listCameras();
      sources.offer(cameras, camera(source()));
    }
  };
}
