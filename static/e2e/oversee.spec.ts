/** A supervisor looks on from the board, whispers to who has it, and moves it; the customer notices nothing but who answers. */
import { violations } from "./axe";
import { Desk } from "./desk";
import { looksAt } from "./look";
import { expect, test } from "./people";
import type { Stop } from "./start";
import { three } from "./three";

test.slow();

let stop: Stop;

// A house of its own: only Ana and Ben are on its board.
test.beforeAll(async () => {
  stop = await Desk.house();
});
test.afterAll(() => stop());

const look = looksAt("oversee");

test("looking on, a whisper and a move, by keyboard", async ({ browser }) => {
  const { ana, ben, tom } = await three(browser, "Does the lamp come with a bulb?", "One moment, I am looking.");
  await tom.sees("I am looking");

  // By keyboard, from the board: Ana gives what she has to Ben.
  await ana.go("/board");
  const hers = ana.page.getByRole("button", { name: /^What Ana/ });
  await hers.focus();
  await ana.page.keyboard.press("Enter");
  const row = (list: RegExp) => ana.page.getByRole("list", { name: list }).getByRole("listitem").filter({ hasText: "One moment" });
  const box = row(/^With Ana/).getByRole("checkbox");
  await box.focus();
  await ana.page.keyboard.press("Space");
  await expect(ana.page.getByText("1 chosen")).toBeVisible();
  expect(await violations(ana.page)).toEqual([]);
  await look(ana, "board");
  await ana.page.getByRole("button", { name: "Move …" }).press("Enter");
  const move = ana.page.getByRole("dialog", { name: "Move 1 conversation" });
  await move.getByRole("radio", { name: /Ben/ }).press("Space");
  await move.getByLabel("Why").fill("You know these lamps.");
  expect(await violations(ana.page)).toEqual([]);
  await look(ana, "move");
  await ana.page.keyboard.press("Enter");
  await expect(move).toHaveCount(0);
  await expect(ana.page.getByText("Moved to Ben")).toBeVisible();

  await ben.go("/mine");
  await ben.rows.filter({ hasText: "One moment" }).click();
  await expect(ben.history).toContainText("You know these lamps.", { timeout: 15_000 });
  await ben.box.fill("Let me see. ");

  // Looking on: Ben sees that Ana is there, and nothing counts as read.
  await ana.page.getByRole("button", { name: "What Ben has" }).click();
  await row(/^With Ben/).getByRole("button", { name: /^Look on/ }).click();
  const strip = ana.page.getByRole("region", { name: "Looking on" });
  await expect(strip).toContainText("Ben sees that you are here", { timeout: 15_000 });
  await expect(ben.page.getByText(/Also looking: Ana/).first()).toBeAttached({ timeout: 15_000 });
  await strip.getByLabel("Whisper to Ben").fill("Yes, a warm one.");
  expect(await violations(ana.page)).toEqual([]);
  await look(ana, "watching");
  await ana.page.keyboard.press("Enter");

  // The whisper moves neither focus nor caret; one key uses its words, another puts the next aside.
  const heard = ben.page.getByRole("region", { name: "Whispered to you" });
  await expect(heard).toContainText("Yes, a warm one.", { timeout: 15_000 });
  await expect(ben.box).toBeFocused();
  expect(await violations(ben.page)).toEqual([]);
  await look(ben, "heard");
  await ben.page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
  await ben.page.setViewportSize({ width: 390, height: 844 });
  await ben.page.mouse.move(5, 5);
  expect(await violations(ben.page)).toEqual([]);
  await look(ben, "heard-phone-dark");
  await ben.page.keyboard.press("Alt+Shift+U");
  await expect(ben.box).toHaveValue("Let me see. Yes, a warm one.");
  await expect(heard.getByRole("article")).toHaveCount(0);
  await strip.getByLabel("Whisper to Ben").fill("Thank him for asking.");
  await ana.page.keyboard.press("Enter");
  await expect(heard).toContainText("Thank him", { timeout: 15_000 });
  await ben.page.keyboard.press("Alt+Shift+X");
  await expect(heard.getByRole("article")).toHaveCount(0);
  await expect(ben.history).toContainText("Ana Ruiz whispered to you");
  await ben.page.keyboard.press("Enter");
  await tom.sees("Let me see. Yes, a warm one.");
  const log = tom.panel.getByRole("log");
  await expect(log).not.toContainText("Thank him");
  await expect(log).not.toContainText("Moved");
  await expect(log).not.toContainText("whisper");

  // The log says who looked on; the undo of a move brings it back.
  await strip.getByRole("button", { name: "Stop looking on" }).click();
  await ana.go("/audit");
  await expect(ana.page.getByText("looked on in a conversation of")).toBeVisible({ timeout: 15_000 });
  await look(ana, "audit");
  await ana.go("/board");
  await ana.page.getByRole("button", { name: "What Ben has" }).click();
  const his = ana.page.getByRole("list", { name: /^With Ben/ }).getByRole("listitem").filter({ hasText: "warm one" });
  await his.getByRole("link").dragTo(ana.page.getByText("The queue", { exact: true }));
  await expect(ana.page.getByRole("radio", { name: /The queue/ })).toBeChecked();
  await ana.page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
  await ana.page.setViewportSize({ width: 390, height: 844 });
  await look(ana, "move-phone-dark");
  expect(await violations(ana.page)).toEqual([]);
  await ana.page.getByRole("button", { name: "Cancel" }).click();
  expect(await violations(ana.page)).toEqual([]);
  await look(ana, "board-phone-dark");
  await ana.page.getByRole("button", { name: "Move …" }).click();
  await ana.page.getByRole("radio", { name: /The queue/ }).check();
  await ana.page.getByRole("button", { name: "Move", exact: true }).click();
  await expect(ana.page.getByText("Moved to the queue")).toBeVisible();
  await expect(his).toHaveCount(0);
  await ana.page.keyboard.press("z");
  await expect(his).toHaveCount(1, { timeout: 15_000 });
  await tom.leaves();
  await ben.leaves();
  await ana.leaves();
});

test("in a public conversation the coach keeps private matters private", async ({ browser }) => {
  const { ana, ben, tom } = await three(browser, "Where is my money?", "Hello Tom, thank you for asking.", "Berit");
  await ana.page.locator(".thread-head").getByRole("button", { name: "More", exact: true }).click();
  await ana.page.getByRole("menuitem", { name: "Everybody can read it" }).click();
  await expect(ana.page.locator(".thread-head").getByText("Public", { exact: true })).toBeVisible();
  await ana.box.fill("We are looking into it.");
  const warning = ana.page.getByText("this is about money");
  await expect(warning).toHaveCount(0);
  await ana.box.fill("Your refund is on its way.");
  await expect(warning).toBeVisible();
  expect(await violations(ana.page)).toEqual([]);
  await look(ana, "public");
  await ana.page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
  await ana.page.setViewportSize({ width: 390, height: 844 });
  expect(await violations(ana.page)).toEqual([]);
  await look(ana, "public-phone-dark");
  await ana.page.getByRole("button", { name: "Take it to a private channel" }).click();
  await expect(ana.box).toHaveValue(/^Your refund is on its way\. Let us go on in private/);
  await ana.box.fill("Let us go on in private.");
  await expect(ana.page.getByRole("button", { name: "Take it to a private channel" })).toHaveCount(0);
  await expect(tom.panel.getByText("Public", { exact: true })).toHaveCount(0);
  await tom.leaves();
  await ben.leaves();
  await ana.leaves();
});
