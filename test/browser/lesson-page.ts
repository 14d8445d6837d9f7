import {expect} from "@playwright/test";
import type {Locator, Page} from "@playwright/test";

/** A lesson as a reader with a screen reader knows it: by roles and names. */
export class LessonPage {
  readonly main: Locator;
  readonly alert: Locator;
  /** Errors on the console, and requests to another host. */
  readonly problems: string[] = [];

  constructor(readonly page: Page) {
    this.main = page.getByRole("main");
    this.alert = page.getByRole("alert");
    page.on("console", (message) => message.type() === "error" && this.problems.push(message.text()));
    page.on("pageerror", (error) => this.problems.push(error.message));
    page.on("request", (request) => {
      const {protocol, hostname} = new URL(request.url());
      if (protocol.startsWith("http") && hostname !== "localhost") this.problems.push(`request to ${hostname}`);
    });
  }

  /** Opens a lesson and waits until its figures stand. */
  async open(path: string, query: Record<string, string> = {}): Promise<this> {
    await this.page.goto(`${path}?${new URLSearchParams(query)}`);
    await this.done();
    return this;
  }

  /** Waits until every figure's result stands. */
  async done(): Promise<void> {
    await expect(this.main).toHaveAttribute("aria-busy", "false");
  }

  /** Does something that starts a computation and waits until its result stands. */
  async changes(action: () => Promise<unknown>): Promise<void> {
    const before = await this.main.getAttribute("data-run");
    await action();
    await expect(this.main).not.toHaveAttribute("data-run", before ?? "");
    await this.done();
  }

  /** A computed value of the page, by its name. */
  value(name: string): Locator {
    return this.page.getByLabel(name, {exact: true});
  }

  /** Chooses an image file and waits for its results. */
  async choose(file: string): Promise<void> {
    await this.changes(() => this.page.getByLabel("Image file").setInputFiles(file));
  }

  /** The classes found and their shares in per cent. */
  async classes(): Promise<Map<string, number>> {
    const items = await this.page.getByRole("list", {name: "Classes found"}).getByRole("listitem").allInnerTexts();
    return new Map(items.map((text) => /([a-z]+)\s+(?:<\s*)?([\d.]+)\s*%/.exec(text)!).map(([, name, share]) => [name!, Number(share)]));
  }

  slider(name: string): Locator {
    return this.page.getByRole("slider", {name, exact: true});
  }
}
