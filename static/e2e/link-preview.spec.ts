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
    const wait = request.url === "/slow" ? 4_800 : 400;
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

test("what comes above does not move the line that somebody reads", async ({ browser }) => {
  const ana = await Desk.open(browser);
  await ana.go("/site/more");
  const saved = ana.page.waitForResponse((r) => r.request().method() === "PATCH" && r.ok());
  await ana.page.getByRole("switch", { name: "Show what links lead to" }).check();
  await saved;
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
