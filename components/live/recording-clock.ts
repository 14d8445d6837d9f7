import {html} from "htl";

/** Milliseconds: no second is seen much longer than another. */
const TICK = 250;

/** How long a recording is: minutes and seconds, beside a red dot; hidden while there is none. */
export function recordingClock(): {readonly element: HTMLElement; start(): void; stop(): void} {
  const time = html`<span role="timer" aria-label="Recorded"></span>` as HTMLElement;
  const element = html`<span class="recording-clock" hidden>${time}</span>` as HTMLElement;
  let ticking: ReturnType<typeof setInterval> | undefined;
  const stop = () => {
    clearInterval(ticking);
    element.hidden = true;
  };
  return {
    element,
    start() {
      stop();
      const begun = performance.now();
      const show = () => {
        const seconds = Math.floor((performance.now() - begun) / 1000);
        time.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
      };
      show();
      element.hidden = false;
      ticking = setInterval(show, TICK);
    },
    stop
  };
}
