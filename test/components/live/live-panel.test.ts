import {afterEach, beforeAll, beforeEach, describe, expect, it, vi} from "vitest";
import {livePanel} from "../../../components/live/live-panel.js";
import type {LivePanel, LiveSample} from "../../../components/live/live-panel.js";
import {withoutDrawing} from "../dom.js";

beforeAll(withoutDrawing);
let panel: LivePanel;
beforeEach(() => {
  vi.useFakeTimers();
  panel = livePanel();
  open(true);
});
afterEach(() => {
  panel.dispose();
  vi.useRealTimers();
  vi.restoreAllMocks();
});

/** Unfolds the panel, or folds it. */
function open(is: boolean): void {
  const folded = panel.querySelector("details")!;
  folded.open = is;
  // It is told of a moment later.
  vi.advanceTimersByTime(1);
}
const valueOf = (panel: LivePanel, name: string) => panel.querySelector(`[role="group"][aria-label="${name}"]`)!.textContent;
const chartOf = (panel: LivePanel, label: string) => panel.querySelector(`svg[role="img"][aria-label^="${label}"]`)!;
const sample = (values: Partial<LiveSample> = {}): LiveSample => ({
  at: performance.now(),
  latency: 82,
  elapsed: 61,
  stages: null,
  dropped: 0,
  tensors: 142,
  bytes: 12_340_000,
  ...values
});

/** Shows a frame every 100 ms for so many milliseconds. */
function stream(panel: LivePanel, milliseconds: number, values: Partial<LiveSample> = {}): void {
  for (let time = 0; time < milliseconds; time += 100) {
    vi.advanceTimersByTime(100);
    panel.add(sample(values));
  }
}

describe("the live panel", () => {
  it("writes each value by its name, and draws it", () => {
    stream(panel, 3000, {dropped: 2, stages: {upload: 2, network: 40, upsampling: 3.25, drawing: 1}});
    panel.add(sample({latency: 500}));
    vi.advanceTimersByTime(250);
    expect(valueOf(panel, "Frames dropped")).toBe("20.0 / s");
    expect(valueOf(panel, "Latency, median")).toBe("82 ms");
    expect(valueOf(panel, "Latency, largest")).toBe("500 ms");
    expect(["Upload", "Network", "Upsampling", "Drawing"].map((name) => valueOf(panel, name))).toEqual([
      "2.0 ms",
      "40 ms",
      "3.3 ms",
      "1.0 ms"
    ]);
    expect(valueOf(panel, "Between them")).toBe("15 ms");
    expect(valueOf(panel, "Whole frame")).toBe("61 ms");
    expect(valueOf(panel, "Tensors held")).toBe("142");
    expect(valueOf(panel, "Memory held")).toBe("12.3 MB");
    expect(chartOf(panel, "Latency of each frame").getAttribute("aria-label")).toBe(
      "Latency of each frame over the last 10 seconds: between 82 ms and 500 ms."
    );
    expect(chartOf(panel, "Milliseconds of upload").querySelectorAll('path[d^="M"]')).toHaveLength(4);
    expect(panel.querySelectorAll("svg[role=img]")).toHaveLength(6);
  });

  it("is no live region: it would never stop talking", () => {
    expect(panel.querySelector("[aria-live], [role=status], [role=alert], [role=log]")).toBeNull();
  });

  it("says that no frame is shown a second after the last, then rests with what it knows", () => {
    stream(panel, 2000);
    vi.advanceTimersByTime(200);
    expect(valueOf(panel, "Frames shown")).toBe("10.0 / s");
    vi.advanceTimersByTime(1100);
    expect(valueOf(panel, "Frames shown")).toBe("0 / s");
    expect(valueOf(panel, "Latency, median")).toBe("82 ms");
    expect(chartOf(panel, "Frames shown").textContent).toContain("now");
    vi.advanceTimersByTime(5000);
    expect(vi.getTimerCount()).toBe(0);
    expect(chartOf(panel, "Frames shown").textContent).toContain("stopped");
    expect(valueOf(panel, "Latency, median")).toBe("82 ms");
    panel.add(sample());
    expect(vi.getTimerCount()).toBe(1);
  });

  it("draws four times a second at most, into the nodes that it has", () => {
    stream(panel, 1000);
    const path = chartOf(panel, "Latency").querySelector("path")!;
    const nodes = [...panel.querySelectorAll("*")];
    const drawn = vi.spyOn(path, "setAttribute");
    for (let time = 0; time < 2000; time += 16) {
      vi.advanceTimersByTime(16);
      panel.add(sample({latency: time}));
    }
    expect(drawn.mock.calls.length).toBeGreaterThan(4);
    expect(drawn.mock.calls.length).toBeLessThanOrEqual(8);
    expect([...panel.querySelectorAll("*")]).toEqual(nodes);
  });

  it("draws nothing while it is folded, and what it knows once it is opened", () => {
    open(false);
    vi.advanceTimersByTime(250);
    stream(panel, 1000);
    expect(vi.getTimerCount()).toBe(0);
    expect(valueOf(panel, "Tensors held")).toBe("–");
    open(true);
    vi.advanceTimersByTime(250);
    expect(valueOf(panel, "Tensors held")).toBe("142");
  });

  it("draws nothing while the page is hidden, and goes on when it is seen", () => {
    const hidden = vi.spyOn(document, "hidden", "get").mockReturnValue(true);
    document.dispatchEvent(new Event("visibilitychange"));
    stream(panel, 1000);
    expect(vi.getTimerCount()).toBe(0);
    expect(valueOf(panel, "Tensors held")).toBe("–");
    hidden.mockReturnValue(false);
    document.dispatchEvent(new Event("visibilitychange"));
    vi.advanceTimersByTime(250);
    expect(valueOf(panel, "Tensors held")).toBe("142");
  });

  it("forgets all when it is cleared", () => {
    stream(panel, 1000);
    panel.clear();
    vi.advanceTimersByTime(300);
    expect(valueOf(panel, "Latency, median")).toBe("–");
    expect(valueOf(panel, "Frames shown")).toBe("0 / s");
    expect(chartOf(panel, "Latency").getAttribute("aria-label")).toBe("Latency of each frame: nothing yet.");
    expect(chartOf(panel, "Latency").querySelector("path")!.getAttribute("d")).toBe("");
  });

  it("stops for good when it is disposed", () => {
    panel.add(sample());
    panel.dispose();
    expect(vi.getTimerCount()).toBe(0);
    panel.add(sample());
    document.dispatchEvent(new Event("visibilitychange"));
    expect(vi.getTimerCount()).toBe(0);
  });
});
