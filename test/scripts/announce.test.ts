import vm from "node:vm";
import {expect, it} from "vitest";
import {announcement} from "../../scripts/site/announce.js";
import {CHOICE_KEY} from "../../src/lab/photo-memory.js";
import {keptFor} from "../../src/site.js";

const needs = {data: [], worker: [], best: "nano", standIns: []};

/**
 * Runs what stands in a page's head. @returns the names under which it looks for the reader's last choice, and what it fetches ahead
 *
 * @param kept that choice
 */
function headOf(address: string, pathname: string, kept: string | null = null): {asked: string[]; ahead: string[]} {
  const [, script] = /<script>([^]*)<\/script>/.exec(announcement(address, needs))!;
  const asked: string[] = [];
  const ahead: string[] = [];
  const storage = {getItem: (key: string) => (asked.push(key), kept)};
  const head = {append: ({href}: {href: string}) => ahead.push(href)};
  vm.runInNewContext(script!, {
    location: {pathname, search: ""},
    sessionStorage: storage,
    localStorage: storage,
    document: {head, createElement: () => ({})},
    URLSearchParams
  });
  return {asked: [...new Set(asked)], ahead};
}

it("the head of a page looks for the last choice where the page keeps it, wherever the site stands", () => {
  expect(headOf("/workbench", "/workbench.html").asked).toEqual([CHOICE_KEY + keptFor("/")]);
  expect(headOf("/", "/class/deeplab/").asked).toEqual([CHOICE_KEY + keptFor("/class/deeplab/")]);
});

it("the photo that a page opens on is fetched ahead, a lesson's own where it has one, and none where the reader chose another", () => {
  const photos = (address: string, kept?: string) => headOf(address, `${address}.html`, kept).ahead.filter((href) => href.endsWith(".jpg"));
  expect(photos("/aspp")).toEqual(["./data/samples/dog.jpg"]);
  expect(photos("/decoder")).toEqual(["./data/samples/horses.jpg"]);
  // A tab in which nothing was chosen.
  expect(photos("/decoder", "{}")).toEqual(["./data/samples/horses.jpg"]);
  expect(photos("/decoder", JSON.stringify({sample: "cows", address: "", own: ""}))).toEqual([]);
});

it("deployments under other paths of a host keep what they keep under other names, and one at its root under plain ones", () => {
  expect(keptFor("/")).toBe("");
  expect(new Set(["/", "/a/", "/b/", "/a/b/"].map(keptFor)).size).toBe(4);
  // A name of the private file system holds no slash.
  expect(keptFor("/a/b/")).not.toContain("/");
});
