import {html} from "htl";
import {cellMap} from "../../../components/maps/cell-map.js";
import type {CellMapContent} from "../../../components/maps/cell-map.js";
import {channelOf} from "../../../components/maps/feature-maps.js";
import type {Cell} from "../../../components/page/pointing.js";
import type {ZoomLevel} from "../../../components/network/zoom-stage.js";
import {readouts} from "../../../components/tables/readouts.js";
import type {Place} from "../../../engine/steps/kind.js";
import {coloursOf, scaleOf} from "../../inspector/maps/maps-order.js";
import {scaleText, valueText} from "../../inspector/maps/channel-detail.js";
import type {Opened} from "./opened.js";

const MARK = "var(--concept-kernel)";
/** Cells along a side up to which lines between them are drawn. */
const LINED = 40;

export interface ChannelLevel extends ZoomLevel {
  show(opened: Opened | null, at: Place | null): void;
}

/** One channel, large; a cell of it is pointed at, and chosen. */
export function channelLevel({onCell}: {onCell(cell: Cell): void}): ChannelLevel {
  let opened: Opened | null = null;
  let given: Place | null = null;
  /** Where the reader is, who goes on from what was given. */
  let place: Place | null = null;
  const map = cellMap({label: "The channel; arrow keys move from cell to cell, Enter takes one apart", onCell: point, at: () => place});
  map.classList.add("picture");
  const facts = readouts(["Row", "Column", "Value", "Colours from to"]);
  const choose = () => place && onCell(place);
  map.addEventListener("click", choose);
  map.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    choose();
  });
  const about = html`<p class="look"></p>`;

  function point(cell: Cell): void {
    if (!place) return;
    place = {...place, ...cell};
    mark();
  }
  function mark(): void {
    map.mark(place ? [{...place, colour: MARK}] : []);
    if (place && opened) facts.update({Row: String(place.row), Column: String(place.column), Value: valueText(valueAt(opened, place))});
  }
  return {
    element:
      html`<div class="channel-level">${map}<div>${about}${facts}<p class="hint">A click, or Enter, takes the cell apart.</p></div></div>` as HTMLElement,
    show(next, at) {
      const isSame = next?.reading === opened?.reading && at?.channel === given?.channel;
      // What was asked for before may come after the reader's next key.
      if (!isSame || at?.row !== given?.row || at?.column !== given?.column) place = at;
      opened = next;
      given = at;
      if (!opened || !at) return;
      if (!isSame) {
        map.draw(channelContent(opened, at.channel));
        about.textContent = `Channel ${opened.nameOf(at.channel)} of ${opened.step.name}.`;
        facts.update({"Colours from to": scaleText(scaleOf(opened.reading, "own")(at.channel))});
      }
      mark();
    },
    inner() {
      const inside = map.querySelector(".cell-map-inner")?.getBoundingClientRect();
      if (!inside || !place || !opened) return null;
      const [width, height] = [inside.width / opened.reading.width, inside.height / opened.reading.height];
      return new DOMRect(inside.x + place.column * width, inside.y + place.row * height, width, height);
    },
    focus: () => map.querySelector<HTMLElement>(".cell-map-inner")?.focus({preventScroll: true})
  };
}

/** A channel as a map draws it. */
export function channelContent({reading}: Opened, channel: number): CellMapContent {
  const {height, width} = reading;
  const colour = coloursOf(scaleOf(reading, "own")(channel));
  return {height, width, values: channelOf(reading, channel), colour, ...(Math.max(height, width) <= LINED && {grid: 1})};
}

/** What a layer holds at a place. */
function valueAt({reading: {width, channels, values}}: Opened, {row, column, channel}: Place): number {
  return values[(row * width + column) * channels + channel]!;
}
