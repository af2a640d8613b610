/** Who looks around: off until the owner wants it, then pages come, move on and leave, and nothing is kept. */
import type { Browser } from "@playwright/test";
import { violations } from "./axe";
import { Desk } from "./desk";
import { looksAt } from "./look";
import { expect, test, Visitor } from "./people";
import type { Stop } from "./start";

test.slow();

let stop: Stop;

// A house of its own: nobody else looks around.
test.beforeAll(async () => {
  stop = await Desk.house();
});
test.afterAll(() => stop());

const look = looksAt("visitors");

test("the owner switches the list on, and sees a stranger come, go on to another page and become known", async ({ browser }) => {
  const ana = await Desk.open(browser);
  await ana.go("/visitors");
  await expect(ana.page.getByText("Nobody is listed here.")).toBeVisible();
  await look(ana, "off");
  const unseen = await Visitor.come(browser);
  await ana.page.getByRole("link", { name: "Open the setting" }).click();
  const saved = ana.page.waitForResponse((r) => r.request().method() === "PATCH" && r.ok());
  await ana.page.getByRole("switch", { name: "List who looks around" }).check();
  await saved;
  expect(await violations(ana.page)).toEqual([]);
  await look(ana, "setting");
  await unseen.leaves();

  await ana.page.keyboard.press("g");
  await ana.page.keyboard.press("v");
  const list = ana.page.getByRole("list", { name: "Visitors" });
  await expect(ana.page.getByText("Nobody is looking around just now.")).toBeVisible();
  const tom = await Visitor.come(browser);
  const his = list.getByRole("listitem");
  await expect(his).toHaveCount(1, { timeout: 15_000 });
  await expect(his).toContainText("Somebody new");
  expect(await tom.storage()).toEqual([]);
  await tom.page.getByRole("link", { name: "Chat tool" }).first().click();
  await tom.launcher.waitFor({ state: "attached" });
  await expect(his.filter({ hasText: "The chat as a tool" })).toContainText("2 pages", { timeout: 15_000 });
  await expect(his).toHaveCount(1);
  await look(ana, "list");
  expect(await violations(ana.page)).toEqual([]);

  await his.getByRole("button").click();
  const about = ana.page.getByRole("dialog");
  const hello = `Shall I show you lamps that dim? ${Date.now()}`;
  await about.getByLabel("Invite them to chat").fill(hello);
  expect(await violations(ana.page)).toEqual([]);
  await look(ana, "invite");
  await about.getByRole("button", { name: "Invite" }).click();
  // The page asks every 20 seconds, and when it is looked at again.
  await expect(about.getByText("On its way")).toBeVisible();
  await tom.page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
  const card = tom.page.getByRole("region", { name: "A message from Ana Ruiz" });
  await expect(card.getByRole("status")).toContainText(hello);
  expect(await tom.storage()).toEqual([]);
  expect(await violations(tom.page)).toEqual([]);
  if (process.env["LOOK"]) await tom.page.screenshot({ path: `${process.env["LOOK"]}/visitors-card.png` });
  await expect(about.getByText("They see it now")).toBeVisible({ timeout: 15_000 });
  await card.getByRole("button", { name: "Answer" }).click();
  await expect(tom.panel.getByText(`Ana Ruiz: ${hello}`)).toBeVisible();
  await expect(card).toHaveCount(0);
  await expect(about.getByText("They opened the chat")).toBeVisible({ timeout: 15_000 });
  await look(ana, "answered");
  await ana.page.keyboard.press("Escape");

  const said = `Do you ship lamps abroad? ${Date.now()}`;
  await tom.writes(said);
  await tom.sees(said);
  // What is kept by now says who they are on the next page.
  await tom.page.getByRole("link", { name: "Sign in" }).first().click();
  await expect(his.filter({ hasText: "3 pages" })).toHaveCount(1, { timeout: 15_000 });
  await expect(his).toHaveCount(1);
  await his.getByRole("button").click();
  await expect(about.getByRole("listitem")).toHaveCount(3);
  await about.getByRole("link", { name: "Open the conversation" }).click();
  await expect(ana.history).toContainText(said);

  await ana.go("/visitors");
  await declines(browser, ana);
  await ana.page.setViewportSize({ width: 320, height: 640 });
  expect(await ana.page.evaluate(() => document.documentElement.scrollWidth), "the bar fits").toBe(320);
  await expect(ana.page.getByRole("navigation").getByRole("button").last()).toBeInViewport({ ratio: 1 });
  await ana.page.setViewportSize({ width: 390, height: 844 });
  await expect(list.getByRole("listitem").first()).toBeVisible({ timeout: 15_000 });
  await ana.page.emulateMedia({ colorScheme: "dark" });
  await look(ana, "phone-dark");
  expect(await violations(ana.page)).toEqual([]);
  await tom.leaves();
  await saysNo(browser);
  await ana.leaves();
});

/** A no that does not reach the server is told with the next beat, and the invitation stays away. */
async function declines(browser: Browser, ana: Desk): Promise<void> {
  const zoe = await Visitor.come(browser);
  const row = ana.page.getByRole("list", { name: "Visitors" }).getByRole("listitem").filter({ hasText: "Somebody new" });
  await row.getByRole("button").click({ timeout: 15_000 });
  const about = ana.page.getByRole("dialog");
  await about.getByRole("button", { name: "Invite" }).click();
  await expect(about.getByText("On its way")).toBeVisible();
  const beat = () => zoe.page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
  await beat();
  const card = zoe.page.getByRole("region", { name: "A message from Ana Ruiz" });
  await card.waitFor();
  const here = "**/v1/widget/here";
  const lost = zoe.page.waitForEvent("requestfailed", (r) => !!r.postData()?.includes("declined"));
  await zoe.page.route(here, (route) => route.abort());
  await card.getByRole("button").last().click();
  await lost;
  await zoe.page.unroute(here);
  await beat();
  await expect(about.getByText("They said no for this visit")).toBeVisible({ timeout: 15_000 });
  await expect(card).toHaveCount(0);
  await ana.page.keyboard.press("Escape");
  await zoe.leaves();
}

/** A page whose visitor does not want it takes back what it told, and tells nothing more. */
async function saysNo(browser: Browser): Promise<void> {
  const eve = new Visitor(await (await browser.newContext()).newPage());
  const told: string[] = [];
  eve.page.on("request", (r) => r.url().endsWith("/v1/widget/here") && told.push(r.postData() ?? ""));
  await eve.go("index.html");
  await expect.poll(() => told.length).toBe(1);
  await eve.call("consent", false);
  await eve.page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
  await expect.poll(() => told.length).toBe(2);
  expect(JSON.parse(told[1]!)).toMatchObject({ gone: true, device: "" });
  await eve.page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
  await eve.leaves();
  expect(told).toHaveLength(2);
}
