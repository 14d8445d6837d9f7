import {beforeEach, describe, expect, it, vi} from "vitest";
import {askFirst} from "../../../src/components/photo/ask-first.js";
import {photoChoice} from "../../../src/lab/photo-choice.js";
import {CHOICE_KEY} from "../../../src/lab/photo-memory.js";
import {withoutDrawing} from "../dom.js";

/** Addresses that a worker was asked to fetch, and how each is answered. */
let asked: {readonly address: string; answer(data: unknown): void}[];

beforeEach(() => {
  withoutDrawing();
  document.body.replaceChildren();
  localStorage.clear();
  sessionStorage.clear();
  asked = [];
  HTMLDialogElement.prototype.showModal = function () {
    this.open = true;
  };
  HTMLDialogElement.prototype.close = function () {
    this.open = false;
    this.dispatchEvent(new Event("close"));
  };
  vi.stubGlobal(
    "Worker",
    class extends EventTarget {
      postMessage(address: string) {
        asked.push({address, answer: (data) => this.dispatchEvent(new MessageEvent("message", {data}))});
      }
      terminate() {}
    }
  );
  vi.stubGlobal("fetch", () => Promise.reject(new TypeError("Nothing else is fetched.")));
});

const SAMPLES = [{id: "dog", title: "Dog", file: "dog.jpg"}] as never;
const ADDRESS = "https://elsewhere.example/pictures/cat.jpg?who=1";
const LINKED = {sample: "dog", address: ADDRESS, own: ""};

function opened() {
  const [onWanted, onPhoto, onFailed] = [vi.fn(), vi.fn(), vi.fn()];
  return {choice: photoChoice({samples: SAMPLES, onWanted, onPhoto, onFailed, onProblem: vi.fn()}), onWanted, onPhoto, onFailed};
}

const dialog = () => document.querySelector<HTMLDialogElement>("dialog.ask-first");
const press = (label: string) => [...dialog()!.querySelectorAll("button")].find(({textContent}) => textContent === label)!.click();

it("the question names the host and shows the address as text", () => {
  const view = askFirst({host: "a.example", address: "https://a.example/<b>", onAnswer: vi.fn()});
  expect(view.querySelector("h2")!.textContent).toBe("Fetch a photo from a.example?");
  expect(view.querySelector("b")).toBeNull();
  expect(view.querySelector(".ask-first-address")!.textContent).toBe("https://a.example/<b>");
});

describe("a link that names a photo of another host", () => {
  it("asks before anything is fetched or remembered", async () => {
    const {choice, onWanted} = opened();
    choice.open(LINKED);
    await vi.waitFor(() => expect(dialog()?.open).toBe(true));
    expect(asked).toEqual([]);
    expect(onWanted).not.toHaveBeenCalled();
    expect(localStorage.getItem(CHOICE_KEY)).toBeNull();
    press("Fetch it");
    await vi.waitFor(() => expect(asked.map(({address}) => address)).toEqual([ADDRESS]));
    expect(dialog()).toBeNull();
    // It has not come yet.
    expect(localStorage.getItem(CHOICE_KEY)).toBeNull();
    choice.dispose();
  });

  it("shows a sample where the reader does not want it, and asks the host for nothing", async () => {
    for (const put of [() => press("Show a sample instead"), () => dialog()!.close()]) {
      const {choice, onWanted} = opened();
      choice.open(LINKED);
      await vi.waitFor(() => expect(dialog()?.open).toBe(true));
      put();
      await vi.waitFor(() => expect(onWanted).toHaveBeenCalledWith({sample: "dog", address: "", own: ""}));
      choice.dispose();
    }
    expect(asked).toEqual([]);
  });

  it("does not ask again about what the reader typed, or agreed to on a page before", async () => {
    const {choice, onFailed} = opened();
    const field = choice.element.querySelector<HTMLInputElement>("input[type=url]")!;
    field.value = ADDRESS;
    field.form!.requestSubmit();
    await vi.waitFor(() => expect(asked).toHaveLength(1));
    asked[0]!.answer({message: "elsewhere.example answered 404, not found: cat.jpg. Save the image and choose the file."});
    await vi.waitFor(() => expect(onFailed).toHaveBeenCalledWith(expect.objectContaining({message: expect.stringContaining("404")})));
    choice.open(LINKED);
    await vi.waitFor(() => expect(asked).toHaveLength(2));
    choice.dispose();
    localStorage.setItem(CHOICE_KEY, JSON.stringify(LINKED));
    const next = opened();
    next.choice.open(LINKED);
    await vi.waitFor(() => expect(asked).toHaveLength(3));
    expect(dialog()).toBeNull();
    next.choice.dispose();
  });

  it("is shown as far as a dialog has room for it", async () => {
    const {choice} = opened();
    choice.open({...LINKED, address: `https://elsewhere.example/${"x".repeat(500)}`});
    await vi.waitFor(() => expect(dialog()?.open).toBe(true));
    expect(dialog()!.querySelector(".ask-first-address")!.textContent).toMatch(/^https:\/\/elsewhere\.example\/x{174}…$/);
    choice.dispose();
  });

  it("is put away with the page, and by what is wanted instead", async () => {
    const {choice, onWanted} = opened();
    choice.open(LINKED);
    await vi.waitFor(() => expect(dialog()?.open).toBe(true));
    choice.open({sample: "dog", address: "", own: ""});
    expect(dialog()).toBeNull();
    expect(onWanted).toHaveBeenCalledTimes(1);
    choice.open(LINKED);
    await vi.waitFor(() => expect(dialog()?.open).toBe(true));
    choice.dispose();
    expect(dialog()).toBeNull();
    expect(asked).toEqual([]);
  });
});
