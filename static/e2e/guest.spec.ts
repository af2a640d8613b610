/** A colleague is invited: declines with a word, is asked again, joins, answers beside who has it, and leaves; an owner steps in. */
import { violations } from "./axe";
import { Desk } from "./desk";
import { looksAt } from "./look";
import { expect, test } from "./people";
import type { Stop } from "./start";
import { three } from "./three";

test.slow();

let stop: Stop;

// A house of its own: only Ben is there to be asked.
test.beforeAll(async () => {
  stop = await Desk.house();
});
test.afterAll(() => stop());

const look = looksAt("guest");

test("a colleague joins under their own name while the first goes on having it", async ({ browser }) => {
  const { ana, ben, tom } = await three(browser, "My lamp flickers", "Hello, I am looking at it.");
  await ana.page.keyboard.press("Shift+I");
  const ask = ana.page.getByRole("dialog", { name: "Ask a colleague to join" });
  await ask.getByRole("radio", { name: /Ben/ }).check();
  await ask.getByLabel("Why you ask").fill("You know these lamps.");
  expect(await violations(ana.page)).toEqual([]);
  await look(ana, "window");
  await ask.getByRole("button", { name: "Invite" }).click();
  await expect(ana.page.getByText("Ben is being asked · ", { exact: false })).toBeVisible();
  const card = ben.page.getByRole("region", { name: "For you" }).getByRole("article").filter({ hasText: "You know these lamps." });
  await expect(card.getByText(/ asks you to join/)).toBeVisible({ timeout: 15_000 });
  expect(await violations(ben.page)).toEqual([]);
  await look(ben, "card");
  await card.getByRole("button", { name: /Decline/ }).click();
  await card.getByLabel(/A word for/).fill("I am with somebody else for a moment.");
  await card.getByRole("button", { name: "Decline", exact: true }).click();
  await expect(ana.page.getByText("Ben declined").first()).toBeVisible({ timeout: 15_000 });
  await expect(ana.history).toContainText("I am with somebody else for a moment.");

  await ana.page.getByRole("button", { name: "More", exact: true }).click();
  await ana.page.getByRole("menuitem", { name: /Invite a colleague/ }).click();
  await ask.getByRole("radio", { name: /Ben/ }).check();
  await ask.getByRole("button", { name: "Invite" }).click();
  await ben.page.getByRole("region", { name: "For you" }).getByRole("button", { name: /^Join/ }).click();
  await expect(ben.history).toContainText("You joined", { timeout: 15_000 });
  await expect(tom.panel.getByRole("log")).toContainText("Ben has joined", { timeout: 15_000 });
  await ben.writes("It is the switch: press it twice.");
  await tom.sees("It is the switch: press it twice.");
  await expect(ana.page.getByText("Ben joined", { exact: false }).first()).toBeVisible();
  await ben.go("/mine");
  await expect(ben.rows.filter({ hasText: "It is the switch" })).toContainText("Joined");
  await ben.rows.filter({ hasText: "It is the switch" }).click();
  expect(await violations(ben.page)).toEqual([]);
  await look(ben, "beside");
  await look(ana, "holder");
  await ben.page.emulateMedia({ colorScheme: "dark" });
  await ben.page.setViewportSize({ width: 390, height: 844 });
  expect(await violations(ben.page)).toEqual([]);
  await look(ben, "phone-dark");
  await ben.page.getByRole("button", { name: "Leave", exact: true }).click();
  await expect(tom.panel.getByRole("log")).toContainText("Ben has left", { timeout: 15_000 });
  await expect(tom.panel.getByRole("log")).not.toContainText("somebody else will answer");

  await ben.page.getByRole("button", { name: "Take over" }).click();
  await ben.page.getByRole("alertdialog").or(ben.page.getByRole("dialog")).getByRole("button", { name: "Take over" }).click();
  await expect(ana.page.getByText("With Ben", { exact: false }).first()).toBeVisible({ timeout: 15_000 });
  await ana.page.getByRole("button", { name: "More", exact: true }).click();
  await look(ana, "menu");
  await ana.page.getByRole("menuitem", { name: "Step in beside Ben" }).click();
  await expect(ana.page.getByText("You joined Ben", { exact: false }).first()).toBeVisible({ timeout: 15_000 });
  await tom.leaves();
  await ben.leaves();
  await ana.leaves();
});
