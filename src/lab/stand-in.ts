/**
 * Takes what has stood in for a page's first mask since the page was opened, if anything has (`scripts/site/stand-in.ts`), into the figure
 * that will show that mask, whose place it has from then on.
 *
 * @param figure as wide as its `--aspect` says
 * @returns takes it away: once the network's own mask stands
 */
export function adoptStandIn(figure: HTMLElement): {remove(): void} {
  const standIn = document.querySelector<HTMLElement>(".stand-in");
  if (!standIn) return {remove() {}};
  figure.style.setProperty("--aspect", standIn.style.getPropertyValue("--aspect"));
  figure.append(standIn);
  return standIn;
}
