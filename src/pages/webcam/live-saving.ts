import {stillOf} from "../../media/camera.js";
import {record} from "../../media/recorder.js";
import type {Recording} from "../../media/recorder.js";
import {saveFile} from "../../media/save.js";
import {OWN, keepOwnPhoto, ownPhoto, rememberPhoto} from "../../lab/photo-memory.js";

/** What a reader can keep of a live picture. */
export interface LiveSaving {
  readonly recording: boolean;
  /** Saves what is shown as a PNG. */
  snapshot(): void;
  /** Begins to record what is shown, or ends that and saves the film. */
  toggleRecording(): void;
  /** Ends a recording, if there is one. */
  endRecording(): void;
  /** Keeps the frame as it came, without mask or mirror, as the reader's own photo. @returns whether it is kept */
  keepStill(name: string): Promise<boolean>;
}

/**
 * @param options.canvas what is shown
 * @param options.video where its frames come from
 * @param options.onSaid what happened, for the status line
 * @param options.onProblem with a reason, or null when what went wrong before went well
 * @param options.onChange when a recording begins or ends
 */
export function liveSaving(options: {
  readonly canvas: HTMLCanvasElement;
  readonly video: HTMLVideoElement;
  onSaid(sentence: string): void;
  onProblem(reason: unknown): void;
  onChange(): void;
}): LiveSaving {
  const {canvas, video, onSaid, onProblem, onChange} = options;
  let recording: Recording | null = null;

  function begin(): void {
    const ended = () => {
      recording = null;
      onChange();
    };
    try {
      recording = record(canvas, {
        onDone(film, extension) {
          ended();
          saveFile(film, `webcam.${extension}`, film.type);
          onSaid("Recording saved.");
        },
        onError(reason) {
          ended();
          onProblem(reason);
        }
      });
      onProblem(null);
      onSaid("Recording what is shown …");
    } catch (reason) {
      onProblem(reason);
    }
    onChange();
  }

  return {
    get recording() {
      return recording !== null;
    },
    snapshot() {
      canvas.toBlob((png) => {
        if (!png) return onProblem(new Error("The picture could not be saved. Try again."));
        saveFile(png, "webcam.png", "image/png");
        onSaid("Snapshot saved.");
      }, "image/png");
    },
    toggleRecording: () => (recording ? recording.stop() : begin()),
    endRecording: () => recording?.stop(),
    async keepStill(name) {
      try {
        await keepOwnPhoto(await stillOf(video), name);
        if (!(await ownPhoto()))
          throw new Error(
            "This browser keeps no pictures for this site, so the workbench cannot get the still. Save a snapshot and open that there."
          );
        rememberPhoto({sample: OWN, address: ""});
        return true;
      } catch (reason) {
        onProblem(reason);
        return false;
      }
    }
  };
}
