import {vi} from "vitest";
import {liveCanvas} from "../../../src/components/live/live-canvas.js";
import {livePanel} from "../../../src/components/live/live-panel.js";
import {liveSources} from "../../../src/components/live/live-sources.js";
import {recordingClock} from "../../../src/components/live/recording-clock.js";
import {nothing, shown} from "./some.js";

export const live = {
  "live-canvas": () =>
    shown(liveCanvas({placeholder: "Press Start."}), (view) => view.show({width: 640, height: 480} as unknown as ImageBitmap)),

  /** Three seconds of ten frames a second. */
  "live-panel": () => {
    vi.useFakeTimers();
    const panel = livePanel({span: 2000});
    panel.querySelector("details")!.open = true;
    for (let frame = 0; frame < 30; frame++) {
      vi.advanceTimersByTime(100);
      panel.add({
        at: performance.now(),
        latency: 80 + (frame % 5),
        elapsed: 60 + (frame % 3),
        stages: frame % 10 === 0 ? {upload: 2, network: 40 + frame, upsampling: 3, drawing: 1} : null,
        dropped: frame % 2,
        tensors: 142,
        bytes: 12_340_000
      });
    }
    vi.advanceTimersByTime(250);
    panel.dispose();
    vi.useRealTimers();
    return panel;
  },

  "recording-clock": () => {
    vi.useFakeTimers();
    const clock = recordingClock();
    clock.start();
    vi.advanceTimersByTime(83_000);
    vi.clearAllTimers();
    vi.useRealTimers();
    return clock.element;
  },

  "live-sources": () =>
    shown(
      liveSources({
        sources: [
          {value: "camera", label: "Camera"},
          {value: "file", label: "Video file"},
          {value: "screen", label: "Screen", disabled: true}
        ],
        source: "camera",
        onSource: nothing,
        onCamera: nothing,
        onFile: nothing
      }),
      (view) => {
        view.offer([{deviceId: "1", label: "Front camera"}], "1");
        view.show({source: "camera", camera: "1", file: null});
      }
    )
};
