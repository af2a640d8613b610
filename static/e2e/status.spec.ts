/** Being there: one's own status, the same everywhere, and what happens to a console that lies untouched. */
import { violations } from "./axe";
import { Desk } from "./desk";
import { looksAt } from "./look";
import { expect, test } from "./people";

const look = looksAt("status");

const menu = (desk: Desk) => desk.page.getByRole("button", { name: /Your menu/ });

test("why one is away shows on the phone and to a colleague, and comes off again", async ({ browser }) => {
  const ana = await Desk.open(browser);
  await ana.go("/queue");
  const phone = await Desk.open(browser, { viewport: { width: 390, height: 844 }, colorScheme: "dark" });
  await phone.go("/queue");
  await menu(ana).click();
  await ana.page.getByRole("menuitem", { name: "Away, and say why …" }).click();
  const why = ana.page.getByRole("dialog", { name: "Away for a moment" });
  await expect(why.getByRole("button", { name: "Lunch" })).toBeVisible();
  expect(await violations(ana.page)).toEqual([]);
  await look(ana, "why");
  await why.getByRole("button", { name: "Lunch" }).click();
  await expect(phone.page.getByRole("button", { name: /Away \(Lunch\)\. Your menu/ })).toBeVisible();
  await menu(phone).click();
  await look(phone, "phone");
  await phone.page.keyboard.press("Escape");
  await phone.page.keyboard.press("Alt+o");
  await expect(ana.page.getByRole("button", { name: /, Online\. Your menu/ })).toBeVisible();
  await ana.page.keyboard.press("Alt+q");
  await expect(phone.page.getByRole("button", { name: /Online, nothing new until .+\. Your menu/ })).toBeVisible();
  await ana.page.reload();
  await expect(ana.page.getByRole("button", { name: /nothing new until/ })).toBeVisible();
  await ana.page.keyboard.press("Alt+q");
  await expect(phone.page.getByRole("button", { name: /, Online\. Your menu/ })).toBeVisible();
  await phone.leaves();
  await ana.leaves();
});

test("a console that lies untouched warns before its agent shows as away", async ({ browser }) => {
  const ana = await Desk.open(browser);
  await ana.page.clock.install();
  await ana.go("/queue");
  await expect(menu(ana)).toBeVisible();
  await ana.page.clock.runFor(6_000);
  await expect.poll(() => ana.page.evaluate(() => localStorage.getItem("rapport:touched"))).not.toBeNull();
  const warning = ana.page.getByText("Are you still there?");
  await ana.page.clock.fastForward(9 * 60_000 + 5_000);
  await ana.page.clock.runFor(6_000);
  await expect(warning).toBeVisible();
  expect(await violations(ana.page)).toEqual([]);
  await look(ana, "warning");
  await expect(ana.page.getByRole("button", { name: "I am here" })).toBeVisible();
  await ana.page.keyboard.press("Shift");
  await expect(warning).toHaveCount(0);
  await expect(ana.page.getByRole("button", { name: /, Online\. Your menu/ })).toBeVisible();
  await ana.leaves();
});
