/** What links lead to: nobody opens one until the owner says so; then both sides see its title. */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { frameOf, violations } from "./axe";
import { Desk } from "./desk";
import { looksAt } from "./look";
import { expect, test, Visitor } from "./people";
import type { Stop } from "./start";

test.slow();

let stop: Stop;
let shop: Server;
/** What the server of the linked pages was asked for. */
const asked: string[] = [];

test.beforeAll(async () => {
  shop = createServer((request, answer) => {
    asked.push(`${request.headers.host}${request.url}`);
    const wait = request.url?.startsWith("/slow") ? 4_800 : 400;
    setTimeout(() => {
      answer.setHeader("Content-Type", "text/html; charset=utf-8");
      answer.end(`<title>Aurora desk lamp</title><meta property="og:site_name" content="The Lamp House">
        <meta name="description" content="A warm light for long evenings, made of oak and linen, that dims by itself an hour before you usually go to bed. ${"And there is more to say of it. ".repeat(9)}">`);
    }, wait);
  });
  await new Promise<void>((ready) => shop.listen(0, "127.0.0.1", ready));
  stop = await Desk.house("--link-pages", `127.0.0.1:${(shop.address() as AddressInfo).port}`);
});
test.afterAll(async () => {
  await stop();
  shop.close();
});

const look = looksAt("links");

test("a link shows its title once the owner wants it, and no secret is opened", async ({ browser }) => {
  const ana = await Desk.open(browser);
  const tom = await Visitor.come(browser);
  await tom.opens();
  await tom.writes("Is it this one? https://lamps.example/first");
  await ana.opens("Is it this one?", "/queue");
  await ana.go("/site/more");
  const wanted = ana.page.getByRole("switch", { name: "Show what links lead to" });
  await expect(wanted).not.toBeChecked();
  expect(asked, "nobody has asked for it").toEqual([]);
  const saved = ana.page.waitForResponse((r) => r.request().method() === "PATCH" && r.ok());
  await wanted.check();
  await saved;
  await expect(ana.page.getByText("Rapport’s server opens the page a link leads to")).toBeVisible();
  await ana.isAccessible();
  await look(ana, "setting");

  await ana.opens("Is it this one?", "/queue");
  await tom.writes("Or that: https://lamps.example/aurora");
  const mine = frameOf(tom).getByRole("link", { name: /The Lamp House.*lamps\.example.*Aurora desk lamp/ });
  const theirs = ana.history.getByRole("link", { name: /The Lamp House.*lamps\.example.*Aurora desk lamp/ });
  await expect(mine).toBeInViewport({ ratio: 0.9 });
  await expect(theirs).toBeInViewport({ ratio: 0.9 });
  await expect(theirs).toHaveAttribute("href", "https://lamps.example/aurora");
  await expect(theirs).toHaveAttribute("rel", "noopener noreferrer nofollow");
  await ana.writes("That one, yes: https://lamps.example/aurora");
  await expect(mine).toHaveCount(2);
  await expect(theirs).toHaveCount(2);
  await expect(mine.last()).toBeInViewport({ ratio: 0.9 });
  expect(asked, "once for both").toEqual(["lamps.example/aurora"]);
  await tom.writes("I cannot get in: https://lamps.example/reset?token=4711");
  await tom.sees("I cannot get in");
  await expect(ana.message("I cannot get in")).toBeVisible();
  await ana.page.waitForTimeout(1_000);
  expect(asked, "a secret is left alone").toHaveLength(1);

  expect(await violations(frameOf(tom))).toEqual([]);
  await ana.isAccessible();
  await look(ana, "desk");
  await look(tom, "panel");
  for (const who of [ana, tom]) await who.page.emulateMedia({ colorScheme: "dark" });
  expect(await violations(frameOf(tom))).toEqual([]);
  await ana.isAccessible();
  await look(ana, "desk-dark");
  await look(tom, "panel-dark");
  for (const who of [ana, tom]) {
    await who.page.emulateMedia({ colorScheme: "light" });
    await who.page.setViewportSize({ width: 390, height: 780 });
  }
  await expect(mine.last()).toBeVisible();
  await look(ana, "desk-phone");
  await look(tom, "panel-phone");

  await ana.page.reload();
  await expect(theirs).toHaveCount(2);
  await ana.page.setViewportSize({ width: 1440, height: 900 });
  await ana.go("/site/more");
  await wanted.uncheck();
  await ana.opens("I cannot get in", "/open");
  await expect(theirs, "it is forgotten with the setting").toHaveCount(0);
  await tom.leaves();
  await ana.leaves();
});

