/** Formats to record in, the best first. */
const FORMATS = ["video/webm;codecs=vp9", "video/webm;codecs=vp8", "video/webm", "video/mp4"] as const;
/** Pictures a second at most. */
const PICTURES = 30;

export interface Recording {
  /** Ends the recording; `onDone` follows. */
  stop(): void;
}

/** The format that this browser records canvases in; null where it does not. */
export function recordingFormat(): string | null {
  if (typeof MediaRecorder === "undefined" || !("captureStream" in HTMLCanvasElement.prototype)) return null;
  return FORMATS.find((format) => MediaRecorder.isTypeSupported(format)) ?? null;
}

/**
 * Records what a canvas shows.
 *
 * @param options.onDone called once with the film and the extension for its name
 * @param options.onError called instead with a sentence
 */
export function record(
  canvas: HTMLCanvasElement,
  options: {onDone(film: Blob, extension: string): void; onError(error: Error): void}
): Recording {
  const format = recordingFormat();
  if (!format) throw new Error("This browser does not record.");
  const stream = canvas.captureStream(PICTURES);
  const recorder = new MediaRecorder(stream, {mimeType: format});
  const parts: Blob[] = [];
  let failed = false;
  const end = () => {
    for (const track of stream.getTracks()) track.stop();
  };
  recorder.ondataavailable = ({data}) => void (data.size > 0 && parts.push(data));
  recorder.onerror = (event) => {
    failed = true;
    end();
    options.onError(new Error(`The recording stopped (${(event as ErrorEvent).message || "the browser did not say why"}). Try again.`));
  };
  recorder.onstop = () => {
    end();
    if (failed) return;
    if (parts.length === 0)
      options.onError(new Error("Nothing was recorded: no picture came meanwhile. Try again while the picture moves."));
    else options.onDone(new Blob(parts, {type: format}), /mp4/.test(format) ? "mp4" : "webm");
  };
  recorder.start();
  return {
    stop() {
      if (recorder.state !== "inactive") recorder.stop();
    }
  };
}
