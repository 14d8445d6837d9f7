import type {Locator} from "@playwright/test";
import {SitePage} from "./site-page.js";

/** The page that labels. */
export class LabelPage extends SitePage {
  readonly surface: Locator = this.page.getByRole("application");
  readonly readout: Locator = this.page.locator(".label-readout");
  readonly undo: Locator = this.page.getByRole("button", {name: "Undo"});
  readonly redo: Locator = this.page.getByRole("button", {name: "Redo"});

  async open(query: Record<string, string> = {}): Promise<this> {
    await this.page.goto(`/label?${new URLSearchParams(query)}`);
    await this.shown();
    return this;
  }

  /** Waits until a photo is open. */
  async shown(): Promise<void> {
    await this.surface.and(this.page.getByRole("application", {name: /^Labels of/})).waitFor();
    await this.done();
  }

  /** Chooses a tool. */
  async tool(name: string): Promise<void> {
    // The pictures of the choices lie over them.
    await this.page.getByRole("radio", {name}).check({force: true});
  }

  async addClass(name: string): Promise<void> {
    await this.page.getByLabel("Name of a new class").fill(name);
    await this.page.getByLabel("Name of a new class").press("Enter");
    await this.page.getByRole("radio", {name}).and(this.page.locator(":checked")).waitFor();
  }

  /** A place of the page, by shares of the photo's place. */
  async at(x: number, y: number): Promise<[number, number]> {
    const {x: left, y: top, width, height} = (await this.surface.boundingBox())!;
    return [left + width * x, top + height * y];
  }

  /** Draws with the mouse through places. */
  async draw(...places: readonly (readonly [number, number])[]): Promise<void> {
    const [first, ...others] = places;
    await this.page.mouse.move(...(await this.at(...first!)));
    await this.page.mouse.down();
    for (const place of others) await this.page.mouse.move(...(await this.at(...place)), {steps: 4});
    await this.page.mouse.up();
  }

  /** The class of the pixel at a place, as the page tells it. */
  async classAt(x: number, y: number): Promise<string> {
    await this.page.mouse.move(...(await this.at(x, y)));
    return (await this.readout.textContent())!.replace(/^.*: /, "");
  }

  /** Waits until all strokes are kept. */
  async kept(): Promise<void> {
    await this.page.getByText("Kept in this browser.").waitFor();
  }
}
