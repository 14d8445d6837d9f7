/** What jsdom lacks of the browser and the views call: it draws nothing. */
export function withoutDrawing(): void {
  HTMLCanvasElement.prototype.getContext = () => null;
}
