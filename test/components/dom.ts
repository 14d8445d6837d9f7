/** What jsdom lacks of the browser and the views call: it draws nothing and lays nothing out. */
export function withoutDrawing(): void {
  HTMLCanvasElement.prototype.getContext = () => null;
  globalThis.ResizeObserver = class {
    observe() {}
    unobserve() {}
    disconnect() {}
  };
  globalThis.CSS = {escape: (text: string) => text.replace(/[^\w-]/g, "\\$&")} as typeof CSS;
}
