/** A frame of a playing video. The taker closes it. */
export interface TakenFrame {
  readonly frame: VideoFrame | ImageBitmap;
  /** When the camera took it, or else when the browser showed it: milliseconds since the epoch. */
  readonly capturedAt: number;
}

/** The newest frame of a video: what nobody takes is let go when the next comes. */
export interface FrameFeed {
  /** The newest frame that was not taken yet, or the next to come; null once the feed is stopped. */
  take(): Promise<TakenFrame | null>;
  /** Frames that the video has shown. */
  readonly seen: number;
  stop(): void;
}

/**
 * Follows a playing video by `requestVideoFrameCallback`, or by animation frames where there is none. Of a video that is
 * paused, the frame that stands comes once.
 *
 * @param onFrame called for each frame that the video shows
 */
export function frameFeed(video: HTMLVideoElement, onFrame: () => void = () => {}): FrameFeed {
  let newest: TakenFrame | null = null;
  let waiting: ((frame: TakenFrame | null) => void) | null = null;
  let seen = 0;
  let stopped = false;
  const onNew = async (capturedAt: number) => {
    seen++;
    onFrame();
    const frame = await frameOf(video);
    if (!frame || stopped) return frame?.close();
    newest?.frame.close();
    newest = {frame, capturedAt};
    deliver();
  };
  const unfollow = follow(video, onNew);
  const deliver = () => {
    if (!waiting || !newest) return;
    const answer = waiting;
    const frame = newest;
    waiting = newest = null;
    answer(frame);
  };
  if (video.paused && video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA) void onNew(performance.timeOrigin + performance.now());
  return {
    take: () =>
      stopped
        ? Promise.resolve(null)
        : new Promise((resolve) => {
            waiting = resolve;
            deliver();
          }),
    get seen() {
      return seen;
    },
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

/** Calls back for each new frame with the time at which it was taken. @returns ends that */
function follow(video: HTMLVideoElement, onFrame: (capturedAt: number) => void): () => void {
  const epoch = (time: number) => performance.timeOrigin + time;
  if ("requestVideoFrameCallback" in video) {
    let handle = 0;
    const next = (now: number, {captureTime}: VideoFrameCallbackMetadata) => {
      handle = video.requestVideoFrameCallback(next);
      onFrame(epoch(captureTime ?? now));
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
    onFrame(epoch(now));
  };
  handle = requestAnimationFrame(next);
  return () => cancelAnimationFrame(handle);
}

/** What the video shows now; a reference to it where the browser gives one, else a copy. Null where it shows nothing. */
async function frameOf(video: HTMLVideoElement): Promise<VideoFrame | ImageBitmap | null> {
  try {
    return typeof VideoFrame === "undefined" ? await createImageBitmap(video) : new VideoFrame(video);
  } catch {
    // A video that has just ended, or whose track is gone, has no frame.
    return null;
  }
}
