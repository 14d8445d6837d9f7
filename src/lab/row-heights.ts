/**
 * Tells the style how tall the parts of a lesson's rows are (`--height`), so that one which goes along while the reader scrolls does so
 * from where its end is in sight (`src/styles/lesson.css`).
 *
 * @returns a function that stops it
 */
export function tellRowHeights(main: HTMLElement): () => void {
  const observer = new ResizeObserver((entries) => {
    for (const {target, contentRect} of entries)
      (target as HTMLElement).style.setProperty("--height", `${Math.ceil(contentRect.height)}px`);
  });
  for (const part of main.querySelectorAll(".lesson-row > *")) observer.observe(part);
  return () => observer.disconnect();
}
