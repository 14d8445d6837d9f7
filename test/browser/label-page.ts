import type {CDPSession, Locator} from "@playwright/test";
import {SitePage} from "./site-page.js";

type Place = readonly [x: number, y: number];

/** The page that labels. Places are shares of the photo's place in the page. */
export class LabelPage extends SitePage {
  readonly surface: Locator = this.page.getByRole("application");
  readonly readout: Locator = this.page.locator(".label-readout");
  readonly undo: Locator = this.page.getByRole("button", {name: "Undo"});
  private session?: Promise<CDPSession>;
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

  /** A place of the page. */
  async at(x: number, y: number): Promise<[number, number]> {
    const {x: left, y: top, width, height} = (await this.surface.boundingBox())!;
    return [left + width * x, top + height * y];
  }

  /** Draws with the mouse through places. */
  async draw(...places: readonly Place[]): Promise<void> {
    const [first, ...others] = places;
    await this.page.mouse.move(...(await this.at(...first!)));
    await this.page.mouse.down();
    for (const place of others) await this.page.mouse.move(...(await this.at(...place)), {steps: 4});
    await this.page.mouse.up();
  }

  /** Fingers, each at its place, that come, move or go. */
  async fingers(type: "touchStart" | "touchMove" | "touchEnd", ...places: readonly Place[]): Promise<void> {
    const at = await Promise.all(places.map((place) => this.at(...place)));
    const touchPoints = at.map(([x, y], id) => ({x, y, id}));
    await (await this.devtools()).send("Input.dispatchTouchEvent", {type, touchPoints});
  }

  /** Draws with one finger through places; one place is a tap. */
  async drawByFinger(...places: readonly Place[]): Promise<void> {
    for (const [index, place] of places.entries()) await this.fingers(index === 0 ? "touchStart" : "touchMove", place);
    await this.fingers("touchEnd");
  }

  /** Draws with a pen through places; one place is a tap. */
  async drawByPen(...places: readonly Place[]): Promise<void> {
    const devtools = await this.devtools();
    const send = async (type: "mousePressed" | "mouseMoved" | "mouseReleased", place: Place) => {
      const [x, y] = await this.at(...place);
      const buttons = type === "mouseReleased" ? 0 : 1;
      await devtools.send("Input.dispatchMouseEvent", {type, x, y, button: "left", buttons, clickCount: 1, pointerType: "pen"});
    };
    for (const [index, place] of places.entries()) await send(index === 0 ? "mousePressed" : "mouseMoved", place);
    await send("mouseReleased", places.at(-1)!);
  }

  private devtools(): Promise<CDPSession> {
    return (this.session ??= this.page.context().newCDPSession(this.page));
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
