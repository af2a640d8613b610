import type { Browser } from "@playwright/test";
import { Desk } from "./desk";
import { expect, test, Visitor } from "./people";

async function asks(browser: Browser, text: string): Promise<Visitor> {
  const visitor = await Visitor.come(browser);
  await visitor.opens();
  await visitor.writes(text);
  await visitor.sees(text);
  return visitor;
}

const count = (desk: Desk) => desk.page.locator(".marks-count");
const lines = (desk: Desk) => desk.page.locator(".marks-lines span");
const list = (desk: Desk) => desk.page.getByRole("dialog", { name: /in your reply/ });

test("Ana writes in haste, sees two quiet marks, takes both ways by keyboard, and sends", async ({ browser }) => {
  const ana = await Desk.open(browser);
  const maria = await asks(browser, "My lamp is late, can you look?");
  await ana.opens("My lamp is late, can you look?");
  await ana.box.pressSequentially("Please don't hesitate to write. It will definitely come on Friday.");
  await expect(count(ana)).toHaveText("2 marks");
  await expect(lines(ana)).toHaveText(["Please don't hesitate to", "definitely"]);
  await expect(ana.box).toBeFocused();

  await ana.box.press("Alt+m");
  await expect(list(ana)).toContainText("What can be reads better than what cannot.");
  await expect(list(ana)).toContainText("Do we know this for sure?");
  await ana.isAccessible();
  await ana.page.keyboard.press("2");
  await expect(ana.box).toHaveValue("Please don't hesitate to write. It will probably come on Friday.");
  await expect(ana.box).toBeFocused();
  await expect(count(ana)).toHaveText("1 mark");
  await ana.box.press("Alt+m");
  await expect(ana.box).not.toBeFocused();
  await expect(list(ana).getByRole("button", { name: /Write “Please”/ })).toBeFocused();
  await ana.page.keyboard.press("Enter");
  await expect(ana.box).toHaveValue("Please write. It will probably come on Friday.");
  await expect(count(ana)).toHaveCount(0);
  await expect(ana.box).toBeFocused();
  await ana.box.press("Enter");
  await maria.sees("It will probably come on Friday.");
  await maria.leaves();
  await ana.leaves();
});

test("nothing is ever in the way: what is marked can be sent, and notes are not read", async ({ browser }) => {
  const ana = await Desk.open(browser);
  const tom = await asks(browser, "How much is the big bowl?");
  await ana.opens("How much is the big bowl?");
  await ana.box.fill("All our bowls are thrown by hand in the harbour.");
  await expect(count(ana)).toHaveText("1 mark");
  await ana.box.press("Alt+m");
  await expect(list(ana)).toContainText("How much is the big bowl?");
  await ana.page.keyboard.press("Escape");
  await expect(list(ana)).toHaveCount(0);
  await expect(ana.box).toBeFocused();
  await ana.box.fill("WAIT, PLEASE STOP!!");
  await expect(count(ana)).toHaveText("2 marks");
  await ana.box.press("Enter");
  await tom.sees("WAIT, PLEASE STOP!!");
  await ana.box.press("Alt+n");
  await ana.box.fill("PLEASE STOP!!");
  await expect(ana.page.getByRole("button", { name: "Add note" })).toBeEnabled();
  await expect(count(ana)).toHaveCount(0);
  await tom.leaves();
  await ana.leaves();
});

test("they are still writing, and what they had already", async ({ browser }) => {
  const ana = await Desk.open(browser);
  const tom = await asks(browser, "Do the plates go into the oven?");
  await ana.opens("Do the plates go into the oven?");
  const words = "They do, up to two hundred degrees, and into the dishwasher too.";
  await ana.writes(words);
  await tom.sees(words);
  await ana.box.fill(words);
  await expect(count(ana)).toHaveText("1 mark");
  await tom.box.pressSequentially("And the lids");
  await expect(count(ana)).toHaveText("2 marks");
  await count(ana).click();
  await expect(list(ana)).toContainText("They are still writing");
  await expect(list(ana)).toContainText("exactly these words");
  await tom.leaves();
  await ana.leaves();
});

test("marks are switched off in the list, and on again, kind by kind, on one's own page", async ({ browser }) => {
  const ana = await Desk.open(browser);
  const tom = await asks(browser, "Is the blue cup back?");
  await ana.opens("Is the blue cup back?");
  await ana.box.fill("PLEASE wait!!");
  await count(ana).click();
  await ana.page.getByRole("button", { name: "Show no marks" }).click();
  await expect(count(ana)).toHaveCount(0);
  await expect(ana.box).toBeFocused();
  await ana.box.fill("");
  await ana.go("/account");
  await ana.page.getByLabel("Show marks").check();
  await ana.page.getByLabel("Shouting").uncheck();
  await ana.isAccessible();
  await ana.opens("Is the blue cup back?");
  await ana.box.fill("PLEASE wait!! It will definitely come.");
  await expect(lines(ana)).toHaveText(["definitely"]);
  await tom.leaves();
  await ana.leaves();
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`on a phone, ${colorScheme}: the list opens by a tap and fits`, async ({ browser }) => {
    const ana = await Desk.open(browser, { viewport: { width: 390, height: 780 }, hasTouch: true, isMobile: true, colorScheme });
    const tom = await asks(browser, `Can I have it in ${colorScheme} blue?`);
    await ana.opens(`Can I have it in ${colorScheme} blue?`);
    await ana.box.fill("Unfortunately we don't sell that one. You should have asked before.");
    await expect(count(ana)).toHaveText(/mark/);
    await count(ana).tap();
    await expect(list(ana).getByRole("button", { name: "Show no marks" })).toBeInViewport();
    const box = await list(ana).boundingBox();
    expect(box!.x).toBeGreaterThanOrEqual(0);
    expect(box!.x + box!.width).toBeLessThanOrEqual(390);
    await ana.isAccessible();
    await tom.leaves();
    await ana.leaves();
  });
}
