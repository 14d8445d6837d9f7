import {defineConfig} from "vitest/config";

export default defineConfig({
  // src/components and src/data are links; keep their addresses, so that relative imports agree with Framework's.
  resolve: {preserveSymlinks: true},
  test: {
    include: ["test/**/*.test.ts"],
    exclude: ["test/browser/**"],
    testTimeout: 120_000,
    hookTimeout: 120_000
  }
});
