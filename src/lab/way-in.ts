import {pageAddress} from "../site.js";

/** The part of an address that brings the reader to the inspector. */
export const ANCHOR = "look-inside";

type Values = Readonly<Record<string, string | number | undefined>>;

/**
 * Address of the workbench, from any page of the site.
 *
 * @param values of the workbench's state by key in the address; empty or undefined ones are left out
 */
export function workbenchWith(values: Values): string {
  const said = Object.entries(values).filter((entry): entry is [string, string | number] => entry[1] !== undefined && entry[1] !== "");
  const query = new URLSearchParams(said.map(([key, value]) => [key, String(value)])).toString();
  return `${pageAddress("/workbench")}${query && `?${query}`}`;
}

/** Address of the inspector on the workbench. */
export function wayIn(values: Values): string {
  return `${workbenchWith(values)}#${ANCHOR}`;
}
