import {html} from "htl";

export interface Playback extends HTMLElement {
  /** Stops where it is; nothing where it does not play. */
  pause(): void;
  /** Stops for good. */
  dispose(): void;
}

/**
 * A button that plays and pauses a figure, step by step: nothing moves before the reader asks for it. Where less motion is asked for
 * the button makes one step.
 *
 * @param options.interval milliseconds between steps
 * @param options.onPause called when it stops, by the button or by `pause`, but not when it is disposed
 */
export function playback({interval, step, onPause = () => {}}: {readonly interval: number; step(): void; onPause?(): void}): Playback {
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  let timer: ReturnType<typeof setInterval> | undefined;

  const view = html`<button type="button" class="playback" onclick=${press}></button>` as Playback;
  const write = () => {
    view.textContent = calm.matches ? "Next position" : timer === undefined ? "Play" : "Pause";
  };
  function play(): void {
    timer = setInterval(step, interval);
    write();
  }
  function stop(): void {
    clearInterval(timer);
    timer = undefined;
    write();
  }
  function press(): void {
    if (calm.matches) {
      step();
      onPause();
    } else if (timer === undefined) play();
    else view.pause();
  }
  view.pause = () => {
    if (timer === undefined) return;
    stop();
    onPause();
  };
  const motionChanged = () => {
    view.pause();
    write();
  };
  calm.addEventListener("change", motionChanged);
  view.dispose = () => {
    stop();
    calm.removeEventListener("change", motionChanged);
  };
  write();
  return view;
}
