/** A frame of a playing video. The taker closes it. */
export interface TakenFrame {
  readonly frame: VideoFrame | ImageBitmap;
  /** When the camera took it, or else when the page got it: milliseconds since the epoch. */
  readonly capturedAt: number;
}

/** The newest frame of a video: what nobody takes is let go when the next comes. */
export interface FrameFeed {
  /** The newest frame that was not taken yet, or the next to come; null once the feed is stopped. */
  take(): Promise<TakenFrame | null>;
  stop(): void;
}

/**
 * Where a feed takes its frames: as the video shows them, which a GPU reads without copying; or straight from the
 * camera's track where the browser can, in main memory, which the CPU reads many times faster.
 */
export type FrameReader = "gpu" | "cpu";

/**
 * Follows a playing video. Of a video that is paused, the frame that stands comes once.
 *
 * @param options.reader who will read the frames
 * @param options.onFrame called for each frame that the video shows
 */
export function frameFeed(
  video: HTMLVideoElement,
  {reader = "gpu", onFrame = () => {}}: {reader?: FrameReader; onFrame?: () => void} = {}
): FrameFeed {
  let newest: TakenFrame | null = null;
  let waiting: ((frame: TakenFrame | null) => void) | null = null;
  let stopped = false;
  const onNew = (taken: TakenFrame) => {
    if (stopped) return taken.frame.close();
    onFrame();
    newest?.frame.close();
    newest = taken;
    deliver();
  };
  const deliver = () => {
    if (!waiting || !newest) return;
    const answer = waiting;
    const frame = newest;
    waiting = newest = null;
    answer(frame);
  };
  const track = video.srcObject instanceof MediaStream ? video.srcObject.getVideoTracks()[0] : undefined;
  const unfollow =
    reader === "cpu" && track && !video.paused && "MediaStreamTrackProcessor" in globalThis
      ? followTrack(track, onNew)
      : followVideo(video, onNew);
  if (video.paused && video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA) void takeFrom(video, epoch(performance.now()), onNew);
  return {
    take: () =>
      stopped
        ? Promise.resolve(null)
        : new Promise((resolve) => {
            waiting = resolve;
            deliver();
          }),
    stop() {
      stopped = true;
      unfollow();
      newest?.frame.close();
      newest = null;
      waiting?.(null);
      waiting = null;
    }
  };
}

/** A time of `performance.now` as milliseconds since the epoch. */
function epoch(time: number): number {
  return performance.timeOrigin + time;
}

/** Not in TypeScript's library: https://www.w3.org/TR/mediacapture-transform/ */
declare class MediaStreamTrackProcessor {
  constructor(options: {readonly track: MediaStreamTrack; readonly maxBufferSize?: number});
  readonly readable: ReadableStream<VideoFrame>;
}

/** Reads a track's frames as they come; the track is not stopped by that. @returns ends that */
function followTrack(track: MediaStreamTrack, onFrame: (taken: TakenFrame) => void): () => void {
  const frames = new MediaStreamTrackProcessor({track, maxBufferSize: 1}).readable.getReader();
  let followed = true;
  const next = async (): Promise<void> => {
    const {value: frame, done} = await frames.read();
    if (done) return;
    onFrame({frame, capturedAt: epoch(performance.now())});
    return followed ? next() : frames.cancel();
  };
  // A track that ends tells so itself.
  next().catch(() => {});
  // Cancelled while a frame is on its way, Chromium drops that without closing it.
  return () => void (followed = false);
}

/** Gives each frame that the video shows: by `requestVideoFrameCallback`, or by animation frames where there is none. @returns ends that */
function followVideo(video: HTMLVideoElement, onFrame: (taken: TakenFrame) => void): () => void {
  if ("requestVideoFrameCallback" in video) {
    let handle = 0;
    const next = (now: number, {captureTime}: VideoFrameCallbackMetadata) => {
      handle = video.requestVideoFrameCallback(next);
      void takeFrom(video, epoch(captureTime ?? now), onFrame);
    };
    handle = video.requestVideoFrameCallback(next);
    return () => video.cancelVideoFrameCallback(handle);
  }
  const element = video as HTMLVideoElement;
  let last = -1;
  let handle = 0;
  const next = (now: number) => {
    handle = requestAnimationFrame(next);
    if (element.readyState < HTMLMediaElement.HAVE_CURRENT_DATA || element.currentTime === last) return;
    last = element.currentTime;
    void takeFrom(element, epoch(now), onFrame);
  };
  handle = requestAnimationFrame(next);
  return () => cancelAnimationFrame(handle);
}

/** Takes what the video shows now: a reference to it where the browser gives one, else a copy. */
async function takeFrom(video: HTMLVideoElement, capturedAt: number, onFrame: (taken: TakenFrame) => void): Promise<void> {
  let frame: VideoFrame | ImageBitmap;
  try {
    frame = typeof VideoFrame === "undefined" ? await createImageBitmap(video) : new VideoFrame(video);
  } catch {
    // A video that has just ended, or whose track is gone, has no frame.
    return;
  }
  onFrame({frame, capturedAt});
}
