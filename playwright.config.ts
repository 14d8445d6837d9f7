import {defineConfig} from "@playwright/test";
import {chromiumFlags, chromiumPath, fakeCameraFlags} from "./scripts/browser/chromium.js";

// Another one where two runs share a machine.
const PORT = Number(process.env["PORT"] ?? 4173);

/** However often tests crash the GPU process, it is started again, and pages get a context. */
const CRASH_AT_WILL = ["--disable-gpu-process-crash-limit", "--disable-domain-blocking-for-3d-apis"];

export default defineConfig({
  testDir: "test/browser",
  // What takes minutes is left out, not skipped, unless LONG is set.
  testIgnore: process.env["LONG"] ? [] : "**/*.long.spec.ts",
  timeout: 120_000,
  // What takes long may share its machine with all else.
  expect: {timeout: process.env["LONG"] ? 600_000 : 60_000},
  // Tests depend on none before them: the long ones of one file need not wait for each other.
  fullyParallel: true,
  // Twice the cores of the machine that has fewest: tests also wait.
  workers: 4,
  // A loaded machine may lose a race with a timeout; what passes the second time is reported as flaky.
  retries: process.env.CI ? 1 : 0,
  reporter: "list",
  use: {
    baseURL: `http://localhost:${PORT}`,
    // What tests replace on the way would not be seen there. Where it is tested it is let in.
    serviceWorkers: "block",
    viewport: {width: 1280, height: 900},
    launchOptions: {
      executablePath: chromiumPath(),
      // The page is put together by the CPU itself: SwiftShader, which draws for WebGL here, takes four times as long.
      args: [...chromiumFlags("software"), "--disable-gpu-compositing", ...CRASH_AT_WILL, ...fakeCameraFlags()]
    }
  },
  webServer: {
    command: `npx tsx scripts/serve.ts ${PORT}`,
    url: `http://localhost:${PORT}/`,
    reuseExistingServer: !process.env.CI
  }
});
