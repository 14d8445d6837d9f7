import {defineConfig} from "@playwright/test";
import {chromiumFlags, chromiumPath, fakeCameraFlags} from "./scripts/browser/chromium.js";

// Another one where two runs share a machine.
const PORT = Number(process.env["PORT"] ?? 4173);

export default defineConfig({
  testDir: "test/browser",
  timeout: 120_000,
  expect: {timeout: 60_000},
  workers: 2,
  // A loaded machine may lose a race with a timeout; what passes the second time is reported as flaky.
  retries: process.env.CI ? 1 : 0,
  reporter: "list",
  use: {
    baseURL: `http://localhost:${PORT}`,
    viewport: {width: 1280, height: 900},
    launchOptions: {
      executablePath: chromiumPath(),
      args: [...chromiumFlags("software"), ...fakeCameraFlags()]
    }
  },
  webServer: {
    command: `npx tsx scripts/serve.ts ${PORT}`,
    url: `http://localhost:${PORT}/`,
    reuseExistingServer: !process.env.CI
  }
});
