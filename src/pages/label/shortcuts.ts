/** Something that a key does. */
export interface Shortcut {
  /** Its keys, as `KeyboardEvent.key` has them; letters small. "mod+" stands for Ctrl or ⌘, "shift+" for Shift with a letter. */
  readonly keys: readonly string[];
  /** As the help calls them. */
  readonly shown: string;
  readonly label: string;
  run(): void;
}

/** Does what keys ask for while the focus is on the editor and not in a field that takes text. @param signal stops it */
export function listenToKeys(editor: HTMLElement, shortcuts: readonly Shortcut[], signal: AbortSignal): void {
  editor.addEventListener(
    "keydown",
    (event) => {
      if (event.altKey || event.defaultPrevented || takesText(event.target as HTMLElement, event.key)) return;
      const isLetter = /^[a-z]$/i.test(event.key);
      const modifiers = `${event.ctrlKey || event.metaKey ? "mod+" : ""}${event.shiftKey && isLetter ? "shift+" : ""}`;
      const key = modifiers + (isLetter ? event.key.toLowerCase() : event.key);
      const found = shortcuts.find(({keys}) => keys.includes(key));
      if (!found) return;
      event.preventDefault();
      found.run();
    },
    {signal}
  );
}

/** Whether a key belongs to the field that has the focus. */
function takesText(target: HTMLElement, key: string): boolean {
  if (target instanceof HTMLSelectElement) return key.length === 1 || key.startsWith("Page");
  if (!(target instanceof HTMLInputElement) || target.type === "radio" || target.type === "checkbox") return false;
  // A slider goes with arrows and pages.
  return target.type === "range" ? key.startsWith("Page") : true;
}