/** The owner wants to see what links lead to, whatever a test before has left. */
async function wants(ana: Desk): Promise<void> {
  await ana.go("/site/more");
  const wanted = ana.page.getByRole("switch", { name: "Show what links lead to" });
  await wanted.waitFor();
  if (await wanted.isChecked()) return;
  const saved = ana.page.waitForResponse((r) => r.request().method() === "PATCH" && r.ok());
  await wanted.check();
  await saved;
}

test("what comes in sight does not move the lines below it, nor the end", async ({ browser }) => {
  const ana = await Desk.open(browser);
  await wants(ana);
  const mia = await Visitor.come(browser);
  await mia.opens();
  await mia.writes("Hello from Mia");
  await ana.opens("Hello from Mia", "/queue");
  for (let n = 1; n <= 8; n++) await mia.writes(`Before ${n}: it hums, and the shade is a little loose.`);
  await expect(ana.message("Before 8")).toBeVisible();
  await mia.writes("Like this one: https://lamps.example/slow?in=sight");
  for (let n = 1; n <= 8; n++) await mia.writes(`After ${n}: it stood in the window, beside the green one.`);
  await expect(ana.message("After 8")).toBeVisible();
  const panel = frameOf(mia).getByRole("log");
  const logs = [panel, ana.history];
  for (const log of logs) await log.getByText("Like this one").evaluate((line) => line.scrollIntoView({ block: "center" }));
  const below = logs.map((log) => log.getByText("After 1:"));
  const card = { name: /Aurora desk lamp/ };
  await mia.page.waitForTimeout(300);
  for (const [i, log] of logs.entries()) {
    await expect(log.getByText("Like this one")).toBeInViewport();
    await expect(below[i]!).toBeInViewport();
  }
  const places = async () => Promise.all(below.map(async (line) => Math.round((await line.boundingBox())!.y)));
  const before = await places();
  for (const log of logs) expect(await log.getByRole("link", card).count(), "the card is still to come").toBe(0);
  for (const log of logs) await expect(log.getByRole("link", card)).toBeInViewport({ timeout: 10_000 });
  await mia.page.waitForTimeout(300);
  const after = await places();
  for (const [i, y] of before.entries()) expect(Math.abs(after[i]! - y), `${before} and then ${after}`).toBeLessThanOrEqual(2);
  await look(ana, "desk-in-sight");
  await look(mia, "panel-in-sight");

  // Who reads the end goes on reading it.
  for (const log of logs) await log.evaluate((el) => (el.scrollTop = el.scrollHeight));
  await mia.writes("And that: https://lamps.example/aurora?at=end");
  for (const log of logs) await expect(log.getByRole("link", card)).toHaveCount(2);
  for (const log of logs) await expect(log.getByRole("link", card).last()).toBeInViewport({ ratio: 0.9 });
  await mia.leaves();
  await ana.leaves();
});

test("what comes above does not move the line that somebody reads", async ({ browser }) => {
  const ana = await Desk.open(browser);
  await wants(ana);
  const lea = await Visitor.come(browser);
  await lea.opens();
  await lea.writes("Hello from Lea");
  await ana.opens("Hello from Lea", "/queue");
  await lea.writes("Here: https://lamps.example/slow");
  await lea.sees("lamps.example/slow");
  for (let n = 1; n <= 24; n++) await lea.writes(`Line ${n}: it stood in the window, beside the green one.`);
  await expect(ana.message("Line 24")).toBeVisible();
  const panel = frameOf(lea).getByRole("log");
  for (const [page, log] of [[lea.page, panel], [ana.page, ana.history]] as const) {
    await log.hover();
    await page.mouse.wheel(0, -120);
  }
  const lines = [panel.getByText("Line 21:"), ana.history.getByText("Line 21:")];
  const places = async () => Promise.all(lines.map(async (line) => Math.round((await line.boundingBox())!.y)));
  await lea.page.waitForTimeout(300);
  const before = await places();
  const card = { name: /Aurora desk lamp/ };
  await expect(frameOf(lea).getByRole("link", card)).toBeAttached({ timeout: 10_000 });
  await lea.page.waitForTimeout(300);
  const after = await places();
  for (const [i, y] of before.entries()) expect(Math.abs(after[i]! - y), `${before} and then ${after}`).toBeLessThanOrEqual(2);
  await lea.leaves();
  await ana.leaves();
});
