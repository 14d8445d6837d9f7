import {expect, test} from "vitest";
import {startOptions} from "../../scripts/start/options.js";

test("the site is served to this machine alone, on the first free port", () => {
  expect(startOptions([], {})).toEqual({host: "127.0.0.1", port: undefined, open: false});
});

test("an option names the port, before the environment", () => {
  expect(startOptions(["--port", "8000", "--host", "0.0.0.0"], {PORT: "4000"})).toMatchObject({port: 8000, host: "0.0.0.0"});
  expect(startOptions([], {PORT: "4000"})).toMatchObject({port: 4000});
});

test("a browser is opened for somebody at a terminal, unless told not to", () => {
  expect(startOptions([], {}, true)).toMatchObject({open: true});
  expect(startOptions(["--no-open"], {}, true)).toMatchObject({open: false});
  expect(startOptions([], {}, false)).toMatchObject({open: false});
});

test("help is asked for", () => {
  expect(startOptions(["--help"], {})).toBeNull();
});

test.each([
  [["--port", "eighty"], /whole number from 1 to 65535, not "eighty"/],
  [["--port", "70000"], /not "70000"/],
  [["--prot", "80"], /Unknown option '--prot'/]
])("%j is refused with a sentence", (args, message) => {
  expect(() => startOptions(args, {})).toThrow(message);
});
