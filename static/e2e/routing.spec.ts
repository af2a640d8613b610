/** How a conversation finds somebody: offered, passed on, taken, assigned, and what becomes of it when its agent is gone. */
import { violations } from "./axe";
import { Desk } from "./desk";
import { looksAt } from "./look";
import { expect, test, Visitor } from "./people";
import type { Stop } from "./start";

let stop: Stop;

// A house of its own: whom a conversation goes to depends on everybody who is there.
test.beforeAll(async () => {
  stop = await Desk.house();
});
test.afterAll(() => stop());

const look = looksAt("routing");

/** The owner chooses how this site's conversations find somebody. */
async function choose(ana: Desk, mode: string): Promise<void> {
  await ana.go("/site/routing");
  const saved = ana.page.waitForResponse((r) => r.request().method() === "PATCH");
  await ana.page.getByText(mode, { exact: true }).click();
  await saved;
}

test("an offer is passed on with a key, taken by the next, and says why it was them", async ({ browser }) => {
  const ana = await Desk.open(browser);
  const ben = await ana.invites(browser, "Ben");
  await choose(ana, "Are offered");
  expect(await violations(ana.page)).toEqual([]);
  await look(ana, "settings");
  await ana.go("/queue");
  await ben.go("/queue");
  await expect(ana.page.getByText(/1 colleague/)).toBeVisible();
  // The server reads a site's rules every few seconds.
  const said = `Where is my parcel ${Date.now()}?`;
  const tom = await Visitor.come(browser);
  await tom.opens();
  await tom.writes(said);
  const at = (desk: Desk) => desk.page.getByRole("region", { name: "For you" }).getByRole("article").filter({ hasText: said });
  await expect(async () => expect((await at(ana).count()) + (await at(ben).count())).toBe(1)).toPass({ timeout: 20_000 });
  const [first, next] = (await at(ana).isVisible()) ? [ana, ben] : [ben, ana];
  await expect(at(first).getByText(/^Why you: /)).toBeVisible();
  expect(await violations(first.page)).toEqual([]);
  await look(first, "offer");
  await first.page.keyboard.press("Alt+Shift+v");
  await expect(at(next)).toBeVisible({ timeout: 15_000 });
  await expect(at(first)).toHaveCount(0);
  await next.page.keyboard.press("Alt+v");
  await expect(next.page.getByText(/Offered to .+: /).first()).toBeVisible();
  await expect(next.page.getByText(/passed on it/)).toBeVisible();
  await look(next, "thread");
  await next.writes("Hello, I am looking for it right now.");
  await expect(tom.panel.getByRole("log")).toContainText("I am looking for it right now.");
  await tom.leaves();
  await ben.leaves();
  await ana.leaves();
});

test("what is assigned is there at once, and goes to who is there when its agent is gone", async ({ browser }) => {
  const ana = await Desk.open(browser, { colorScheme: "dark" });
  await choose(ana, "Are assigned");
  const kept = ana.page.waitForResponse((r) => r.request().method() === "PATCH");
  await ana.page.getByLabel("Who loses the connection keeps what is theirs for").selectOption("10");
  await kept;
  await look(ana, "settings-dark");
  const noor = await ana.invites(browser, "Noor");
  await noor.go("/mine");
  await ana.turnsAway();
  const said = `Can I change the colour ${Date.now()}?`;
  const tom = await Visitor.come(browser);
  await tom.opens();
  await tom.writes(said);
  const card = noor.page.getByRole("region", { name: "For you" }).getByRole("article").filter({ hasText: said });
  await expect(card.getByText(/^This is yours now\. Why you: /)).toBeVisible({ timeout: 15_000 });
  await look(noor, "given");
  await card.getByRole("button", { name: /Open it/ }).click();
  await noor.writes("Hello, of course. One moment.");
  await noor.leaves();
  // The ten seconds that she keeps it, and a few to say so.
  await expect(tom.panel.getByRole("log")).toContainText("has left; somebody else will answer", { timeout: 16_000 });
  await ana.go("/queue");
  await expect(ana.page.getByRole("button", { name: /Away\. Your menu/ })).toBeVisible();
  await ana.turnsAway();
  const theirs = ana.page.getByRole("region", { name: "For you" }).getByRole("article").filter({ hasText: "of course. One moment." });
  await expect(theirs).toBeVisible({ timeout: 15_000 });
  await theirs.getByRole("button", { name: /Open it/ }).click();
  await expect(ana.page.getByText(/lost the connection, so it is back in the queue/)).toBeVisible();
  await tom.leaves();
  await ana.leaves();
});
