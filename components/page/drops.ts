/**
 * Takes what is dropped anywhere on the page, which is marked (`dragging`) while something is dragged over it.
 *
 * @param signal stops it
 */
export function acceptDrops(onDrop: (data: DataTransfer) => void, signal: AbortSignal): void {
  const mark = (dragging: boolean) => document.documentElement.classList.toggle("dragging", dragging);
  document.addEventListener(
    "dragover",
    (event) => {
      event.preventDefault();
      mark(true);
    },
    {signal}
  );
  document.addEventListener("dragleave", (event) => event.relatedTarget === null && mark(false), {signal});
  document.addEventListener(
    "drop",
    (event) => {
      event.preventDefault();
      mark(false);
      if (event.dataTransfer) onDrop(event.dataTransfer);
    },
    {signal}
  );
}

/** The address that was dragged here from elsewhere; empty where something else was. */
export function droppedAddress(data: DataTransfer): string {
  return data.getData("text/uri-list");
}
