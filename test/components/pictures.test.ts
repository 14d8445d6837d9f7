import {readdirSync, readFileSync} from "node:fs";
import path from "node:path";
import {beforeAll, describe, expect, it} from "vitest";
import {withoutDrawing} from "./dom.js";
import {recordDrawing} from "./drawing.js";
import {pictureOf} from "./picture.js";
import {charts} from "./pictures/charts.js";
import {classes} from "./pictures/classes.js";
import {datasets} from "./pictures/datasets.js";
import {fields} from "./pictures/fields.js";
import {label} from "./pictures/label.js";
import {live} from "./pictures/live.js";
import {maps} from "./pictures/maps.js";
import {models} from "./pictures/models.js";
import {network} from "./pictures/network.js";
import {notebook} from "./pictures/notebook.js";
import {page} from "./pictures/page.js";
import {photo} from "./pictures/photo.js";
import {results} from "./pictures/results.js";
import {tables} from "./pictures/tables.js";
import {training} from "./pictures/training.js";

/**
 * A picture of every view, in test/snapshots, so that a change of what one shows is seen where the change is read. One that is
 * meant is written with `npx vitest run test/components/pictures.test.ts --update`.
 */
const VIEWS: Readonly<Record<string, Readonly<Record<string, () => Element>>>> = {
  charts,
  classes,
  datasets,
  fields,
  label,
  live,
  maps,
  models,
  network,
  notebook,
  page,
  photo,
  results,
  tables,
  training
};
const COMPONENTS = path.resolve(import.meta.dirname, "../../components");
const SNAPSHOTS = path.resolve(import.meta.dirname, "../snapshots");

beforeAll(() => {
  withoutDrawing();
  recordDrawing();
});

describe.each(Object.entries(VIEWS))("%s", (folder, views) => {
  it.each(Object.entries(views))("%s looks as it did", async (name, make) => {
    await expect(await pictureOf(`${folder}/${name}`, make())).toMatchFileSnapshot(path.join(SNAPSHOTS, folder, `${name}.html`));
  });
});

/** Files below a folder with that ending, as folder/name without it. */
function filesIn(root: string, ending: string): string[] {
  const files = readdirSync(root, {recursive: true, encoding: "utf8"});
  return files.filter((file) => file.endsWith(ending)).map((file) => file.slice(0, -ending.length));
}

const pictured = Object.entries(VIEWS).flatMap(([folder, views]) => Object.keys(views).map((name) => `${folder}/${name}`));

it("every component that makes an element has a picture", () => {
  const makers = filesIn(COMPONENTS, ".ts").filter((file) => /from "htl"/.test(readFileSync(path.join(COMPONENTS, `${file}.ts`), "utf8")));
  expect(makers.length).toBeGreaterThan(40);
  expect(pictured).toEqual(expect.arrayContaining(makers));
});

it("every picture is of a component that there is", () => {
  expect([...pictured].sort()).toEqual(filesIn(SNAPSHOTS, ".html").sort());
  expect(filesIn(COMPONENTS, ".ts")).toEqual(expect.arrayContaining(pictured));
});
