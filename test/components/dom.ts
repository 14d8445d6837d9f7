/** What jsdom lacks of the browser and the views call: it draws nothing and lays nothing out. */
export function withoutDrawing(): void {
  HTMLCanvasElement.prototype.getContext = () => null;
  globalThis.ResizeObserver = class {
    observe() {}
    unobserve() {}
    disconnect() {}
  };
}
