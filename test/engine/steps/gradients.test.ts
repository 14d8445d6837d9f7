import {beforeAll, describe, it} from "vitest";
import {useBackend} from "../../backend.js";
import {CASES} from "./cases.js";
import {expectAgreement, expectedOf} from "./expected.js";
import {measured} from "./measured.js";

describe.each(["cpu", "wasm"] as const)("output and gradients by definition, on %s", (backend) => {
  beforeAll(() => useBackend(backend));
  it.each(CASES)("$name", async (example) => {
    expectAgreement(await measured(example.name), expectedOf(example));
  });
});
