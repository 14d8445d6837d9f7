import {html} from "htl";
import type {PanelMaker} from "./inspection.js";

export const mapsPanel: PanelMaker = () => ({element: html`<div></div>` as HTMLElement});
