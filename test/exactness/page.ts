import {chromium} from "@playwright/test";
import {inject} from "vitest";
import {openInBrowser} from "../../scripts/browser/session.js";
import type {Callable, Session, SessionOptions} from "../../scripts/browser/session.js";

/**
 * Opens a module of `pages` in a tab of the run's one browser.
 *
 * @param entry path of the module, from the repository's root
 */
export function openPage<Entry extends Callable>(entry: string, options: Pick<SessionOptions, "files"> = {}): Promise<Session<Entry>> {
  return openInBrowser<Entry>(entry, {...options, start: () => chromium.connect(inject("browser")!)});
}
