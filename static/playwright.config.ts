import { defineConfig } from "@playwright/test";

/** Real Chromium against the real server; one worker, since the server holds one world. */
export default defineConfig({
  testDir: "e2e",
  globalSetup: "./e2e/start.ts",
  workers: 1,
  fullyParallel: false,
  forbidOnly: true,
  // On shared cores another try, in a new world, tells a slow moment from a fault; the report names it as flaky.
  retries: 2,
  timeout: 40_000,
  expect: { timeout: 8_000 },
  reporter: [["list"]],
  outputDir: "test-results",
  use: {
    browserName: "chromium",
    launchOptions: {
      executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium",
      args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
    },
    viewport: { width: 1280, height: 860 },
    screenshot: "only-on-failure",
  },
});
