import {stillOf} from "../../media/camera.js";
import {recordingClock} from "../../components/live/recording-clock.js";
import {record} from "../../media/recorder.js";
import type {Recording} from "../../media/recorder.js";
import {saveFile} from "../../media/save.js";
import {OWN, keepOwnPhoto, newOwnId, ownPhoto, rememberPhoto} from "../../lab/photo-memory.js";

/** What a reader can keep of a live picture. */
export interface LiveSaving {
  readonly recording: boolean;
  /** How long what is being recorded is by now. */
  readonly clock: HTMLElement;
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
 * @param options.view what the picture is, for the files' names
 * @param options.onSaid what happened, for the status line
 * @param options.onProblem with a reason, or null when what went wrong before went well
 * @param options.onChange when a recording begins or ends
 */
export function liveSaving(options: {
  readonly canvas: HTMLCanvasElement;
  readonly video: HTMLVideoElement;
  view(): string;
  onSaid(sentence: string): void;
  onProblem(reason: unknown): void;
  onChange(): void;
}): LiveSaving {
  const {canvas, video, view, onSaid, onProblem, onChange} = options;
  const clock = recordingClock();
  let recording: Recording | null = null;

  function begin(): void {
    const ended = () => {
      recording = null;
      clock.stop();
      onChange();
    };
    const name = fileName(view(), new Date());
    try {
      recording = record(canvas, {
        onDone(film, extension) {
          ended();
          saveFile(film, `${name}.${extension}`, film.type);
          onSaid("Recording saved.");
        },
        onError(reason) {
          ended();
          onProblem(reason);
        }
      });
      clock.start();
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
    clock: clock.element,
    snapshot() {
      const name = fileName(view(), new Date());
      canvas.toBlob((png) => {
        if (!png) return onProblem(new Error("The picture could not be saved. Try again."));
        saveFile(png, `${name}.png`, "image/png");
        onSaid("Snapshot saved.");
      }, "image/png");
    },
    toggleRecording: () => (recording ? recording.stop() : begin()),
    endRecording: () => recording?.stop(),
    async keepStill(name) {
      try {
        const own = newOwnId();
        await keepOwnPhoto(own, await stillOf(video), name);
        if (!(await ownPhoto(own)))
          throw new Error(
            "This browser keeps no pictures for this site, so the workbench cannot get the still. Save a snapshot and open that there."
          );
        rememberPhoto({sample: OWN, address: "", own});
        return true;
      } catch (reason) {
        onProblem(reason);
        return false;
      }
    }
  };
}

/** What a file is called: by its view, and by the moment as the reader's clocks show it, so that files sort by time. */
export function fileName(view: string, at: Date): string {
  const two = (value: number) => String(value).padStart(2, "0");
  const day = [at.getFullYear(), two(at.getMonth() + 1), two(at.getDate())].join("-");
  const time = [at.getHours(), at.getMinutes(), at.getSeconds()].map(two).join("");
  return `webcam-${view}-${day}-${time}`;
}
