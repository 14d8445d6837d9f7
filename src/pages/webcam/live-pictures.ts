import {liveCanvas} from "../../components/live/live-canvas.js";
import type {LiveCanvas} from "../../components/live/live-canvas.js";
import {livePanel} from "../../components/live/live-panel.js";
import type {FrameFacts} from "../../worker/live/messages.js";

/** A phone on its side, whose screen the picture fills (`webcam.css`). */
const ON_ITS_SIDE = "(orientation: landscape) and (max-height: 30rem)";

export interface LivePictures {
  readonly figure: LiveCanvas;
  /** How many pictures a second there are, how old they are, and where the time goes. */
  readonly panel: HTMLElement;
  /** Whether a picture is shown. */
  readonly hasPicture: boolean;
  /** Tells of a frame of the video, segmented or not. */
  frameCame(): void;
  /**
   * Shows a picture, which is handed over.
   *
   * @param facts null for the frame before in another look
   * @returns when it came, in milliseconds of `performance.now`
   */
  show(picture: ImageBitmap, facts: FrameFacts | null): number;
  /** Forgets what was measured, as before another session. */
  forget(): void;
  dispose(): void;
}

/** The segmented pictures, and what is measured of them. */
export function livePictures(): LivePictures {
  const figure = liveCanvas({placeholder: "Press Start: what the camera sees will stand here, segmented as it moves."});
  const panel = livePanel();
  let hasPicture = false;
  /** Frames of the video since the last that was segmented. */
  let frames = 0;
  const side = matchMedia(ON_ITS_SIDE);
  /** Not into view, which leaves room above. */
  const fill = () => void (hasPicture && side.matches && scrollBy(0, figure.getBoundingClientRect().top));
  // The reader may turn it while it plays.
  side.addEventListener("change", fill);
  return {
    figure,
    panel,
    get hasPicture() {
      return hasPicture;
    },
    frameCame: () => void frames++,
    show(picture, facts) {
      const at = performance.now();
      figure.show(picture);
      const isFirst = !hasPicture;
      hasPicture = true;
      if (isFirst) fill();
      if (!facts) return at;
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
      return at;
    },
    forget: () => panel.clear(),
    dispose() {
      side.removeEventListener("change", fill);
      panel.dispose();
    }
  };
}
