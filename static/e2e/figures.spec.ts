/** An owner reads what the site did for its customers, goes to who is unhappy, and saves the same figures. */
import { readFile } from "node:fs/promises";
import { violations } from "./axe";
import { Desk } from "./desk";
import { looksAt } from "./look";
import { Agent, expect, test, Visitor } from "./people";
import type { Stop } from "./start";

test.slow();

let stop: Stop;

// A house of its own: what others were answered is not counted here.
test.beforeAll(async () => {
  stop = await Desk.house();
});
test.afterAll(() => stop());

const look = looksAt("figures");

test("conversations are counted, with what customers said, and lead to who is unhappy", async ({ browser }) => {
  const ana = await Desk.open(browser);
  const owner = await Agent.signIn();
  const page = ana.page;
  await ana.go("/queue");
  await expect(page.getByText("Everyone has an answer")).toBeVisible();
  await page.keyboard.press("g");
  await page.keyboard.press("i");
  await expect(page.getByRole("heading", { name: "Figures" })).toBeVisible();
  await expect(page.getByText("No conversation began or ended in this time.")).toBeVisible();
  expect(await violations(page)).toEqual([]);
  await look(ana, "empty");

  // Five are answered and closed, one of them for a customer who is not content; one gets no answer.
  const unhappy = `The fifth lamp ${Date.now()}`;
  const lost = `Is anybody there ${Date.now()}?`;
  for (const about of ["The first lamp", "The second lamp", "The third lamp", "The fourth lamp", unhappy, lost]) {
    const tom = await Visitor.come(browser);
    await tom.opens();
    await tom.writes(about);
    const { id } = await owner.finds(about);
    if (about !== lost) {
      await owner.answers(id, `${about}: it is packed.`);
      await tom.sees("it is packed");
    }
    await owner.closes(id);
    if (about === unhappy) {
      await tom.panel.getByRole("button", { name: "Not yet" }).click();
      await expect(tom.panel.getByRole("group", { name: "Did that solve it?" })).toHaveCount(0);
    }
    await tom.leaves();
  }

  await page.reload();
  const told = (name: string) => page.getByRole("main").getByRole("listitem").filter({ has: page.getByText(name, { exact: true }) });
  await expect(told("Conversations")).toContainText("66 were closed, 0 of them by themselves");
  await expect(told("First response")).toContainText(/00:0\d/);
  await expect(told("Never answered")).toContainText(/^Never answered1/);
  await expect(told("Satisfied")).toContainText("nobody has rated");
  await expect(page.getByText("1 said not yet")).toBeVisible();
  expect(await violations(page)).toEqual([]);
  await look(ana, "light");

  // By keyboard: the days as a table, the range, and the file.
  await page.getByText("As a table").press("Enter");
  await expect(page.getByRole("table", { name: "Day by day" }).getByRole("row").last()).toHaveText(/656$/);
  await page.getByRole("radio", { name: "28 days" }).focus();
  await page.keyboard.press("ArrowRight");
  await expect(page.getByRole("radio", { name: "13 weeks" })).toBeChecked();
  await expect(told("Never answered")).toBeVisible();
  const saved = page.waitForEvent("download");
  await page.getByRole("button", { name: "Save as CSV" }).press("Enter");
  const file = await saved;
  expect(file.suggestedFilename()).toMatch(/^figures-\d{4}-\d\d-\d\d\.csv$/);
  const lines = (await readFile(await file.path(), "utf8")).split("\r\n");
  expect(lines).toContain('Never answered,1,"closed without a reply by a person, whoever closed it"');
  expect(lines.filter((l) => /^\d{4}-/.test(l))).toHaveLength(91);

  // A failure says so, and is asked again.
  await page.route("**/board/figures?*", (route) => route.abort());
  await page.getByText("7 days", { exact: true }).click();
  await expect(page.getByRole("alert")).toBeVisible();
  await page.unroute("**/board/figures?*");
  await page.getByRole("alert").getByRole("button").press("Enter");
  await expect(told("Never answered")).toBeVisible();

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
  await page.evaluate(() => (document.documentElement.dir = "ltr"));

  // What nobody answered, and who is unhappy, can be opened.
  const list = (name: string) => page.locator("section", { has: page.getByRole("heading", { name }) }).getByRole("link");
  await expect(list("Never answered")).toHaveCount(1);
  await expect(list("Never answered")).toContainText(lost);
  await list("Worth another look").press("Enter");
  await expect(ana.history).toContainText(unhappy);
  await ana.leaves();
});
