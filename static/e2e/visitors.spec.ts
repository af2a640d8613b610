/** Who looks around: off until the owner wants it, then pages come, move on and leave, and nothing is kept. */
import { violations } from "./axe";
import { Desk } from "./desk";
import { expect, test, Visitor } from "./people";
import type { Stop } from "./start";

test.slow();

let stop: Stop;

// A house of its own: nobody else looks around.
test.beforeAll(async () => {
  stop = await Desk.house();
});
test.afterAll(() => stop());

/** Screenshots to be looked at, where somebody wants them. */
async function look(desk: Desk, name: string): Promise<void> {
  if (process.env["LOOK"]) await desk.page.screenshot({ path: `${process.env["LOOK"]}/visitors-${name}.png` });
}

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
  await tom.page.getByRole("link", { name: /Help/ }).first().click();
  await tom.launcher.waitFor({ state: "attached" });
  await expect(his).toContainText("help", { timeout: 15_000 });
  await expect(his).toContainText("2 pages");
  await expect(his).toHaveCount(1);
  await look(ana, "list");
  expect(await violations(ana.page)).toEqual([]);

  const said = `Do you ship lamps abroad? ${Date.now()}`;
  await tom.opens();
  await tom.writes(said);
  await tom.sees(said);
  await his.getByRole("button").click();
  const about = ana.page.getByRole("dialog");
  await expect(about.getByRole("listitem")).toHaveCount(2);
  await about.getByRole("link", { name: "Open the conversation" }).click({ timeout: 60_000 });
  await expect(ana.history).toContainText(said);

  await ana.go("/visitors");
  await ana.page.setViewportSize({ width: 390, height: 844 });
  await expect(list.getByRole("listitem")).toHaveCount(1, { timeout: 15_000 });
  await ana.page.emulateMedia({ colorScheme: "dark" });
  await look(ana, "phone-dark");
  expect(await violations(ana.page)).toEqual([]);
  await tom.leaves();
  await expect(ana.page.getByText("Nobody is looking around just now.")).toBeVisible({ timeout: 60_000 });
  await ana.leaves();
});

test("a page whose visitor does not want it is not listed", async ({ browser }) => {
  const tom = await Visitor.come(browser);
  const told: string[] = [];
  tom.page.on("request", (r) => r.url().includes("/v1/widget/here") && told.push(r.postData() ?? ""));
  await tom.call("consent", false);
  await tom.page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
  await expect.poll(() => told.length).toBe(1);
  expect(JSON.parse(told[0]!)).toMatchObject({ gone: true, device: "" });
  await tom.leaves();
});
