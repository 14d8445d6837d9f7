import {html} from "htl";
import {tabs} from "../fields/tabs.js";
import type {Tabs} from "../fields/tabs.js";

/** A figure's code in one language. */
export interface CodeText {
  readonly language: string;
  readonly text: string;
}

export interface FigureCodeView extends HTMLDetailsElement {
  /** Shows the code as it is now; the languages stay those of the first time. @param href what it opens in the notebook */
  update(texts: readonly CodeText[], href: string): void;
  /** Says why there is none. */
  fail(sentence: string): void;
}

/**
 * The code behind a figure, folded.
 *
 * @param options.figure what it is the code of
 * @param options.onOpen called each time it is unfolded
 */
export function figureCode({figure, onOpen}: {readonly figure: string; onOpen(): void}): FigureCodeView {
  const place = html`<div class="figure-code-body"><p class="hint">Loading …</p></div>`;
  const link = html`<a class="figure-code-link">Open in the notebook</a>` as HTMLAnchorElement;
  let shown: {readonly codes: ReadonlyMap<string, HTMLElement>; readonly panels: Tabs<string>} | null = null;
  const view = html`<details class="figure-code" ontoggle=${() => view.open && onOpen()}>
    <summary>Code<span class="unseen"> of “${figure}”</span></summary>${place}
  </details>` as FigureCodeView;

  function made(languages: readonly string[]): NonNullable<typeof shown> {
    const codes = new Map(languages.map((language) => [language, html`<code></code>` as HTMLElement]));
    const panels = tabs({
      label: `Code of “${figure}”`,
      list: [...codes].map(([language, code]) => ({
        id: language,
        title: language,
        panel:
          html`<div><pre class="figure-code-text" tabindex="0" aria-label=${`${language} code of “${figure}”`} role="group">${code}</pre></div>` as HTMLElement
      })),
      beside: link,
      onSelect: (language) => panels.show(language)
    });
    place.replaceChildren(panels);
    return {codes, panels};
  }

  view.update = (texts, href) => {
    shown ??= made(texts.map(({language}) => language));
    for (const [language, code] of shown.codes) {
      code.textContent = texts.find((each) => each.language === language)?.text ?? "There is none with these settings.";
    }
    link.href = href;
  };
  view.fail = (sentence) => {
    shown = null;
    place.replaceChildren(html`<p class="hint">${sentence}</p>` as Node);
  };
  return view;
}
