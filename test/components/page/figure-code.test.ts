import {Blob} from "node:buffer";
import {afterEach, beforeAll, expect, it, vi} from "vitest";
import {figureCode} from "../../../src/components/page/figure-code.js";
import {codeUnder} from "../../../src/pages/lessons/code-under.js";
import {fromFragment} from "../../../src/notebook/address.js";

// jsdom's has no stream.
beforeAll(() => void vi.stubGlobal("Blob", Blob));
afterEach(() => document.body.replaceChildren());

/** jsdom tells of no details that open. */
function unfold(view: Element): void {
  (view as HTMLDetailsElement).open = true;
  view.dispatchEvent(new Event("toggle"));
}

it("code has a tab a language, and each text is that of the last update", () => {
  const view = figureCode({figure: "The cliff", onOpen: () => undefined});
  document.body.append(view);
  expect(view.querySelector("summary")!.textContent).toBe("Code of “The cliff”");
  view.update(
    [
      {language: "Notebook", text: "const a = 1;"},
      {language: "PyTorch", text: "a = 1"}
    ],
    "./notebook.html#one"
  );
  view.update([{language: "Notebook", text: "const a = 2;"}], "./notebook.html#two");
  expect([...view.querySelectorAll("[role=tab]")].map(({textContent}) => textContent)).toEqual(["Notebook", "PyTorch"]);
  expect([...view.querySelectorAll("code")].map(({textContent}) => textContent)).toEqual([
    "const a = 2;",
    "There is none with these settings."
  ]);
  const [, torch] = view.querySelectorAll<HTMLElement>("[role=tab]");
  torch!.click();
  expect([...view.querySelectorAll<HTMLElement>("[role=tabpanel]")].map(({hidden}) => hidden)).toEqual([true, false]);
  expect(view.querySelector("a")!.getAttribute("href")).toBe("./notebook.html#two");
});

it("the code of a figure is made when it is opened, and follows the state from then on", async () => {
  const listeners: (() => void)[] = [];
  let state = {mapSize: 65, cliffRate: 32};
  const asked = vi.fn();
  const view = codeUnder({get: () => state, listen: (listener: () => void) => void listeners.push(listener)}, (codes) => {
    asked();
    return codes.atrous.cliff;
  })("The cliff");
  document.body.append(view);
  const change = (changed: typeof state) => {
    state = changed;
    for (const listener of listeners) listener();
  };
  change({mapSize: 33, cliffRate: 6});
  expect(asked).not.toHaveBeenCalled();
  unfold(view);
  // All codes are loaded with the first.
  await vi.waitFor(() => expect(view.querySelector("code")!.textContent).toContain("tf.ones([1, 33, 33, 1])"), {timeout: 20_000});
  change({mapSize: 14, cliffRate: 15});
  await vi.waitFor(() => expect(view.querySelector("code")!.textContent).toContain('"NHWC", 15)'));
  expect(asked).toHaveBeenCalledOnce();
  // The link carries what is shown, cell by cell.
  const {title, cells} = await fromFragment(view.querySelector("a")!.href.split("#")[1]!);
  expect(title).toBe("The cliff");
  expect(cells.slice(1).map(({text}) => text)).toEqual(
    expect.arrayContaining([expect.stringContaining("tf.ones([1, 14, 14, 1])") as string])
  );
  expect(cells.map(({mode}) => mode)).toEqual(["md", ...new Array<string>(cells.length - 1).fill("js")]);
});
