import {html} from "htl";
import type {PanelMaker} from "./inspection.js";

export const classPanel: PanelMaker = () => ({element: html`<div></div>` as HTMLElement});
