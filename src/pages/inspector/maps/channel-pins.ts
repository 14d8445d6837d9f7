import {html} from "htl";
import {cellMap} from "../../../components/maps/cell-map.js";
import type {CellMap} from "../../../components/maps/cell-map.js";
import type {ChannelScale} from "../../../components/maps/atlas-paint.js";
import {channelOf} from "../../../components/maps/feature-maps.js";
import {cellOfPoint, nearestCell, pointOfCell} from "./channel-place.js";
import {channelName} from "../../../lab/channel-name.js";
import {scaleText, valueText} from "./channel-detail.js";
import type {Inspection} from "../inspection.js";
import {coloursOf, scaleOf} from "./maps-order.js";

/** One pinned channel: a layer's name has no colon. */
interface Pin {
  readonly text: string;
  readonly layer: string;
  readonly channel: number;
}

export function pinText(layer: string, channel: number): string {
  return `${layer}:${channel}`;
}

function pinOf(text: string): Pin {
  const [layer = "", channel = ""] = text.split(":");
  return {text, layer, channel: Number(channel)};
}

/** A pinned channel as it stands. */
interface PinnedMap {
  readonly pin: Pin;
  /** The channel's number, and its class where it is the map of one. */
  readonly name: string;
  readonly height: number;
  readonly width: number;
  readonly values: Float32Array;
  readonly scale: ChannelScale;
}

/** Channels, of any layers, that the reader keeps side by side. */
export function channelPins({store, compute, cursor, standing}: Inspection): HTMLElement {
  const row = html`<div class="channel-row"></div>`;
  const element = html`<section aria-label="Pinned channels" hidden><h3>Pinned channels</h3>${row}</section>`;
  let drawn: {readonly map: CellMap; readonly pinned: PinnedMap; readonly value: HTMLElement}[] = [];

  const unpin = (text: string) => store.set({pins: store.get().pins.filter((other) => other !== text)});
  function figure(pinned: PinnedMap): HTMLElement {
    const {pin, name, height, width, values, scale} = pinned;
    const {text, layer, channel} = pin;
    const map = cellMap({
      label: `Pinned: channel ${name} of ${layer}`,
      onCell: (cell) => {
        const now = standing();
        if (now) cursor.move(pointOfCell(now.result, pinned, cell));
      }
    });
    map.draw({height, width, values, colour: coloursOf(scale)});
    map.addEventListener("pointerleave", () => cursor.move(null));
    const value = html`<span class="quiet"></span>`;
    drawn.push({map, pinned, value});
    return html`<figure>${map}<figcaption>
      <button type="button" class="link" onclick=${() => store.set({layer, channel})}>Channel ${name} of ${layer}</button>, ${width} × ${height} cells, ${scaleText(scale)} ${value}
      <button type="button" aria-label=${`Unpin channel ${name} of ${layer}`} onclick=${() => unpin(text)}>×</button>
    </figcaption></figure>`;
  }

  compute({
    on: ["pins", "scale"],
    wanted: ({pins}) => pins.length > 0,
    async work({state: {pins, scale}, standing: {photo, run, result}, engine, checkWanted}) {
      const has = new Map(result.plan.steps.map(({name, channels}) => [name, channels]));
      const wanted = pins.map(pinOf).filter(({layer, channel}) => channel >= 0 && channel < (has.get(layer) ?? 0));
      const pinned: PinnedMap[] = [];
      for (const layer of new Set(wanted.map((pin) => pin.layer))) {
        const reading = await engine.inspect(photo, run, "activations", {layer});
        checkWanted();
        for (const pin of wanted.filter((one) => one.layer === layer)) {
          pinned.push({
            pin,
            name: channelName(result, pin.layer, pin.channel),
            height: reading.height,
            width: reading.width,
            values: channelOf(reading, pin.channel),
            scale: scaleOf(reading, scale)(pin.channel)
          });
        }
      }
      return pinned.sort((a, b) => wanted.indexOf(a.pin) - wanted.indexOf(b.pin));
    },
    show(pinned) {
      drawn = [];
      row.replaceChildren(...pinned.map(figure));
      element.hidden = false;
    },
    clear() {
      drawn = [];
      row.replaceChildren();
      element.hidden = true;
    }
  });
  cursor.listen((point) => {
    const now = standing();
    if (!now) return;
    for (const {map, pinned, value} of drawn) {
      const cell = point && nearestCell(cellOfPoint(now.result, pinned, point), pinned);
      map.mark(cell ? [{...cell, colour: "var(--concept-kernel)"}] : []);
      value.textContent = cell ? valueText(pinned.values[cell.row * pinned.width + cell.column]!) : "";
    }
  });
  return element;
}
