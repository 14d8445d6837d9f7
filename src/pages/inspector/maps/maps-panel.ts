import {html} from "htl";
import {shadeTables} from "../../../components/maps/colour-maps.js";
import {featureGrid} from "../../../components/maps/feature-grid.js";
import {choiceField, nextId, selectField, switchField} from "../../../components/fields/fields.js";
import {layerList} from "../../../components/network/layer-list.js";
import {readouts} from "../../../components/tables/readouts.js";
import {receptiveField} from "../../../engine/receptive-field.js";
import {convolutionOf} from "../../../engine/steps/convolution.js";
import {findStep} from "../../../engine/step-list.js";
import {atlasPainter} from "../../../media/atlas/atlas.js";
import type {Reading} from "../../../worker/inspections/activations.js";
import {paintsOnGpu} from "../../../lab/backend-choices.js";
import {channelName, classOfChannel} from "../../../lab/channel-name.js";
import {shape} from "../../../lab/network-parts.js";
import {bytes, field, operations} from "../../../lab/quantities.js";
import {askedClass, classChoices} from "../asked-class.js";
import {channelDetail, valueText} from "./channel-detail.js";
import type {ShownChannel} from "./channel-detail.js";
import {paintChannelOver} from "./channel-over.js";
import {channelPins, pinText} from "./channel-pins.js";
import {cellOfPoint, nearestCell, pointOfCell} from "./channel-place.js";
import {channelStrides} from "./channel-strides.js";
import type {Inspection, Panel, Standing} from "../inspection.js";
import {layerRows} from "./layer-rows.js";
import {layerSuggestions} from "./layer-suggestions.js";
import {ordered, scaleOf} from "./maps-order.js";
import {NONE, ORDERS, SCALES} from "./maps-state.js";
import type {Order, Scale} from "./maps-state.js";

const ORDER_NAMES: Readonly<Record<Order, string>> = {
  number: "Number",
  mean: "Mean",
  variance: "Variance",
  zeros: "Share of zeros",
  class: "Likeness to a class",
  channel: "Likeness to the chosen channel"
};
const SCALE_NAMES: Readonly<Record<Scale, string>> = {shared: "One for all", own: "Each its own"};

/** What stands in the grid. */
interface Opened {
  readonly layer: string;
  readonly reading: Reading;
  readonly standing: Standing;
}

