import {vi} from "vitest";
import {apartTiles} from "../../../src/components/maps/apart-tiles.js";
import {cellMap} from "../../../src/components/maps/cell-map.js";
import {channelList} from "../../../src/components/maps/channel-list.js";
import {diverging, heat, sequential} from "../../../src/components/maps/colour-maps.js";
import {colourScale} from "../../../src/components/maps/colour-scale.js";
import {featureGrid} from "../../../src/components/maps/feature-grid.js";
import {featureMaps} from "../../../src/components/maps/feature-maps.js";
import {featureRow} from "../../../src/components/maps/feature-row.js";
import {gridPaging} from "../../../src/components/maps/grid-paging.js";
import {wipe} from "../../../src/components/maps/wipe.js";
import {beside, nothing, shown, sized, someMaps} from "./some.js";

export const maps = {
  "apart-tiles": () => {
    const paint = (colour: string) => (context: CanvasRenderingContext2D) => {
      context.fillStyle = colour;
      context.fillRect(0, 0, 40, 30);
    };
    const columns = [
      {title: "colours", paints: [paint("red"), paint("green")]},
      {title: "1/2", paints: [paint("blue"), paint("white")]}
    ];
    return shown(apartTiles({label: "A photo in maps", width: 40, height: 30, columns}), (view) => view.show(true));
  },

  "cell-map": () =>
    shown(cellMap({label: "A map with a margin"}), (view) => {
      view.draw({
        height: 2,
        width: 3,
        margin: {top: 1, bottom: 1, left: 1, right: 1},
        values: [0, 1, 2, 3, 4, 5],
        colour: sequential(0, 5),
        text: (value) => value.toFixed(1)
      });
      view.mark([
        {row: 0, column: 1, colour: "var(--concept-output)", filled: true},
        {row: -1, column: 0, colour: "var(--concept-kernel)", size: 3, text: "k", dashed: true}
      ]);
    }),

  "channel-list": () =>
    shown(channelList({label: "For cat", onChannel: nothing}), (view) =>
      view.update(
        [
          {channel: 87, activation: 2, weight: -0.5, part: -1, map: Float32Array.of(0, 1, -1, 2)},
          {channel: 3, activation: 0.4, weight: 2, part: 0.8, map: Float32Array.of(-2, 0, 0.5, 1)}
        ],
        {height: 2, width: 2, colour: diverging(2)}
      )
    ),

  "colour-scale": () =>
    shown(colourScale({label: "What the colours stand for"}), (view) =>
      view.update({low: -2, high: 2}, heat(2), ["against", "no part", "for"])
    ),

  "feature-grid": () => {
    const paint = () => ({image: document.createElement("canvas"), settings: {}, onLost: nothing, dispose: nothing});
    const view = featureGrid({paint, onHover: nothing, onChoose: nothing});
    sized({width: 320, height: 200}, () =>
      view.show({
        maps: someMaps(5),
        order: [4, 0, 2, 1, 3],
        scale: () => ({low: -2, high: 4, signed: false}),
        caption: (channel) => `mean ${(channel / 10).toFixed(2)}`
      })
    );
    view.select(2);
    view.cursor({x: 0.25, y: 0.5});
    return view;
  },

  "feature-maps": () => shown(featureMaps({label: "Channels", shown: 2, onChannel: nothing}), (view) => view.update(someMaps(), 1)),

  "feature-row": () => {
    const row = featureRow({columns: 3, mapWidth: 96, mapHeight: 72, pitch: 104, rowHeight: 110}, {}, nothing);
    const cells = [7, 2].map((channel, place) => ({
      place,
      channel,
      caption: `mean ${channel / 10}`,
      selected: channel === 2,
      stop: place === 0
    }));
    row.show(0, cells);
    row.draw(
      document.createElement("canvas"),
      {height: 3, width: 4},
      {columns: 2, rows: 1, reduction: 1, tileHeight: 3, tileWidth: 4},
      [0, 1]
    );
    return row.element;
  },

  "grid-paging": () => shown(gridPaging(nothing), (view) => view.show(1024, 2048, 2560)),

  wipe: () => {
    vi.stubGlobal("matchMedia", () => Object.assign(new EventTarget(), {matches: false}));
    const map = cellMap({label: "A mask"});
    const {button, from} = wipe(map, {again: "Watch the edges", before: "The mask before"});
    from({width: 4, height: 3, paint: (context) => context.fillRect(0, 0, 4, 3)}, {plays: true});
    return beside(map, button);
  }
};
