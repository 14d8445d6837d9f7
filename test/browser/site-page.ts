import {expect} from "@playwright/test";
import type {Locator, Page} from "@playwright/test";
import {requestsOf} from "./requests.js";

/** Milliseconds that a page is waited for; what takes long may share its machine with all else. */
export const PATIENCE = process.env["LONG"] ? 600_000 : 60_000;

/** What every page of the site has, as a reader with a screen reader knows it: by roles and names. */
export class SitePage {
  readonly main: Locator;
  readonly file: Locator;
  readonly alert: Locator;
  /** Errors on the console, what the page's policy forbids among them, and requests by which something might leave. */
  readonly problems: string[] = [];

  constructor(readonly page: Page) {
    this.main = page.getByRole("main");
    this.file = page.getByLabel("Image file");
    this.alert = page.getByRole("alert");
    page.on("console", (message) => message.type() === "error" && this.problems.push(message.text()));
    page.on("pageerror", (error) => this.problems.push(error.message));
    requestsOf(page.context()).onWrong((wrong) => this.problems.push(wrong));
  }

  /** Expects that nothing happened that should not. */
  expectNoProblem(): void {
    expect(this.problems, "errors on the console, or requests by which something might leave").toEqual([]);
  }

  /** Waits until every result stands. */
  async done(): Promise<void> {
    await this.standing();
  }

  /** Chooses an image file and waits for its results. */
  async choose(file: Parameters<Locator["setInputFiles"]>[0]): Promise<void> {
    await this.changes(() => this.file.setInputFiles(file));
  }

  /** Does something that starts a run and waits until that run's result stands. */
  async changes(action: () => Promise<unknown>): Promise<void> {
    const before = await this.main.getAttribute("data-run");
    await action();
    await this.standing(before);
  }

  /**
   * Waits until results stand, others than those counted before. Looked for in the page, every few milliseconds: `expect` asks after
   * ever longer pauses, which would be the longer part of most tests.
   */
  private async standing(before?: string | null): Promise<void> {
    await this.page.waitForFunction(
      (before) => {
        const main = document.querySelector("main");
        return main?.ariaBusy === "false" && (before === undefined || main.getAttribute("data-run") !== before);
      },
      before,
      {polling: 40, timeout: PATIENCE}
    );
  }
}
