import {expect, it, vi} from "vitest";
import {showThis} from "../../../src/components/page/show-this.js";

/** Words of a row whose figure lies so far down. */
function row(top: number) {
  vi.stubGlobal("matchMedia", () => ({matches: true}));
  const onShow = vi.fn();
  const button = showThis("rate 18", onShow);
  const figures = Object.assign(document.createElement("div"), {className: "lesson-figures", scrollIntoView: vi.fn()});
  figures.getBoundingClientRect = () => ({top, bottom: top + 500}) as DOMRect;
  const element = Object.assign(document.createElement("div"), {className: "lesson-row"});
  element.append(button, figures);
  return {button, figures, onShow};
}

it("words set the figure, which stays where it is in sight", () => {
  const {button, figures, onShow} = row(100);
  button.click();
  expect(button.textContent).toBe("rate 18");
  expect(onShow).toHaveBeenCalledOnce();
  expect(figures.scrollIntoView).not.toHaveBeenCalled();
});

it.each([-600, 2000])("the page goes to a figure at %i, which is out of sight", (top) => {
  const {button, figures} = row(top);
  button.click();
  expect(figures.scrollIntoView).toHaveBeenCalledWith({block: "start", behavior: "auto"});
});
