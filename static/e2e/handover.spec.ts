/** A conversation changes hands: asked, declined for a reason, taken, and promised where nobody is there. */
import { violations } from "./axe";
import { Desk } from "./desk";
import { looksAt } from "./look";
import { expect, test } from "./people";
import type { Stop } from "./start";
import { three } from "./three";

test.slow();

let stop: Stop;

// A house of its own: the board shows who waits longest, and nobody else is to.
test.beforeAll(async () => {
  stop = await Desk.house();
});
test.afterAll(() => stop());

const look = looksAt("handover");

test("a colleague declines, is asked again and carries on, and the customer hears who has them", async ({ browser }) => {
  const { ana, ben, tom, said } = await three(browser, "My lamp flickers", "Hello, I am looking at it.");
  await ana.page.keyboard.press("Shift+A");
  const ask = ana.page.getByRole("dialog", { name: "Hand this conversation over" });
  await ask.getByRole("radio", { name: /Ben/ }).check();
  await ask.getByLabel("What they should know").fill("It is the second lamp of this kind.");
  expect(await violations(ana.page)).toEqual([]);
  await look(ana, "window");
  await ask.getByRole("button", { name: "Hand over" }).click();
  await expect(ana.page.getByText("Ben is being asked · ", { exact: false })).toBeVisible();
  const card = ben.page.getByRole("region", { name: "For you" }).getByRole("article").filter({ hasText: "It is the second lamp" });
  await expect(card.getByText(/ asks you to carry on/)).toBeVisible({ timeout: 15_000 });
  await card.getByRole("button", { name: /Pass on/ }).click();
  await card.getByLabel(/A word for/).fill("I have never had such a lamp in my hands.");
  expect(await violations(ben.page)).toEqual([]);
  await look(ben, "card");
  await card.getByRole("button", { name: "Pass on" }).click();
  await expect(ana.page.getByText("Ben passed on it").first()).toBeVisible({ timeout: 15_000 });
  await expect(ana.history).toContainText("I have never had such a lamp in my hands.");
  await look(ana, "returned");
  await ana.page.getByRole("button", { name: "More", exact: true }).click();
  await ana.page.getByRole("menuitem", { name: /Hand over/ }).click();
  await ask.getByRole("radio", { name: /Ben/ }).check();
  await ask.getByRole("button", { name: "Hand over" }).click();
  await ben.page.getByRole("region", { name: "For you" }).getByRole("button", { name: /Carry on/ }).click();
  await expect(ben.history).toContainText("handed it over to you", { timeout: 15_000 });
  await expect(tom.panel.getByRole("log")).toContainText("Ben carries on from here and knows what this is about", { timeout: 15_000 });
  await look(ben, "carries-on");
  await ben.page.getByRole("button", { name: /Your menu/ }).click();
  await ben.page.getByRole("menuitemcheckbox", { name: "Away", exact: true }).or(ben.page.getByRole("menuitem", { name: "Away", exact: true })).click();
  await ana.page.getByRole("button", { name: "Take over" }).click();
  await ana.page.getByRole("alertdialog").or(ana.page.getByRole("dialog")).getByRole("button", { name: "Take over" }).click();
  await expect(ana.page.getByText("Yours", { exact: false }).first()).toBeVisible();
  await ana.page.getByRole("log").click();
  await ana.page.keyboard.press("Shift+A");
  const promise = ask.getByRole("button", { name: /Promise an answer by/ });
  await expect(promise).toBeVisible({ timeout: 15_000 });
  await look(ana, "nobody");
  await promise.click();
  await expect(tom.panel.getByRole("log")).toContainText("answer you here", { timeout: 15_000 });
  await expect(ask).toHaveCount(0); // its keys are its own
  await ana.page.getByRole("log").click();
  await ana.page.keyboard.press("g");
  await ana.page.keyboard.press("b");
  await expect(ana.page.getByRole("heading", { name: "Board", level: 1 })).toBeVisible();
  await expect(ana.page.getByRole("link", { name: /Waiting now/ })).toContainText(/[1-9]/);
  await expect(ana.page.getByRole("listitem").filter({ hasText: "Ben" }).filter({ hasText: "Away" })).toBeVisible();
  await expect(ana.page.getByRole("link").filter({ hasText: "Hello, I am looking at it." }).first()).toBeVisible();
  expect(await violations(ana.page)).toEqual([]);
  await look(ana, "board");
  await ana.page.emulateMedia({ colorScheme: "dark" });
  await ana.page.setViewportSize({ width: 390, height: 844 });
  expect(await violations(ana.page)).toEqual([]);
  await look(ana, "board-phone-dark");
  await ana.page.getByRole("link", { name: /Longest wait/ }).click();
  await expect(ana.history).toContainText(said);
  await tom.leaves();
  await ben.leaves();
  await ana.leaves();
});
