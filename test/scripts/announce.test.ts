import vm from "node:vm";
import {expect, it} from "vitest";
import {announcement} from "../../scripts/site/announce.js";
import {CHOICE_KEY} from "../../src/lab/photo-memory.js";
import {keptFor} from "../../src/site.js";

const needs = {data: [], worker: [], best: "nano", standIns: []};

/** Runs what stands in a page's head and gives the names under which it looks for the reader's last choice. */
function askedFor(address: string, pathname: string): string[] {
  const [, script] = /<script>([^]*)<\/script>/.exec(announcement(address, needs))!;
  const asked: string[] = [];
  const storage = {getItem: (key: string) => (asked.push(key), null)};
  const head = {append: () => {}};
  vm.runInNewContext(script!, {
    location: {pathname, search: ""},
    sessionStorage: storage,
    localStorage: storage,
    document: {head, createElement: () => ({})},
    URLSearchParams
  });
  return [...new Set(asked)];
}

it("the head of a page looks for the last choice where the page keeps it, wherever the site stands", () => {
  expect(askedFor("/workbench", "/workbench.html")).toEqual([CHOICE_KEY + keptFor("/")]);
  expect(askedFor("/", "/class/deeplab/")).toEqual([CHOICE_KEY + keptFor("/class/deeplab/")]);
});

it("deployments under other paths of a host keep what they keep under other names, and one at its root under plain ones", () => {
  expect(keptFor("/")).toBe("");
  expect(new Set(["/", "/a/", "/b/", "/a/b/"].map(keptFor)).size).toBe(4);
  // A name of the private file system holds no slash.
  expect(keptFor("/a/b/")).not.toContain("/");
});
