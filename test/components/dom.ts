import {vi} from "vitest";

/** What jsdom lacks of the browser and the views call: it draws nothing and lays nothing out. */
export function withoutDrawing(): void {
  HTMLCanvasElement.prototype.getContext = () => null;
  vi.stubGlobal(
    "ResizeObserver",
    class {
      observe() {}
      unobserve() {}
      disconnect() {}
    }
  );
  vi.stubGlobal("CSS", {escape: (text: string) => text.replace(/[^\w-]/g, "\\$&")});
}
