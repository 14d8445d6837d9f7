import {expect, it, vi} from "vitest";
import {zoomPath} from "../../../src/components/network/zoom-path.js";

it("leads back to each place on the way, but for the one where the reader is, and keeps the focus near", () => {
  const onLevel = vi.fn<(level: number) => void>();
  const path = zoomPath({label: "Where you are", onLevel});
  document.body.replaceChildren(path);
  const stops = [
    {name: "network", level: 0},
    {name: "aspp", level: null},
    {name: "atrous_1", level: 1},
    {name: "channel 17", level: 2}
  ];
  path.update(stops);
  expect([...path.querySelectorAll("li button")].map(({textContent}) => textContent)).toEqual(["network", "atrous_1"]);
  expect(path.querySelector("[aria-current]")!.textContent).toBe("channel 17");
  const [, layer] = path.querySelectorAll<HTMLElement>("li button");
  layer!.focus();
  layer!.click();
  expect(onLevel).toHaveBeenCalledWith(1);
  path.update(stops.slice(0, 3));
  expect(document.activeElement!.textContent).toBe("atrous_1");
});

it("has one button that leads a place out, past what is no place, until there is none", () => {
  const onLevel = vi.fn<(level: number) => void>();
  const path = zoomPath({label: "Where you are", onLevel});
  document.body.replaceChildren(path);
  const out = path.querySelector<HTMLButtonElement>(".zoom-out")!;
  const stops = [
    {name: "network", level: 0},
    {name: "aspp", level: null},
    {name: "atrous_1", level: 1, picture: "data:,"}
  ];
  path.update(stops);
  expect(path.querySelectorAll("img")).toHaveLength(1);
  out.focus();
  out.click();
  expect(onLevel).toHaveBeenCalledWith(0);
  path.update(stops.slice(0, 1));
  expect(out.hidden).toBe(true);
  expect(document.activeElement!.textContent).toBe("network");
});
