import path from "node:path";
import type {Locator, Page} from "@playwright/test";
import {SitePage} from "./site-page.js";

/** A photo that is in the repository, 257x257. */
export const PHOTO = path.resolve(import.meta.dirname, "../fixtures/nano/reference_input.png");

/** The workbench. */
export class Workbench extends SitePage {
  readonly model: Locator;
  readonly backend: Locator;
  readonly outputStride: Locator;
  readonly inputSize: Locator;
  readonly view: Locator;
  readonly opacity: Locator;
  readonly image: Locator;
  readonly classes: Locator;

  constructor(page: Page) {
    super(page);
    this.model = page.getByRole("combobox", {name: "Model"});
    this.backend = page.getByRole("combobox", {name: "Backend"});
    this.outputStride = page.getByRole("combobox", {name: "Output stride"});
    this.inputSize = page.getByRole("combobox", {name: "Input size"});
    this.view = page.getByRole("combobox", {name: "View"});
    this.opacity = page.getByRole("slider", {name: "Overlay opacity"});
    this.image = page.getByRole("img", {name: "Segmentation"});
    this.classes = page.getByRole("list", {name: "Classes found"});
  }

  /** Opens the page and waits for its first result. Small and quick unless the query says otherwise. */
  async open(query: Record<string, string> = {}): Promise<this> {
    await this.page.goto(`/workbench?${new URLSearchParams({model: "nano", size: "257", ...query})}`);
    await this.done();
    return this;
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
