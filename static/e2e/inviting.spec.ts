/** Rules that invite: the owner makes one, it comes in its time, and what came of it is counted once. */
import { violations } from "./axe";
import { Desk } from "./desk";
import { looksAt } from "./look";
import { expect, test, Visitor } from "./people";
import type { Stop } from "./start";

test.slow();

let stop: Stop;

// A house of its own: nobody else is invited by its rules.
test.beforeAll(async () => {
  stop = await Desk.house();
});
test.afterAll(() => stop());

const look = looksAt("inviting");

test("a rule invites a visitor in its time, and the team reads which one they answered", async ({ browser }) => {
  const ana = await Desk.open(browser);
  await ana.go("/site/inviting");
  await expect(ana.page.getByText("No rule yet")).toBeVisible();
  expect(await violations(ana.page)).toEqual([]);
  await look(ana, "none");

  await ana.page.getByRole("button", { name: "Somebody hesitates over the prices" }).click();
  const name = `Looks for help ${Date.now()}`;
  const hello = `Shall I show you how it works? ${Date.now()}`;
  await ana.page.getByLabel("Name of the rule").fill(name);
  await ana.page.getByRole("switch", { name: "Invite by this rule" }).check();
  await ana.page.getByLabel("Path", { exact: true }).fill("/help");
  await ana.page.getByLabel("Seconds on the page").fill("2");
  await ana.page.getByLabel("Words of the invitation").fill(hello);
  await ana.page.getByLabel("What it is for").fill("order");
  await expect(ana.page.getByText("Invites whoever looks at a page whose path contains “/help”, after 2 seconds on it, while somebody is there to answer.")).toBeVisible();
  const preview = ana.page.frameLocator(".live-stage iframe:not(.live-behind)").getByRole("region", { name: /^A message from/ });
  await expect(preview.getByText(hello)).toBeVisible();
  expect(await violations(ana.page)).toEqual([]);
  await look(ana, "editor");
  await ana.page.getByRole("button", { name: "Save" }).click();
  await expect(ana.page.getByRole("alert").filter({ hasText: "Let them look at the page for 3 seconds" })).toBeVisible();
  await ana.page.getByLabel("Seconds on the page").fill("3");
  await ana.page.getByRole("button", { name: "Save" }).click();
  await expect(ana.page.getByRole("switch", { name: `Invite by “${name}”` })).toBeChecked();
  await expect(ana.page.getByText("No invitation has been shown yet.")).toBeVisible();
  expect(await violations(ana.page)).toEqual([]);

  const tom = await Visitor.come(browser, {}, "help.html");
  const card = tom.page.getByRole("region", { name: /^A message from/ });
  await expect(card.getByRole("status")).toContainText(hello, { timeout: 20_000 });
  expect(await tom.storage()).toEqual([]);
  expect(await violations(tom.page)).toEqual([]);
  await card.getByRole("button", { name: "Answer" }).click();
  await expect(card).toHaveCount(0);
  const said = `Yes, please. ${Date.now()}`;
  await tom.writes(said);
  await tom.sees(said);
  await tom.call("track", "order", { total: "49" });
  // Whoever has written is known to the browser, which counts their visits from now on.
  await tom.page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
  await expect.poll(async () => (await tom.storage()).filter((key) => key.endsWith(":visits")).length).toBe(1);

  const results = ana.page.getByRole("table").first().getByRole("row", { name: new RegExp(`^${name}`) });
  await expect(async () => {
    await ana.page.reload();
    await expect(results).toHaveText(`${name}101 of 11 of 1`, { timeout: 3_000 });
  }).toPass({ timeout: 30_000 });
  await look(ana, "results");

  await ana.go("/queue");
  await ana.rows.filter({ hasText: said }).click();
  await expect(ana.history).toContainText(`Invited by the rule “${name}”: “${hello}”`);
  await look(ana, "thread");

  await ana.go("/site/inviting");
  await ana.page.setViewportSize({ width: 390, height: 844 });
  await ana.page.emulateMedia({ colorScheme: "dark" });
  await expect(results).toBeVisible();
  expect(await violations(ana.page)).toEqual([]);
  await look(ana, "phone-dark");
  await ana.page.getByRole("button", { name: new RegExp(`^${name}`) }).click();
  await expect(preview.getByText(hello)).toBeVisible();
  expect(await ana.page.locator(".page").evaluate((page) => page.scrollWidth - page.clientWidth), "nothing is wider than a phone").toBe(0);
  await look(ana, "editor-phone-dark");
  expect(await violations(ana.page)).toEqual([]);
  await tom.leaves();
  await ana.leaves();
});

test("Ana tries a rule that nobody has saved on her page: she alone sees it, and it counts nowhere", async ({ browser }) => {
  const ana = await Desk.open(browser);
  await ana.go("/site/inviting");
  await ana.page.getByRole("button", { name: /^(New rule|Write your own)$/ }).click();
  const button = ana.page.getByRole("button", { name: "Try it on your page" });
  await expect(button).toBeDisabled();
  const hello = `May I show you the new lamps? ${Date.now()}`;
  await ana.page.getByLabel("Words of the invitation").fill(hello);
  await button.scrollIntoViewIfNeeded();
  await look(ana, "try");
  expect(await violations(ana.page)).toEqual([]);
  await ana.page.setViewportSize({ width: 390, height: 844 });
  await ana.page.emulateMedia({ colorScheme: "dark" });
  await button.scrollIntoViewIfNeeded();
  await look(ana, "try-phone-dark");
  expect(await violations(ana.page)).toEqual([]);
  await ana.page.setViewportSize({ width: 1440, height: 900 });
  const opened = ana.page.context().waitForEvent("page");
  await button.click();
  const hers = new Visitor(await opened);
  const card = hers.page.getByRole("region", { name: /^A message from/ });
  await expect(card.getByRole("status")).toContainText(hello);
  await expect(card.getByText("Only you see this")).toBeVisible();
  expect(await violations(hers.page)).toEqual([]);
  expect(await hers.storage()).toEqual([]);
  await look(hers, "tried");

  // Who comes to the same page without it sees nothing of it; nor does anybody stand in the list.
  const tom = await Visitor.come(browser);
  await expect(tom.launcher).toBeVisible();
  await expect(tom.page.getByRole("region", { name: /^A message from/ })).toHaveCount(0);
  await tom.leaves();
  await card.getByRole("button", { name: "Answer" }).click();
  await expect(card).toHaveCount(0);
  await expect(hers.box).toBeFocused();
  await expect(hers.panel.getByText(hello)).toHaveCount(0);
  expect(await hers.storage(), "opening makes no visitor").toEqual([]);
  await hers.page.close();
  await ana.page.getByRole("button", { name: "All rules" }).click();
  await expect(ana.page.getByText(hello)).toHaveCount(0);
  await ana.leaves();
});