/** The panel "Maps": every layer of the run that stands, and all channels of the one that is opened. */
export function mapsPanel(inspection: Inspection): Panel {
  const {store, cursor, compute, follow, onStanding, redraw} = inspection;
  const {get, set} = store;
  let opened: Opened | null = null;

  // Until it is known that the page has a real GPU, the CPU paints.
  let hasGpu = false;
  const atlas = atlasPainter({gpu: () => hasGpu, shades: shadeTables()});
  inspection.engine.capabilities().then(
    (capabilities) => (hasGpu = paintsOnGpu(capabilities)),
    // Whoever runs the network says what went wrong.
    () => {}
  );

  const layers = layerList({onOpen: (layer) => set({layer, channel: NONE})});
  const suggestions = layerSuggestions((layer) => set({layer, channel: NONE}));
  const title = html`<h3></h3>`;
  const missing = html`<p class="look" hidden></p>`;
  const facts = readouts(["Shape", "Rate", "Stride", "Multiply-adds here", "Bytes", "Receptive field"]);
  const pointed = html`<p class="pointed" role="group" aria-label="Under the pointer"></p>`;
  const grid = featureGrid({
    paint: atlas.paint,
    onHover(hover) {
      if (!opened) return;
      if (!hover) {
        cursor.move(null);
        return;
      }
      cursor.move(pointOfCell(opened.standing.result, opened.reading, hover));
      point(hover);
    },
    onChoose: (channel) => set({channel})
  });

  const orderBy = selectField({
    label: "Order by",
    choices: ORDERS.map((value) => ({value, label: ORDER_NAMES[value]})),
    value: get().order,
    onChange: (value) => set({order: ORDERS.find((one) => one === value)!})
  });
  const about = selectField({label: "Class to be like", choices: [], value: "", onChange: (name) => set({about: name})});
  const scale = choiceField({
    label: "Colours",
    choices: SCALES.map((value) => ({value, label: SCALE_NAMES[value]})),
    value: get().scale,
    onChange: (value) => set({scale: SCALES.find((one) => one === value)!})
  });
  const over = switchField({label: "Chosen channel over the photo", value: get().over, onChange: (value) => set({over: value})});
  const numberId = nextId("channel");
  const number =
    html`<input id=${numberId} type="number" min="0" step="1" inputmode="numeric" onchange=${() => goTo()} />` as HTMLInputElement;
  const goTo = () => {
    const channel = Math.floor(Number(number.value));
    const last = opened ? opened.reading.channels - 1 : 0;
    if (number.value !== "" && Number.isFinite(channel)) set({channel: Math.min(Math.max(channel, 0), last)});
  };
  const alike = html`<button type="button" onclick=${() => set({order: "channel"})}>Order by likeness to it</button>`;
  const pin = html`<button type="button" aria-pressed="false" onclick=${togglePin}>Pin</button>`;
  const detail = channelDetail({
    fileName: () => opened?.standing.photo.name.replace(/\.[^.]+$/, "") ?? "photo",
    onCell(cell) {
      if (opened) cursor.move(pointOfCell(opened.standing.result, opened.reading, cell));
    },
    actions: [pin, alike]
  });
  detail.element.addEventListener("pointerleave", () => cursor.move(null));
  const tools = html`<div class="maps-tools">${orderBy}${about}
    <div class="field"><label class="field-name" for=${numberId}>Go to channel</label>${number}</div>${scale}${over}</div>`;
  const body = html`<div hidden>${title}${facts}${tools}${grid}${pointed}${detail.element}${channelStrides(inspection)}</div>`;

  function togglePin(): void {
    const {layer, channel, pins} = get();
    const text = pinText(layer, channel);
    set({pins: pins.includes(text) ? pins.filter((other) => other !== text) : [...pins, text]});
  }
  /** @throws TypeError where nothing is opened */
  function chosen(): ShownChannel | null {
    const {channel, scale: scaling} = get();
    const {layer, reading, standing} = opened!;
    if (channel === NONE || channel >= reading.channels) return null;
    return {layer, reading, channel, name: channelName(standing.result, layer, channel), scale: scaleOf(reading, scaling)(channel)};
  }
  function showGrid(): void {
    if (!opened) {
      grid.show(null);
      return;
    }
    const {
      layer,
      reading,
      standing: {result}
    } = opened;
    const state = get();
    const {id: classId, unknown} = askedClass(state, result);
    const {order, key} = ordered(reading, result, state.order, {classId, channel: chosen()?.channel ?? NONE});
    grid.show({
      maps: reading,
      order,
      scale: scaleOf(reading, state.scale),
      ...((key ?? classOfChannel(result, layer, 0)) !== null && {
        caption: (channel: number) => [classOfChannel(result, layer, channel), key?.[channel]!.toPrecision(3)].filter(Boolean).join(" ")
      })
    });
    about.hidden = state.order !== "class";
    about.offer(classChoices(result, `automatic (${result.classes[classId]!})`), unknown === null ? state.about : "");
  }
  function showChosen({reveal = true} = {}): void {
    const shown = opened && chosen();
    detail.show(shown);
    grid.select(shown?.channel ?? null);
    if (shown && reveal) grid.reveal(shown.channel);
    if (document.activeElement !== number) number.value = shown ? String(shown.channel) : "";
    pin.setAttribute("aria-pressed", String(shown !== null && get().pins.includes(pinText(shown.layer, shown.channel))));
    redraw();
  }
  /** Says what is under the pointer. */
  function point({channel, row, column, value}: {channel: number; row: number; column: number; value: number}): void {
    pointed.textContent = `Channel ${channelName(opened!.standing.result, opened!.layer, channel)}, row ${row}, column ${column}: ${valueText(value)}`;
  }

  onStanding(({result}) => {
    layers.update(layerRows(result.plan));
    layers.show(get().layer || null);
    suggestions.update(result.plan);
  });
  compute({
    on: ["layer"],
    wanted: ({layer}) => layer !== "",
    async work({state: {layer}, standing, engine}): Promise<Opened | null> {
      if (!standing.result.plan.steps.some(({name}) => name === layer)) return null;
      return {layer, standing, reading: await engine.inspect(standing.photo, standing.run, "activations", {layer})};
    },
    show(result, {state: {layer}, standing}) {
      opened = result;
      missing.hidden = result !== null;
      body.hidden = result === null;
      suggestions.hidden = result !== null;
      if (!result) {
        missing.textContent = `This network (${standing.model}) has nothing called “${layer}”. Choose another one from the list.`;
        showGrid();
        return;
      }
      const {plan} = standing.result;
      const step = findStep(plan.steps, layer);
      const convolution = convolutionOf(step);
      title.textContent = layer;
      number.max = String(step.channels - 1);
      facts.update({
        Shape: shape(step),
        Rate: convolution && Math.max(...convolution.kernel) > 1 ? String(convolution.rate) : "none",
        Stride: convolution ? String(convolution.stride) : "none",
        "Multiply-adds here": operations(step.multiplyAdds),
        Bytes: bytes(result.reading.values.byteLength),
        "Receptive field": field(receptiveField(plan.steps, layer).extent)
      });
      showGrid();
      showChosen();
    },
    clear() {
      opened = null;
      body.hidden = true;
      missing.hidden = true;
      suggestions.hidden = false;
      showGrid();
      redraw();
    }
  });
  follow(["layer"], ({layer}) => layers.show(layer || null));
  follow(["order", "scale", "about"], (state) => {
    orderBy.show(state.order);
    scale.show(state.scale);
    if (!opened) return;
    showGrid();
    // The grid begins with what the order puts first, wherever the chosen channel is.
    showChosen({reveal: false});
  });
  follow(["x", "y"], (state) => {
    if (opened && state.order === "class" && state.about === "") showGrid();
  });
  follow(["channel", "over", "pins"], (state) => {
    over.show(state.over);
    const reordered = opened !== null && state.order === "channel";
    if (reordered) showGrid();
    showChosen({reveal: !reordered});
  });
  cursor.listen((place) => {
    if (!opened) return;
    const {
      reading,
      standing: {result}
    } = opened;
    const shown = chosen();
    if (!place) {
      grid.cursor(null);
      detail.mark(null);
      return;
    }
    const cell = cellOfPoint(result, reading, place);
    grid.cursor({
      x: reading.width > 1 ? cell.column / (reading.width - 1) : 0.5,
      y: reading.height > 1 ? cell.row / (reading.height - 1) : 0.5
    });
    if (!shown) return;
    const nearest = nearestCell(cell, reading);
    detail.mark(nearest);
    point({
      ...nearest,
      channel: shown.channel,
      value: reading.values[(nearest.row * reading.width + nearest.column) * reading.channels + shown.channel]!
    });
  });

  const caption = html`<p class="quiet">All channels of a layer stand here, a map each. Point at one to read a value and see the same place on the photo and on every other map; choose one
    to see it large. Early layers keep edges and colours in place; late ones answer to larger parts on fewer cells.</p>`;
  return {
    side: layers,
    element: html`<div class="maps-panel">${suggestions}${missing}${body}${channelPins(inspection)}${caption}</div>`,
    paint(context, standing) {
      const shown = opened && opened.standing === standing && get().over ? chosen() : null;
      if (shown) paintChannelOver(context, standing, shown);
      else inspection.paintMask(context, standing);
    },
    dispose: atlas.dispose
  };
}
