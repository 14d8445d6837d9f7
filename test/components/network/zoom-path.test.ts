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
  expect([...path.querySelectorAll("button")].map(({textContent}) => textContent)).toEqual(["network", "atrous_1"]);
  expect(path.querySelector("[aria-current]")!.textContent).toBe("channel 17");
  const [, layer] = path.querySelectorAll("button");
  layer!.focus();
  layer!.click();
  expect(onLevel).toHaveBeenCalledWith(1);
  path.update(stops.slice(0, 3));
  expect(document.activeElement!.textContent).toBe("atrous_1");
});
