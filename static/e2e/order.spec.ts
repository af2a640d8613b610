import { Desk } from "./desk";
import { expect, test, Visitor } from "./people";
import type { Stop } from "./start";

let stop: Stop;

// A house of its own: those who wait longest are drawn first, and whoever other tests leave
// waiting would push these below what is drawn.
test.beforeAll(async () => {
  stop = await Desk.house();
});
test.afterAll(() => stop());

test("a tag and a snooze, put on with a key each and taken back", async ({ browser }) => {
  const maria = await Visitor.come(browser);
  const question = `Do you engrave rings? ${Date.now()}`;
  await maria.opens();
  await maria.writes(question);
  await maria.sees(question);
  const ana = await Desk.open(browser);
  const { page } = ana;
  await ana.opens(question);
  const dialog = page.getByRole("dialog");
  const tag = `ring ${Date.now() % 1e6}`;

  await page.keyboard.press("Alt+d");
  await dialog.getByRole("combobox").fill(tag);
  await page.getByRole("option", { name: `Make “${tag}”` }).click();
  const head = page.locator(".thread-head");
  await expect(head.getByText(tag)).toBeVisible();
  await expect(ana.rows.filter({ hasText: question })).toContainText(tag);

  await page.keyboard.press("Alt+z");
  await dialog.getByLabel("Until when?").fill("tomorrow 9");
  await expect(dialog.locator("strong")).toContainText(/tomorrow 9:00/i);
  await ana.isAccessible();
  await dialog.getByRole("button", { name: "Snooze", exact: true }).click();
  await expect(page.getByText(/comes back tomorrow/)).toBeVisible();
  await ana.go("/snoozed");
  const asleep = ana.rows.filter({ hasText: question });
  await expect(asleep).toContainText(tag);

  // What she says wakes it at once, and she has noticed nothing.
  const more = `And bracelets? ${Date.now()}`;
  await maria.writes(more);
  await maria.sees(more);
  await expect(asleep).toHaveCount(0);
  await ana.opens(more);
  await expect(ana.history).toContainText("brought it back");
  await head.getByRole("button", { name: `Take off ${tag}` }).click();
  await expect(head.getByText(tag)).toHaveCount(0);
  await page.getByRole("button", { name: "Undo" }).last().click();
  await expect(head.getByText(tag)).toBeVisible();
  await maria.leaves();
  await ana.leaves();
});

test("several at once: selected by keys, closed, undone, unread again", async ({ browser }) => {
  const stamp = Date.now();
  const visitors = [];
  for (const name of ["first", "second"]) {
    const v = await Visitor.come(browser);
    await v.opens();
    await v.writes(`The ${name} of two ${stamp}`);
    await v.sees(`The ${name} of two ${stamp}`);
    visitors.push(v);
  }
  const ana = await Desk.open(browser);
  const { page } = ana;
  await ana.go("/queue");
  const both = ana.rows.filter({ hasText: `of two ${stamp}` });
  await expect(both).toHaveCount(2);
  await page.getByRole("button", { name: "Select several" }).click();
  const bar = page.getByRole("toolbar");
  await both.nth(0).click();
  await both.nth(1).click({ modifiers: ["Shift"] });
  await expect(bar).toContainText(/[2-9]\d* selected/);
  await ana.isAccessible();
  await bar.getByRole("button", { name: "Select none" }).click();
  await expect(bar).toHaveCount(0);
  for (const one of [0, 1]) await both.nth(one).click({ modifiers: ["Control"] });
  await expect(bar).toContainText("2 selected");

  await bar.getByRole("button", { name: "Assign" }).click();
  await page.getByRole("dialog").waitFor();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(bar).toContainText("2 selected");
  await bar.getByRole("button", { name: "Close conversation" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Close 2" }).click();
  await expect(page.getByText("Closed 2")).toBeVisible();
  await expect(both).toHaveCount(0);
  await page.getByRole("button", { name: "Undo" }).last().click();
  await expect(both).toHaveCount(2);
  // As it was: nobody has them.
  await expect(both.first()).not.toContainText("Ana");

  await both.nth(0).click();
  await expect(ana.history).toContainText(`of two ${stamp}`);
  await page.keyboard.press("Alt+u");
  await expect(page.getByText(/is unread again/)).toBeVisible();
  await expect(ana.rows.filter({ hasText: `of two ${stamp}` }).and(page.locator(".unread"))).toHaveCount(2);
  for (const v of visitors) await v.leaves();
  await ana.leaves();
});

test("a note calls a colleague by name, who finds it among the mentions", async ({ browser }) => {
  const maria = await Visitor.come(browser);
  const question = `Is the bowl oven proof? ${Date.now()}`;
  await maria.opens();
  await maria.writes(question);
  await maria.sees(question);
  const ana = await Desk.open(browser);
  const name = `Noor${Date.now() % 1e6}`;
  const noor = await ana.invites(browser, name);
  await ana.opens(question);
  await ana.page.keyboard.press("Alt+n");
  await ana.box.pressSequentially(`@${name.slice(0, 6)}`);
  await ana.page.getByRole("listbox", { name: "Whom to name" }).getByRole("option", { name }).waitFor();
  await ana.box.press("Enter");
  await expect(ana.box).toHaveValue(`@${name} `);
  await ana.box.pressSequentially("can you ask the potter?");
  await ana.box.press("Control+Enter");
  await expect(ana.message("ask the potter")).toBeVisible();

  await expect(noor.page.getByText(/named you: .*ask the potter/)).toBeVisible();
  const tab = noor.page.getByRole("navigation", { name: "Lists" }).getByRole("link", { name: /Mentions/ });
  await expect(tab).toContainText("1");
  await tab.click();
  await noor.rows.filter({ hasText: question }).click();
  await expect(noor.message("ask the potter")).toBeVisible();
  await expect(tab).not.toContainText("1");
  await noor.isAccessible();
  await maria.leaves();
  await noor.leaves();
  await ana.leaves();
});
