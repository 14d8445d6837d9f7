import {openCamera} from "./camera.js";

/** Where live frames come from. */
export type WantedSource =
  | {readonly kind: "camera"; /** Empty for any. */ readonly deviceId: string}
  | {readonly kind: "file"; readonly file: File}
  | {readonly kind: "screen"};

/** A source that a video element plays. */
export interface LiveSource {
  readonly kind: WantedSource["kind"];
  /** As the reader knows it: the camera's or the file's name. */
  readonly name: string;
  /** Which camera it is; empty for others. */
  readonly deviceId: string;
  /** What the reader should know although it plays. */
  readonly notice: string | null;
  /** Lets it go: the camera's light goes off. */
  stop(): void;
}

/** Width in pixels that cameras and screens are asked for: what a network of 257 to 513 pixels and a window can use. */
const WIDTH = 640;
const SCREEN_WIDTH = 1280;

/** Whether this browser can show its screen to a page. */
export function canShareScreen(): boolean {
  return typeof navigator.mediaDevices?.getDisplayMedia === "function";
}

/**
 * Opens a source and plays it in a video element. The caller stops it.
 *
 * @param onEnded called with a sentence when the source ends by itself: unplugged, no longer shared, not readable
 * @throws Error with a sentence for the reader
 */
export function openSource(wanted: WantedSource, video: HTMLVideoElement, onEnded: (sentence: string) => void): Promise<LiveSource> {
  switch (wanted.kind) {
    case "camera":
      return cameraSource(wanted.deviceId, video, onEnded);
    case "file":
      return fileSource(wanted.file, video, onEnded);
    case "screen":
      return screenSource(video, onEnded);
  }
}

async function cameraSource(deviceId: string, video: HTMLVideoElement, onEnded: (sentence: string) => void): Promise<LiveSource> {
  const {stream, notice} = await openCamera({deviceId, width: WIDTH, facing: "user", instead: "choose a video file"});
  const track = stream.getVideoTracks()[0]!;
  const name = track.label || "Camera";
  const stop = await playStream(stream, video, () =>
    onEnded(`${name} was unplugged or taken away. Connect it again or choose another camera, then press Start.`)
  );
  return {kind: "camera", name, deviceId: track.getSettings().deviceId ?? "", notice, stop};
}

async function screenSource(video: HTMLVideoElement, onEnded: (sentence: string) => void): Promise<LiveSource> {
  let stream: MediaStream;
  try {
    stream = await navigator.mediaDevices.getDisplayMedia({video: {width: {ideal: SCREEN_WIDTH}}, audio: false});
  } catch (error) {
    const {name, message} = error as DOMException;
    throw new Error(
      name === "NotAllowedError"
        ? "The screen was not shared. Press Start to choose what to share, or take another source."
        : `The screen cannot be shared (${message || name}). Take another source.`,
      {cause: error}
    );
  }
  const stop = await playStream(stream, video, () => onEnded("The screen is no longer shared. Press Start to share it again."));
  return {kind: "screen", name: "The screen", deviceId: "", notice: null, stop};
}

/** @returns a function that stops it */
async function playStream(stream: MediaStream, video: HTMLVideoElement, onEnded: () => void): Promise<() => void> {
  const tracks = stream.getTracks();
  const stop = () => {
    for (const track of tracks) {
      track.removeEventListener("ended", onEnded);
      track.stop();
    }
    if (video.srcObject === stream) video.srcObject = null;
  };
  for (const track of tracks) track.addEventListener("ended", onEnded);
  video.srcObject = stream;
  try {
    await video.play();
  } catch (error) {
    stop();
    throw new Error(`The picture does not play (${(error as Error).message}). Try again.`, {cause: error});
  }
  return stop;
}

async function fileSource(file: File, video: HTMLVideoElement, onEnded: (sentence: string) => void): Promise<LiveSource> {
  const cannot = `"${file.name}" is not a video that this browser plays. Choose an MP4 or WebM file.`;
  const url = URL.createObjectURL(file);
  const failed = () => onEnded(`"${file.name}" cannot be played any further. Choose it again, or another file.`);
  const stop = () => {
    video.removeEventListener("error", failed);
    URL.revokeObjectURL(url);
    // Another source may play by now.
    if (video.src !== url) return;
    video.removeAttribute("src");
    // Without this the element keeps the file's last frame, and its decoder.
    video.load();
  };
  video.srcObject = null;
  video.loop = true;
  video.src = url;
  try {
    await video.play();
  } catch (error) {
    stop();
    throw new Error(cannot, {cause: error});
  }
  if (video.videoWidth === 0) {
    stop();
    throw new Error(`"${file.name}" has sound but no picture. Choose a video file.`);
  }
  video.addEventListener("error", failed);
  return {kind: "file", name: file.name, deviceId: "", notice: null, stop};
}
