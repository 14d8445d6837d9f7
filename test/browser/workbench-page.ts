import path from "node:path";
import type {Locator, Page} from "@playwright/test";
import sharp from "sharp";
import {SitePage} from "./site-page.js";

/** A photo that is in the repository, 257x257. */
export const PHOTO = path.resolve(import.meta.dirname, "../fixtures/nano/reference_input.png");

/** Side of a small photo in pixels, of the form 16k + 1. */
export const SMALL = 129;

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
    this.image = page.getByRole("application", {name: "Segmentation"});
    this.classes = page.getByRole("list", {name: "Classes found"});
  }

  /** Opens the page and waits for its first result. Small and quick unless the query says otherwise. */
  async open(query: Record<string, string> = {}): Promise<this> {
    await this.page.goto(`/workbench?${new URLSearchParams({model: "nano", size: "257", ...query})}`);
    await this.done();
    return this;
  }

  /** Takes the page back to its defaults, but small and quick again, and waits for the result. */
  async fresh(): Promise<void> {
    await this.page.getByRole("button", {name: /reset/i}).click();
    await this.model.selectOption("nano");
    await this.inputSize.selectOption("257");
    await this.done();
  }

  /**
   * Chooses a photo that is no larger than it must be, at its own size: what runs often, or in
   * software as WebGL and WebGPU do here, need not run long.
   *
   * @returns the photo's file, a PNG
   */
  async small(): Promise<Buffer> {
    const buffer = await sharp(PHOTO).resize(SMALL, SMALL).png().toBuffer();
    await this.choose({name: "small.png", mimeType: "image/png", buffer});
    await this.changes(() => this.inputSize.selectOption("native"));
    return buffer;
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
