import {expect} from "@playwright/test";
import type {Locator} from "@playwright/test";
import {SitePage} from "./site-page.js";

/** A lesson. */
export class LessonPage extends SitePage {
  /** Opens a lesson and waits until its figures stand. */
  async open(path: string, query: Record<string, string> = {}): Promise<this> {
    await this.page.goto(`${path}?${new URLSearchParams(query)}`);
    await this.done();
    return this;
  }

  /** A computed value of the page, by its name. */
  value(name: string): Locator {
    return this.page.getByLabel(name, {exact: true});
  }

  /** The classes found and their shares in per cent. */
  async classes(): Promise<Map<string, number>> {
    const items = await this.page.getByRole("list", {name: "Classes found"}).getByRole("listitem").allInnerTexts();
    return new Map(items.map((text) => /([a-z]+)\s+(?:<\s*)?([\d.]+)\s*%/.exec(text)!).map(([, name, share]) => [name!, Number(share)]));
  }

  /** The chosen photo, small: what opens the ways to bring another one. */
  get photo(): Locator {
    return this.page.locator(".photo-menu > summary");
  }

  /** Opens the ways to bring a photo. */
  async openPhotos(): Promise<void> {
    if ((await this.page.locator(".photo-menu[open]").count()) === 0) await this.photo.click();
  }

  /** Chooses a sample by its title, and waits for nothing. */
  async pickSample(title: string): Promise<void> {
    await this.openPhotos();
    await this.page.getByRole("button", {name: title}).click();
  }

  /** Takes the page back to its defaults and waits for their results. */
  async reset(): Promise<void> {
    await this.page.getByRole("button", {name: "Reset this page"}).click();
    await this.done();
  }

  /** Chooses one of a group of radio buttons. */
  pick(group: string, choice: string): Promise<void> {
    return this.page.getByRole("group", {name: group, exact: true}).getByText(choice, {exact: true}).click();
  }

  /** Predicts one of the things to try, and waits for what the page says then. */
  async predict(attempt: Locator, guess: string, said: string | RegExp): Promise<void> {
    await attempt.getByRole("button", {name: guess, exact: true}).click();
    await expect(attempt).toContainText(said);
  }

  slider(name: string): Locator {
    return this.page.getByRole("slider", {name, exact: true});
  }
}
