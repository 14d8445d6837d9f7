import {readFileSync, readdirSync} from "node:fs";
import path from "node:path";
import {defineConfig} from "vitest/config";

/** What draws into a document: a document of its own a file. */
const VIEWS = "test/components/**/*.test.ts";
/** What is compared with the definition, or with another implementation, in Node and in Chromium. */
const EXACTNESS = "test/exactness/**/*.test.ts";
/** What puts other modules in the place of some: where those were imported before, by another file, they would stay. */
const MOCKING = readdirSync("test", {recursive: true, encoding: "utf8"})
  .map((file) => path.posix.join("test", ...file.split(path.sep)))
  .filter((file) => file.endsWith(".test.ts") && readFileSync(file, "utf8").includes("vi.mock("));

/** The long form of a test may take minutes. */
const TIMEOUT = process.env["LONG"] ? 600_000 : 120_000;

export default defineConfig({
  // src/components and src/data are links; keep their addresses, so that relative imports agree with Framework's.
  resolve: {
    preserveSymlinks: true,
    // What the build makes of a package for browsers is that package here.
    alias: [{find: /^.*\/vendor\/sucrase\.js$/, replacement: "sucrase"}]
  },
  test: {
    testTimeout: TIMEOUT,
    hookTimeout: TIMEOUT,
    projects: [
      {extends: true, test: {name: "views", include: [VIEWS], isolate: false, setupFiles: "test/components/own-document.ts"}},
      {extends: true, test: {name: "exactness", include: [EXACTNESS], isolate: false, globalSetup: "test/exactness/shared-browser.ts"}},
      // Without a document there is nothing that one file could leave to the next; to start anew for each takes longer than most tests.
      {
        extends: true,
        test: {
          name: "unit",
          include: ["test/**/*.test.ts"],
          exclude: ["test/browser/**", VIEWS, EXACTNESS, ...MOCKING],
          isolate: false,
          unstubGlobals: true
        }
      },
      {extends: true, test: {name: "mocking", include: MOCKING, unstubGlobals: true}}
    ],
    maxWorkers: 2
  }
});
