import {describe, expect, it} from "vitest";
import {photoMenu} from "../../../src/components/photo/photo-menu.js";

const PHOTO = () => Object.assign(document.createElement("canvas"), {width: 64, height: 48});

function opened() {
  const picker = document.createElement("button");
  const menu = photoMenu(picker);
  const elsewhere = document.createElement("p");
  document.body.replaceChildren(menu, elsewhere);
  menu.open = true;
  return {menu, picker, elsewhere};
}
/** @returns whether the page may do something with it, too */
const press = (element: Element, key: string) =>
  element.dispatchEvent(new KeyboardEvent("keydown", {key, bubbles: true, cancelable: true}));
const touch = (element: Element) => element.dispatchEvent(new Event("pointerdown", {bubbles: true}));

describe("the photo's menu", () => {
  it("names the photo and is put away once it is there", () => {
    const {menu} = opened();
    menu.show("A dog", PHOTO());
    expect([menu.querySelector("summary")!.textContent, menu.open]).toEqual(["Photo:A dog", false]);
  });

  it("is put away by Escape, which leads back to what opened it, and by what is done elsewhere", () => {
    const {menu, picker, elsewhere} = opened();
    touch(picker);
    expect(press(picker, "a")).toBe(true);
    expect(menu.open).toBe(true);
    expect(press(picker, "Escape")).toBe(false);
    expect([menu.open, document.activeElement]).toEqual([false, menu.querySelector("summary")]);
    menu.open = true;
    touch(elsewhere);
    expect(menu.open).toBe(false);
  });

  it("leaves Escape to a dialog in it, and the page alone once it is disposed", () => {
    const {menu, picker, elsewhere} = opened();
    const dialog = document.createElement("dialog");
    picker.after(dialog);
    press(dialog, "Escape");
    expect(menu.open).toBe(true);
    menu.dispose();
    touch(elsewhere);
    expect(menu.open).toBe(true);
  });
});
