import type {Locator} from "@playwright/test";
import {SitePage} from "./site-page.js";

/** The page of models. */
export class ModelsPage extends SitePage {
  async open(): Promise<this> {
    await this.page.goto("/models");
    await this.done();
    return this;
  }

  card(title: string): Locator {
    return this.page.getByRole("region", {name: "Kept in this browser"}).getByRole("article", {name: title, exact: true});
  }

  /** Drops a file on the page. */
  async drop(name: string, bytes: Buffer): Promise<void> {
    const data = await this.page.evaluateHandle(
      ({name, base64}) => {
        const data = new DataTransfer();
        data.items.add(new File([Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))], name));
        return data;
      },
      {name, base64: bytes.toString("base64")}
    );
    await this.changes(() => this.main.dispatchEvent("drop", {dataTransfer: data}));
  }
}
