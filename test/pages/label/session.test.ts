import {expect, it, vi} from "vitest";
import {labelStoreIn} from "../../../src/labelling/label-store.js";
import type {LabelStore} from "../../../src/labelling/label-store.js";
import {newProject} from "../../../src/labelling/project.js";
import {labelSession} from "../../../src/pages/label/session.js";
import {memoryFolder} from "../../../src/shelf/memory-folder.js";

const size = {width: 4, height: 2};
vi.mock("../../../src/media/decode.js", () => ({decodeCanvas: () => Promise.resolve({canvas: size})}));

const nothing = () => {};
const photo = (name: string) => ({name, ...size, ending: "jpg", file: new Blob(["photo"])}) as const;
const whole = {left: 0, top: 0, right: 4, bottom: 2};

function begun({store = labelStoreIn(memoryFolder()), onLeave = nothing}: {store?: LabelStore; onLeave?(): void} = {}) {
  const session = labelSession(store, newProject("None", "", 0), {onLeave, onSaved: nothing});
  session.begin("Mine");
  return session;
}

/** A promise, and what fulfils it. */
function held() {
  let go = nothing;
  return {until: new Promise<void>((resolve) => (go = resolve)), go: () => go()};
}

it("begins projects where the site's address is not secure", () => {
  vi.stubGlobal("crypto", {getRandomValues: (bytes: Uint8Array) => bytes.fill(10)});
  expect(begun().project()).toMatchObject({title: "Mine", id: "0a0a0a0a0a0a"});
});

it("what is being drawn on a photo is ended and kept as that photo's before another is open", async () => {
  const session = begun({
    onLeave() {
      const open = session.photo();
      if (!open) return;
      open.history.canvas.ids.fill(1);
      session.touch(whole);
      session.save();
    }
  });
  const {id} = session.project();
  const [a, b] = [await session.add(photo("a.jpg"), id), await session.add(photo("b.jpg"), id)];
  await session.open(a, () => true);
  await session.open(b, () => true);
  await session.settled();
  expect([...(await session.store.labelled(session.project()))]).toEqual([a]);
  const before = session.project();
  session.begin("Other");
  await session.settled();
  expect([...(await session.store.labelled(before))]).toEqual([a, b]);
});

it("removes what it was asked to, whichever project is open by the time that all is written", async () => {
  const store = labelStoreIn(memoryFolder());
  const {until, go} = held();
  const session = begun({store: {...store, write: (project) => until.then(() => store.write(project))}});
  const [mine, key] = [session.project(), await session.add(photo("a.jpg"), session.project().id)];
  const removing = session.removeProject();
  const other = newProject("Other", "other", 1);
  session.use(other);
  await store.writePhoto(other, {key}, new Blob(["other"]));
  session.change(other);
  go();
  await removing;
  expect((await store.projects()).map(({title}) => title)).toEqual(["Other"]);
  await expect(store.photo(mine, {...mine.photos[0]!, key, id: "a"})).rejects.toThrow(/no longer kept/);
  expect(session.project()).toBe(other);
});

it("what was not kept of a removed project is not written afterwards", async () => {
  const store = labelStoreIn(memoryFolder());
  let isFull = true;
  const write: LabelStore["write"] = (project) => (isFull ? Promise.reject(new Error("full")) : store.write(project));
  const session = begun({store: {...store, write}});
  await session.add(photo("a.jpg"), session.project().id);
  await session.removeProject();
  expect(session.isSaved()).toBe(true);
  isFull = false;
  session.begin("Next");
  session.change(session.project());
  await session.settled();
  expect((await store.projects()).map(({title}) => title)).toEqual(["Next"]);
});

it("a photo that was brought for one project joins no other", async () => {
  const store = labelStoreIn(memoryFolder());
  const {until, go} = held();
  const session = begun({store: {...store, writePhoto: (...given) => until.then(() => store.writePhoto(...given))}});
  const mine = session.project();
  const adding = session.add(photo("a.jpg"), mine.id);
  session.begin("Other");
  go();
  await expect(adding).rejects.toThrow("a.jpg was not added: another project was opened meanwhile.");
  await expect(session.add(photo("b.jpg"), mine.id)).rejects.toThrow(/^b.jpg was not added/);
  expect(session.project()).toMatchObject({title: "Other", photos: []});
});
