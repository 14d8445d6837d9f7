import {html} from "htl";

/**
 * What the file of a model does not tell, to be answered: open until it is.
 *
 * @param options.fields one a question, which the form hands on itself
 * @param options.taken sentences on what was taken and cannot be answered here
 * @param options.onAnswer called when the reader says that what the fields show is right, and none of them is wrong
 * @param options.onCompare called when the reader wants to see the choices side by side; is given where to show them
 */
export function openQuestions(options: {
  readonly title: string;
  /** What was answered, in words; null until then. */
  readonly answered: string | null;
  readonly fields: readonly Node[];
  readonly taken: readonly string[];
  onAnswer(): void;
  onCompare?(place: HTMLElement): void;
}): HTMLElement {
  const {title, answered, fields, taken, onAnswer, onCompare} = options;
  const place = html`<div class="comparison-place"></div>` as HTMLElement;
  const form = html`<form onsubmit=${(event: Event) => {
    event.preventDefault();
    const wrong = form.querySelector<HTMLElement>('[aria-invalid="true"]');
    if (wrong) wrong.focus();
    else onAnswer();
  }}>
    ${answered === null ? html`<p class="quiet">It runs with the usual answers, which these fields show. Once you answer, you are not asked again.</p>` : ""}
    ${fields}
    ${taken.map((sentence) => html`<p class="quiet">${sentence}</p>`)}
    <div class="model-actions">
      ${onCompare && html`<button type="button" aria-label=${`Compare on a photo: ${title}`} onclick=${() => onCompare(place)}>Compare on a photo</button>`}
      <button type="submit" aria-label=${`Keep these answers for ${title}`}>Keep these answers</button>
    </div>
  </form>` as HTMLFormElement;
  form.noValidate = true;
  return html`<details class="open-questions" open=${answered === null}>
    <summary>${answered === null ? "What its file does not tell" : `Answered: ${answered}`}</summary>
    ${form}${place}
  </details>` as HTMLElement;
}
