import type {Locator, Page} from "@playwright/test";
import {LessonPage} from "../lesson-page.js";

/** The lesson about the whole network. */
export class NetworkPage extends LessonPage {
  readonly diagram: Locator;
  constructor(page: Page) {
    super(page);
    this.diagram = page.getByRole("group", {name: "The network", exact: true});
  }
  /** A box by the beginning of its name. */
  box(name: string): Locator {
    return this.diagram.locator(`[data-id][aria-label^="${name},"]`);
  }
  /** Takes the page back to its defaults, but for the input's size: small pictures, what is tested here does not depend on it. */
  async fresh(): Promise<void> {
    await this.page.getByRole("button", {name: "Reset this page"}).click();
    await this.pick("Input size", "257");
    await this.done();
  }
  /** The pictures in the boxes, by the boxes' ids; null where there is none. */
  pictures(): Promise<Record<string, string | null>> {
    return this.diagram
      .locator("[data-id]")
      .evaluateAll((boxes) =>
        Object.fromEntries(boxes.map((box) => [box.getAttribute("data-id")!, box.querySelector("image")!.getAttribute("href")]))
      );
  }
  /** Where the reader is, as the way there says. */
  get place(): Locator {
    return this.page.getByRole("navigation", {name: "Where you are in the network"}).locator("[aria-current]");
  }
}
