import {html} from "htl";
import {fileButton} from "../fields/file-button.js";
import {nextId} from "../fields/fields.js";

/**
 * Names of a model's classes that the reader writes, one a line, or takes from a file.
 *
 * @param options.read the names that a text stands for
 */
export function nameList(options: {
  readonly title: string;
  readonly names: readonly string[];
  read(text: string): readonly string[];
  onNames(names: readonly string[]): void;
}): HTMLElement {
  const {title, names, read, onNames} = options;
  const count = names.length;
  const id = nextId("names");
  const text =
    html`<textarea rows="6" spellcheck="false" aria-label=${`Names of the ${count} classes of ${title}, one a line`} aria-describedby=${id}></textarea>` as HTMLTextAreaElement;
  text.value = names.join("\n");
  const note = html`<span class="hint" id=${id}>One a line, in the order of their numbers.</span>` as HTMLElement;
  const save = () => {
    const written = read(text.value);
    const wrong =
      written.length !== count
        ? `There are ${count} classes, and these are ${written.length} names: write one a line.`
        : written.some((name) => !name)
          ? "A line in between is empty: each class has a name."
          : null;
    text.setAttribute("aria-invalid", String(wrong !== null));
    if (wrong === null) return onNames(written);
    note.textContent = wrong;
    text.focus();
  };
  const fill = async (file: File) => {
    text.value = await file.text();
    save();
  };
  return html`<details class="name-list">
    <summary>Names of your own</summary>
    <form onsubmit=${(event: Event) => {
      event.preventDefault();
      save();
    }}>
      ${text}${note}
      <div class="model-actions">
        <button type="submit" aria-label=${`Keep these names for ${title}`}>Keep these names</button>
        ${fileButton({label: "Names from a file", accept: "text/*,.names", onFiles: ([file]) => void fill(file)})}
      </div>
    </form>
  </details>` as HTMLElement;
}
