/** A supervisor reads what became of handovers, and saves the same figures. */
import { readFile } from "node:fs/promises";
import { violations } from "./axe";
import { Desk } from "./desk";
import { looksAt } from "./look";
import { expect, test } from "./people";
import type { Stop } from "./start";
import { three } from "./three";

test.slow();

let stop: Stop;

// A house of its own: what others hand over is not counted here.
test.beforeAll(async () => {
  stop = await Desk.house();
});
test.afterAll(() => stop());

const look = looksAt("handovers");

test("what was handed over is counted, opened and saved", async ({ browser }) => {
  const { ana, ben, tom, said } = await three(browser, "Is the lamp dimmable?", "One moment, please.", "Hedda");
  await tom.sees("One moment");
  await ana.go("/board/handovers");
  const page = ana.page;
  await expect(page.getByRole("heading", { name: "Handovers" })).toBeVisible();
  await expect(page.getByText("Nothing was passed on in this time.")).toBeVisible();
  expect(await violations(page)).toEqual([]);
  await look(ana, "empty");

  // Ana gives it to Hedda from the board, and takes it back into the queue.
  await ana.go("/board");
  for (const to of [/Hedda/, /The queue/]) {
    const who = to.source === "Hedda" ? /^What Ana/ : "What Hedda has";
    await page.getByRole("button", { name: who }).click();
    await page.getByRole("list", { name: to.source === "Hedda" ? /^With Ana/ : /^With Hedda/ }).getByRole("checkbox").check();
    await page.getByRole("button", { name: "Move …" }).click();
    await page.getByRole("radio", { name: to }).check();
    await page.getByRole("button", { name: "Move", exact: true }).click();
    await expect(page.getByRole("dialog")).toHaveCount(0);
    await page.reload();
  }

  await page.getByRole("link", { name: "Handovers" }).press("Enter");
  const became = page.getByRole("region", { name: "What became of it" });
  await expect(became.getByRole("row", { name: /^Assigned/ })).toHaveText(/Assigned11000Waits for nobody/);
  await expect(became.getByRole("row", { name: /^Back into the queue/ })).toHaveText(/Back into the queue11000/);
  await expect(became.getByRole("row", { name: /^Handed over/ })).toHaveText(/Handed over00000Too few to say/);
  await expect(page.getByRole("table", { name: "People" }).getByRole("row")).toHaveText([/Name/, /^Ana Ruiz10$/, /^Hedda.*01$/]);
  expect(await violations(page)).toEqual([]);
  await look(ana, "light");

  // By keyboard: the range, and the file.
  await page.getByRole("radio", { name: "7 days" }).focus();
  await page.keyboard.press("ArrowRight");
  await expect(page.getByRole("radio", { name: "28 days" })).toBeChecked();
  await expect(became.getByRole("row", { name: /^Assigned/ })).toBeVisible();
  const saved = page.waitForEvent("download");
  await page.getByRole("button", { name: "Save as CSV" }).press("Enter");
  const file = await saved;
  expect(file.suggestedFilename()).toMatch(/^handovers-\d{4}-\d\d-\d\d\.csv$/);
  expect(await readFile(await file.path(), "utf8")).toContain("Assigned,1,1,0,0,0,Waits for nobody,Waits for nobody");

  // A failure says so, and is asked again.
  await page.route("**/board/handovers?*", (route) => route.abort());
  await page.getByText("Today", { exact: true }).click();
  await expect(page.getByRole("alert")).toBeVisible();
  await expect(became).toHaveCount(0);
  await look(ana, "error");
  await page.unroute("**/board/handovers?*");
  await page.getByRole("alert").getByRole("button").press("Enter");
  await expect(became).toBeVisible();

  await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
  expect(await violations(page)).toEqual([]);
  await look(ana, "dark");
  await page.setViewportSize({ width: 360, height: 780 });
  expect(await violations(page)).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  await look(ana, "phone-dark");
  await page.emulateMedia({ colorScheme: "light" });
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.evaluate(() => (document.documentElement.dir = "rtl"));
  await look(ana, "rtl");

  // The one that went back into the queue waited for a third person, and opens.
  await page.evaluate(() => (document.documentElement.dir = "ltr"));
  await expect(page.getByRole("heading", { name: "1 conversation waited for a third person" })).toBeVisible();
  await page.getByRole("main").getByRole("listitem").getByRole("link").press("Enter");
  await expect(ana.history).toContainText(said);
  await tom.leaves();
  await ben.leaves();
  await ana.leaves();
});
