import { Desk } from "./desk";
import { expect, test, Visitor } from "./people";

test("Ana's replies wait three seconds: one is taken back from another conversation, the others go out in their order", async ({ browser }) => {
  const run = Date.now();
  const [maria, tom] = [await Visitor.come(browser), await Visitor.come(browser)];
  for (const [who, text] of [[maria, `Is the lamp there? ${run}`], [tom, `Where is my vase? ${run}`]] as const) {
    await who.opens();
    await who.writes(text);
    await who.sees(text);
  }
  const ana = await Desk.open(browser);
  await ana.go("/account");
  await ana.page.getByRole("switch", { name: "Replies wait three seconds" }).click();

  await ana.opens(`Is the lamp there? ${run}`);
  await ana.writes("One moment.");
  await ana.writes("Yes, it is.");
  const bar = ana.page.locator(".held-bar");
  await expect(bar).toContainText("Goes out in");
  await maria.sees("Yes, it is.");
  await expect(maria.panel.locator(".message", { hasText: /One moment|Yes, it is/ })).toHaveText([/One moment/, /Yes, it is/]);
  await expect(bar).toHaveCount(0);

  await ana.writes("For somebody else.");
  await ana.box.press("Escape");
  await expect(ana.box).toHaveValue("For somebody else.");

  // Where three seconds are not enough to get there, it is tried again.
  const toms = ana.rows.filter({ hasText: `Where is my vase? ${run}` });
  await expect(async () => {
    await ana.writes("From elsewhere.");
    await toms.click();
    await expect(ana.history).toContainText(`Where is my vase? ${run}`, { timeout: 2_000 });
    await ana.page.keyboard.press("Escape");
    await expect(ana.history).toContainText(`Is the lamp there? ${run}`, { timeout: 1_000 });
  }).toPass();
  await expect(ana.box).toHaveValue("From elsewhere.");

  await ana.box.fill("Anything else?");
  await ana.box.press("Enter");
  await expect(bar).toBeVisible();
  await ana.page.reload();
  await maria.sees("Anything else?");
  await expect(maria.panel.getByText("For somebody else.")).toHaveCount(0);
  await maria.leaves();
  await tom.leaves();
  await ana.leaves();
});
