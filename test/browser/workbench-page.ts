import path from "node:path";
import {expect} from "@playwright/test";
import type {Locator, Page} from "@playwright/test";

/** A photo that is in the repository, 257x257. */
export const PHOTO = path.resolve(import.meta.dirname, "../fixtures/nano/reference_input.png");

/** The workbench as a reader with a screen reader knows it: by roles and names. */
export class Workbench {
  readonly main: Locator;
  readonly file: Locator;
  readonly model: Locator;
  readonly backend: Locator;
  readonly outputStride: Locator;
  readonly inputSize: Locator;
  readonly view: Locator;
  readonly opacity: Locator;
  readonly image: Locator;
  readonly classes: Locator;
  readonly alert: Locator;
  readonly problems: string[] = [];

  constructor(readonly page: Page) {
    this.main = page.getByRole("main");
    this.file = page.getByLabel("Image file");
    this.model = page.getByRole("combobox", {name: "Model"});
    this.backend = page.getByRole("combobox", {name: "Backend"});
    this.outputStride = page.getByRole("combobox", {name: "Output stride"});
    this.inputSize = page.getByRole("combobox", {name: "Input size"});
    this.view = page.getByRole("combobox", {name: "View"});
    this.opacity = page.getByRole("slider", {name: "Overlay opacity"});
    this.image = page.getByRole("img", {name: "Segmentation"});
    this.classes = page.getByRole("list", {name: "Classes found"});
    this.alert = page.getByRole("alert");
    page.on("console", (message) => message.type() === "error" && this.problems.push(message.text()));
    page.on("pageerror", (error) => this.problems.push(error.message));
    page.on("request", (request) => {
      const {protocol, hostname} = new URL(request.url());
      if (protocol.startsWith("http") && hostname !== "localhost") this.problems.push(`request to ${hostname}`);
    });
  }

  /** Opens the page and waits for its first result. Small and quick unless the query says otherwise. */
  async open(query: Record<string, string> = {}): Promise<this> {
    await this.page.goto(`/workbench?${new URLSearchParams({model: "nano", size: "257", ...query})}`);
    await this.done();
    return this;
  }

  /** Waits until a result stands. */
  async done(): Promise<void> {
    await expect(this.main).toHaveAttribute("aria-busy", "false");
  }

  /** Chooses a file and waits for its result. */
  async choose(file: Parameters<Locator["setInputFiles"]>[0]): Promise<void> {
    await this.changes(() => this.file.setInputFiles(file));
  }

  /** Does something that starts a run and waits until that run's result stands. */
  async changes(action: () => Promise<unknown>): Promise<void> {
    const before = await this.main.getAttribute("data-run");
    await action();
    await expect(this.main).not.toHaveAttribute("data-run", before ?? "");
    await this.done();
  }

  /** The legend: class names and shares in per cent. */
  async legend(): Promise<Map<string, number>> {
    const items = await this.classes.getByRole("listitem").allInnerTexts();
    return new Map(
      items.map((text) => {
        const [, name, share] = /([a-z]+)\s+(?:<\s*)?([\d.]+)\s*%/.exec(text.replaceAll("\n", " "))!;
        return [name!, Number(share)];
      })
    );
  }
}
