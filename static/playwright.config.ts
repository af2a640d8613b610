import { availableParallelism } from "node:os";
import { defineConfig } from "@playwright/test";

/**
 * What Playwright turns off, as far as it touches these tests (one such list replaces the other), and the
 * two pages of its own that Chromium's address bar loads with every window: they cost as much as ours.
 * Frames of another site stay in their page's process, where Playwright never loses one that is swapped.
 */
const OFF = [
  "AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose", "HttpsUpgrades", "HttpsFirstBalancedModeAutoEnable", "MediaRouter", "PaintHolding",
  "ThirdPartyStoragePartitioning", "AvoidCorsURLLoaderRestartOnRedirect", "OptimizationHints", "NetworkTimeServiceQuerying", "PreconnectToSearch",
  "WebUIOmniboxPopup", "WebUIOmniboxAimPopup", "AimEnabled",
  "IsolateOrigins", "site-per-process",
];

/** Real Chromium against real servers: each worker has a core, a browser and a world of its own. */
export default defineConfig({
  testDir: "e2e",
  globalSetup: "./e2e/start.ts",
  workers: Math.min(4, availableParallelism()),
  fullyParallel: false,
  forbidOnly: true,
  // On shared cores another try, in a new world, tells a slow moment from a fault; the report names it as flaky.
  retries: 2,
  // A test takes seconds. The rest is for a machine that is four times slower; no test may have more.
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [["list"]],
  outputDir: "test-results",
  use: {
    browserName: "chromium",
    // What is not there by then does not come: the test says where it stopped instead of hanging.
    actionTimeout: 20_000,
    navigationTimeout: 30_000,
    launchOptions: {
      executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium",
      args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-site-isolation-trials", `--disable-features=${OFF.join()}`],
    },
    viewport: { width: 1280, height: 860 },
    screenshot: "only-on-failure",
  },
});
