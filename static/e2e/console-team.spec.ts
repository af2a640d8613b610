import { Desk } from "./desk";
import { expect, test, Visitor, world } from "./people";

test("two agents: the step and the ticks of one are seen by the other at once", async ({ browser }) => {
  const ana = await Desk.open(browser);
  const ben = await ana.invites(browser, "Barry");
  const maria = await Visitor.come(browser);
  await maria.opens();
  await maria.writes("The glaze has a bubble.");
  await ana.opens("The glaze has a bubble.");
  await ben.opens("The glaze has a bubble.");
  await expect(ana.page.getByText("Also looking: Barry")).toBeAttached();

  await ana.box.press("Alt+Shift+Digit3");
  await expect(ana.coach.getByRole("heading", { name: "Agreeing" })).toBeVisible();
  await expect(ben.coach.getByRole("heading", { name: "Agreeing" })).toBeVisible();
  const prompt = ana.coach.getByRole("checkbox").first();
  const text = await prompt.locator(".prompt-text").innerText();
  await prompt.click();
  await expect(ben.coach.getByRole("checkbox", { name: text })).toBeChecked();
  await ben.coach.getByRole("checkbox", { name: text }).press("Space");
  await expect(ana.coach.getByRole("checkbox", { name: text })).not.toBeChecked();

  await ana.page.reload();
  await expect(ana.coach.getByRole("heading", { name: "Agreeing" })).toBeVisible();
  await maria.leaves();
  await ben.leaves();
  await ana.leaves();
});

test("a colleague who answers is seen, and sending over them is asked about once", async ({ browser }) => {
  const ana = await Desk.open(browser);
  const ben = await ana.invites(browser, "Bea");
  const tom = await Visitor.come(browser);
  await tom.opens();
  await tom.writes("Do you wrap gifts?");
  await ana.opens("Do you wrap gifts?");
  await ben.opens("Do you wrap gifts?");
  await ana.box.pressSequentially("We do");
  await expect(ben.page.getByText("Ana Ruiz is answering")).toBeVisible();
  await ben.writes("Yes, in linen.");
  const question = ben.page.getByRole("alertdialog", { name: "Ana Ruiz is answering" });
  await expect(question).toBeVisible();
  await question.getByRole("button", { name: "Cancel" }).click();
  await expect(ben.box).toHaveValue("Yes, in linen.");
  await ben.box.press("Enter");
  await ben.page.getByRole("button", { name: "Send anyway" }).click();
  await tom.sees("Yes, in linen.");
  await ben.writes("And with a card.");
  await tom.sees("And with a card.");
  await tom.leaves();
  await ben.leaves();
  await ana.leaves();
});

test("taking over from a colleague is done on purpose and told in the thread", async ({ browser }) => {
  const ana = await Desk.open(browser);
  const ben = await ana.invites(browser, "Bo");
  const tom = await Visitor.come(browser);
  await tom.opens();
  await tom.writes("Is clay safe for children?");
  await ana.opens("Is clay safe for children?");
  await ana.page.getByRole("button", { name: "Take conversation" }).click();
  await ben.opens("Is clay safe for children?");
  await ben.page.getByRole("button", { name: "Take over" }).click();
  await ben.page.getByRole("alertdialog").getByRole("button", { name: "Take over" }).click();
  await expect(ana.history).toContainText("Bo took over from you");
  await expect(ana.page.getByText("With Bo")).toBeVisible();
  await tom.leaves();
  await ben.leaves();
  await ana.leaves();
});

test("an agent who is disabled is signed out at once, and what they wrote is kept", async ({ browser }) => {
  const ana = await Desk.open(browser);
  const ben = await ana.invites(browser, "Basil");
  const tom = await Visitor.come(browser);
  await tom.opens();
  await tom.writes("How heavy is the big vase?");
  await ben.opens("How heavy is the big vase?");
  await ben.box.fill("About two");
  await ana.go("/team");
  await ana.page.locator(".person", { hasText: "Basil" }).getByRole("button", { name: "Disable" }).click();
  await ana.page.getByRole("alertdialog").getByRole("button", { name: "Disable" }).click();
  await expect(ben.page.getByText("Your session has ended.")).toBeVisible();
  const kept = await ben.page.evaluate(() => Object.entries(localStorage).some(([k, v]) => k.startsWith("rapport:draft:") && v.includes("About two")));
  expect(kept).toBe(true);
  await tom.leaves();
  await ben.leaves();
  await ana.leaves();
});

test("an invitation that could not be looked at is not called broken", async ({ browser }) => {
  const page = await (await browser.newContext()).newPage();
  const look = "**/v1/console/invitations/look";
  await page.route(look, (route) => route.abort());
  await page.goto(new URL("/console/join#nobody-made-this", world().console).href);
  await expect(page.getByText("No connection just now")).toBeVisible();
  await expect(page.getByText("This invitation does not work")).toHaveCount(0);
  await page.unroute(look);
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByText("This invitation does not work")).toBeVisible();
  await page.context().close();
});
