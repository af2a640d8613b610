/** A colleague is asked something, answers without joining, and the customer sees nothing of it. */
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

const look = looksAt("consult");

test("a question is answered from its card, and stands in the thread as a note", async ({ browser }) => {
  const { ana, ben, tom } = await three(browser, "Do you have the bowl in blue?", "One moment, I am asking.");
  await ana.page.keyboard.press("q");
  const ask = ana.page.getByRole("dialog", { name: "Ask a colleague" });
  await ask.getByLabel("Whom do you ask?").selectOption({ label: "Ben, here now" });
  await ask.getByLabel("What do you want to know?").fill("Is there a blue bowl in the small store?");
  expect(await violations(ana.page)).toEqual([]);
  await look(ana, "window");
  await ask.getByRole("button", { name: "Ask", exact: true }).click();
  await expect(ask).toHaveCount(0);

  const card = ben.page.getByRole("region", { name: "Questions for you" }).getByRole("article").filter({ hasText: "small store" });
  await expect(card.getByText(/ asks you/)).toBeVisible({ timeout: 15_000 });
  expect(await violations(ben.page)).toEqual([]);
  await look(ben, "card");
  await ben.page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
  await ben.page.setViewportSize({ width: 390, height: 844 });
  await card.getByRole("button", { name: "Answer" }).click();
  await card.getByLabel("Your answer").fill("Two are left.");
  await ben.page.mouse.move(5, 5);
  expect(await violations(ben.page)).toEqual([]);
  await look(ben, "phone-dark");

  await ana.page.keyboard.press("q");
  await expect(ask.getByRole("listitem").filter({ hasText: "small store" })).toBeVisible({ timeout: 15_000 });
  await look(ana, "open");
  await ana.page.keyboard.press("Escape");

  await card.getByRole("button", { name: "Answer" }).click();
  await expect(card).toHaveCount(0, { timeout: 15_000 });
  await expect(ana.history).toContainText("Two are left.", { timeout: 15_000 });
  await expect(ana.history).toContainText("Answer for Ana Ruiz");
  await look(ana, "answered");

  // Ben is at it when Ana needs no answer any more.
  await ana.page.keyboard.press("q");
  await ask.getByLabel("Whom do you ask?").selectOption({ label: "Ben, here now" });
  await ask.getByLabel("What do you want to know?").fill("And in the large store?");
  await ask.getByRole("button", { name: "Ask", exact: true }).click();
  await expect(ask).toHaveCount(0);
  const other = ben.page.getByRole("region", { name: "Questions for you" }).getByRole("article").filter({ hasText: "large store" });
  await other.getByRole("button", { name: "Answer" }).click();
  await other.getByLabel("Your answer").fill("One, at the back.");
  await ana.page.keyboard.press("q");
  await ask.getByRole("button", { name: "Take it back" }).click();
  await expect(ask.getByRole("listitem").filter({ hasText: "large store" })).toHaveCount(0);
  await ana.page.keyboard.press("Escape");
  await expect(other.getByText(/needs no answer any more/)).toBeVisible({ timeout: 15_000 });
  await expect(other.getByLabel("Your answer")).toHaveValue("One, at the back.");
  await ben.page.mouse.move(5, 5);
  expect(await violations(ben.page)).toEqual([]);
  await look(ben, "over");
  await other.getByRole("button", { name: "Add as a note" }).click();
  await expect(other).toHaveCount(0);
  await expect(ana.history).toContainText("One, at the back.", { timeout: 15_000 });
  await ana.history.click();
  await ana.writes("Yes, two are left.");
  await tom.sees("Yes, two are left.");
  await expect(tom.panel.getByRole("log")).not.toContainText("small store");
  await tom.leaves();
  await ben.leaves();
  await ana.leaves();
});
