/** Milliseconds for which a note stays, so that a pointer can reach it. */
const LINGER = 250;
/** Pixels between a word and its note, and between a note and the window's edge. */
const GAP = 6;

/**
 * Shows the notes of words that explain themselves, while a pointer or the focus is on them or a finger has pressed them; Escape takes a
 * note away. The build makes both (`scripts/site/glossary.ts`).
 *
 * @param signal ends it
 */
export function explainTerms(root: ParentNode, signal: AbortSignal): void {
  for (const word of root.querySelectorAll<HTMLElement>("button.term")) {
    const note = document.getElementById(word.getAttribute("aria-describedby")!);
    if (note) explain(word, note, signal);
  }
}

function explain(word: HTMLElement, note: HTMLElement, signal: AbortSignal): void {
  let leaving: ReturnType<typeof setTimeout> | undefined;
  const show = () => {
    clearTimeout(leaving);
    if (note.matches(":popover-open")) return;
    // With its word as the source, Tab leads from that into the note.
    note.showPopover({source: word});
    place(word, note);
  };
  const hide = () => {
    clearTimeout(leaving);
    if (note.matches(":popover-open")) note.hidePopover();
  };
  const leave = () => {
    clearTimeout(leaving);
    leaving = setTimeout(hide, LINGER);
  };
  const stay = () => clearTimeout(leaving);
  const on = (target: HTMLElement, name: string, act: (event: Event) => void) => target.addEventListener(name, act, {signal});
  on(word, "pointerenter", (event) => (event as PointerEvent).pointerType === "mouse" && show());
  on(word, "focus", show);
  on(word, "click", show);
  on(note, "pointerenter", stay);
  on(note, "focusin", stay);
  for (const target of [word, note]) on(target, "pointerleave", (event) => (event as PointerEvent).pointerType === "mouse" && leave());
  on(word, "blur", leave);
  on(note, "focusout", leave);
  signal.addEventListener("abort", hide, {once: true});
}

/** Sets a note under its word, or above where there is no room, within the window. */
function place(word: HTMLElement, note: HTMLElement): void {
  const {left, top, bottom} = word.getBoundingClientRect();
  const {width, height} = note.getBoundingClientRect();
  const {clientWidth, clientHeight} = document.documentElement;
  const isBelow = bottom + GAP + height <= clientHeight || top < GAP + height;
  note.style.left = `${scrollX + Math.max(GAP, Math.min(left, clientWidth - width - GAP))}px`;
  note.style.top = `${scrollY + (isBelow ? bottom + GAP : top - GAP - height)}px`;
}
