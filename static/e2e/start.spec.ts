import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Browser, Page } from "@playwright/test";
import { Desk } from "./desk";
import { expect, test, world } from "./people";

/** Pages of a shop of their own: any host under localhost reaches them, each with the key that ?key= names. */
let shop: Server;
const pageOf = (host: string, key = world().site_key) => `http://${host}.localhost:${(shop.address() as AddressInfo).port}/?key=${key}`;

test.beforeAll(async () => {
  shop = createServer((req, res) => {
    const key = new URL(req.url!, "http://shop.localhost").searchParams.get("key");
    res.setHeader("Content-Type", "text/html; charset=utf-8");
    res.end(`<!doctype html><html lang="en"><title>Lamps</title><h1>Lamps</h1><script async src="${new URL("/w.js", world().widget).href}" data-site="${key}"></script>`);
  });
  await new Promise<void>((ready) => void shop.listen(0, "127.0.0.1", ready));
});
test.afterAll(() => void shop.close());

async function visit(browser: Browser, url: string): Promise<Page> {
  const page = await (await browser.newContext()).newPage();
  await page.goto(url);
  return page;
}

test("is it installed: refused, allowed with one click, opened; and a key that is nobody's", async ({ browser }) => {
  const ana = await Desk.open(browser);
  await ana.go("/site/place");
  const row = (host: string) => ana.page.getByRole("list", { name: "Pages on which the chat was seen" }).getByRole("listitem").filter({ hasText: host });
  await expect(ana.page.getByRole("heading", { name: "Is it installed?" })).toBeVisible();

  const origin = new URL(pageOf("lamps")).origin;
  const tom = await visit(browser, pageOf("lamps"));
  await expect(row(origin)).toContainText("not among the allowed ones");
  await row(origin).getByRole("button", { name: "Allow it here: " + origin }).click();
  await expect(row(origin)).toContainText("nobody has opened it yet");
  await expect(ana.page.getByText("Yes. Your customers can write to you.")).toBeVisible();
  await tom.reload();
  await tom.locator("rapport-chat button").click();
  await expect(tom.frameLocator("rapport-chat iframe").getByRole("textbox")).toBeVisible();
  await expect(row(origin)).toContainText("It works here.");

  const wrong = await visit(browser, pageOf("candles", "nobodyskey"));
  await expect(row(new URL(pageOf("candles")).origin)).toHaveCount(0);
  await ana.page.getByLabel("Allowed addresses").fill([origin, new URL(pageOf("candles")).origin].join("\n"));
  await ana.page.getByRole("button", { name: "Save" }).click();
  await expect(row(new URL(pageOf("candles")).origin)).toContainText("a key that none of your sites has");
  await ana.isAccessible();
  await wrong.context().close();
  await tom.context().close();
  await ana.leaves();
});

test("an asterisk allows whole labels only, on the page and in the frame", async ({ browser }) => {
  const ana = await Desk.open(browser);
  await ana.go("/site/place");
  const { port } = new URL(pageOf("x"));
  const allowed = ana.page.getByLabel("Allowed addresses");
  const before = await allowed.inputValue();
  await allowed.fill(`${before}\nhttp://*.shop.localhost:${port}`);
  await ana.page.getByRole("button", { name: "Save" }).click();
  await expect(ana.page.getByText("Saved", { exact: true }).last()).toBeVisible();

  for (const [host, opens] of [["eu.shop", true], ["a.b.shop", true], ["workshop", false], ["shop", false], ["shop.evil", false]] as const) {
    const page = await visit(browser, pageOf(host));
    await page.locator("rapport-chat button").click();
    const panel = page.frameLocator("rapport-chat iframe").getByRole("textbox");
    if (opens) await expect(panel, host).toBeVisible();
    else {
      // The loader gives the frame up that the browser refused.
      await expect(page.locator("rapport-chat iframe"), host).toHaveCount(0);
      const refused = await page.context().request.post(new URL("/v1/widget/session", world().widget).href, { data: { site: world().site_key }, headers: { Origin: new URL(page.url()).origin } });
      expect(refused.status(), host).toBe(403);
    }
    await page.context().close();
  }
  await ana.leaves();
});
