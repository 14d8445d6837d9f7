import type {BarItem} from "../../components/label/tool-bar.js";
import type {Tool} from "./state.js";

export type Action = "undo" | "redo" | "smaller" | "larger" | "fit" | "magnifier" | "help";

/** The tools as the bar shows them. */
export const TOOL_ITEMS: readonly BarItem<Tool>[] = [
  {id: "brush", label: "Brush", shortcut: "B", icon: "M20 4 10 14M7 14a3 3 0 0 0-3 3c0 1.5-1 2.5-2 3 3 1 8 1 8-3a3 3 0 0 0-3-3Z"},
  {id: "eraser", label: "Eraser", shortcut: "E", icon: "m8 20-5-5 10-11 7 7-9 9H8Zm0 0h12M8 9l7 7"},
  {id: "polygon", label: "Polygon", shortcut: "P", icon: "M5 8 14 3l7 8-5 9H6L5 8Z"},
  {id: "fill", label: "Fill", shortcut: "F", icon: "m10 3 9 9-8 8-8-8 8-8M3 12h16m1 3c1.2 1.7 2 3 2 4a2 2 0 0 1-4 0c0-1 .8-2.3 2-4Z"},
  {
    id: "move",
    label: "Move",
    shortcut: "H",
    icon: "M12 3v18M3 12h18M12 3 9.5 5.5M12 3l2.5 2.5M12 21l-2.5-2.5M12 21l2.5-2.5M3 12l2.5-2.5M3 12l2.5 2.5M21 12l-2.5-2.5M21 12l-2.5 2.5"
  }
];

/** The other buttons, in groups. */
export const ACTION_ITEMS: readonly (readonly BarItem<Action>[])[] = [
  [
    {id: "undo", label: "Undo", shortcut: "Ctrl Z", icon: "M8 5 4 9l4 4M4 9h10a6 5.5 0 0 1 0 11h-4"},
    {id: "redo", label: "Redo", shortcut: "Ctrl Y", icon: "m16 5 4 4-4 4M20 9H10a6 5.5 0 0 0 0 11h4"}
  ],
  [
    {id: "smaller", label: "Zoom out", shortcut: "−", icon: "M10 4a6 6 0 1 0 0 12 6 6 0 0 0 0-12m5 10 5 6M7 10h6"},
    {id: "larger", label: "Zoom in", shortcut: "+", icon: "M10 4a6 6 0 1 0 0 12 6 6 0 0 0 0-12m5 10 5 6M7 10h6M10 7v6"},
    {id: "fit", label: "Show the whole photo", shortcut: "0", icon: "M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5"},
    {id: "magnifier", label: "Magnifier", shortcut: "M", icon: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M12 8v8M8 12h8"}
  ],
  [{id: "help", label: "Keys", shortcut: "?", icon: "M3 6h18v12H3ZM6 10h1M10 10h1M14 10h1M17 10h1M7 14h10"}]
];
