import {expect, it, vi} from "vitest";
import {labelStoreIn} from "../../../src/labelling/label-store.js";
import {newProject} from "../../../src/labelling/project.js";
import {labelSession} from "../../../src/pages/label/session.js";
import {memoryFolder} from "../../../src/shelf/memory-folder.js";

it("begins projects where the site's address is not secure", () => {
  vi.stubGlobal("crypto", {getRandomValues: (bytes: Uint8Array) => bytes.fill(10)});
  const session = labelSession(labelStoreIn(memoryFolder()), newProject("None", "", 0), () => {});
  session.begin("Mine");
  expect(session.project()).toMatchObject({title: "Mine", id: "0a0a0a0a0a0a"});
});
