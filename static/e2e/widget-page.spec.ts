import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Page } from "@playwright/test";
import { expect, test, Visitor, world } from "./people";

/** What the page was told, by listeners of both kinds. */
async function collect(page: Page): Promise<() => Promise<string[]>> {
  await page.evaluate(() => {
    const seen: string[] = ((window as never as { seen: string[] }).seen = []);
    for (const name of ["ready", "open", "close", "unread", "message", "message:sent", "conversation:start", "session", "page", "error", "status"]) {
      document.addEventListener(`rapport:${name}`, () => seen.push(name));
      (window as never as { Rapport: (...a: unknown[]) => void }).Rapport("on", name, () => seen.push(`on ${name}`));
    }
  });
  return () => page.evaluate(() => (window as never as { seen: string[] }).seen);
}

test("before the first word: two small requests, no frame, no storage, no cookie, no socket", async ({ browser }) => {
  const context = await browser.newContext();
  const page = await context.newPage();
  const asked: string[] = [];
  page.on("request", (r) => asked.push(r.url()));
  page.on("websocket", () => asked.push("a socket"));
  await page.goto(world().demo);
  await page.locator("rapport-chat button").waitFor();
  await page.waitForTimeout(1_000);
  const ours = asked.filter((u) => !u.includes("/demo/"));
  expect(ours.map((u) => new URL(u).pathname)).toEqual(["/w.js", "/v1/widget/config.js"]);
  await page.locator("rapport-chat button").click();
  const panel = page.frameLocator("rapport-chat iframe");
  await panel.getByRole("textbox").fill("half a sent");
  await page.waitForTimeout(700);
  const kept = () => page.evaluate(() => localStorage.length + sessionStorage.length);
  expect(await kept()).toBe(0);
  expect(await panel.locator("body").evaluate(() => localStorage.length + sessionStorage.length + document.cookie.length)).toBe(0);
  expect((await context.cookies()).length).toBe(0);
  expect(asked).not.toContain("a socket");
  expect(asked.filter((u) => u.includes("/v1/widget/session"))).toEqual([]);
  const opened = asked.filter((u) => /\/panel\?|\/assets\//.test(u)).map((u) => new URL(u).pathname);
  expect(opened.slice(0, 3).map((u) => u.replace(/.*\.|-.*/g, "")).sort(), "the panel opens in three requests").toEqual(["/panel", "css", "js"]);
  expect(opened.slice(3).filter((u) => !/panel-(answers|files|words|chunk)-/.test(u)), "after them only quick answers, the paper clip and what they need").toEqual([]);
  const hosts = new Set(asked.filter((u) => u !== "a socket").map((u) => new URL(u).host));
  expect([...hosts]).toEqual([new URL(world().widget).host]);
  await panel.getByRole("textbox").press("Enter");
  await expect.poll(kept).toBeGreaterThan(0);
  expect((await context.cookies()).length).toBe(0);
  await context.close();
});

test("the API: calls before the script, events of both kinds, and a clean shutdown", async ({ browser }) => {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.addInitScript(() => {
    const w = window as never as { Rapport: { q?: unknown[] } & ((...a: unknown[]) => void) };
    w.Rapport ??= function queue(...a: unknown[]) {
      (w.Rapport.q ??= []).push(a);
    } as never;
    w.Rapport("message", "written before the script came");
  });
  const maria = new Visitor(page);
  await maria.go("index.html");
  await expect(maria.box).toHaveValue("written before the script came");
  const seen = await collect(page);
  await page.evaluate(() => (window as never as { Rapport: { close(): void } }).Rapport.close());
  await maria.call("toggle");
  await expect(maria.box).toBeVisible();
  await maria.writes("hello");
  await expect.poll(seen).toEqual(expect.arrayContaining(["close", "on close", "open", "on open", "session", "conversation:start", "message:sent", "on message:sent"]));
  await page.evaluate(() => history.pushState({}, "", "?step=2"));
  await expect.poll(seen).toContain("page");
  await maria.call("hide");
  await expect(maria.launcher).toBeHidden();
  await maria.call("show");
  await maria.call("shutdown");
  await expect(page.locator("rapport-chat")).toHaveCount(0);
  await maria.call("boot");
  await expect(maria.launcher).toBeVisible();
  await maria.leaves();
});

test("an identified customer is verified for the agent; reset leaves nothing behind", async ({ browser, ana }) => {
  const maria = await Visitor.come(browser, {}, "account.html");
  await maria.page.getByRole("button", { name: /Maria Lopez/ }).click();
  await expect.poll(() => maria.storage()).toHaveLength(1);
  await maria.opens();
  await maria.writes("About order 4411: where is it?");
  const row = await ana.finds("About order 4411");
  await expect.poll(async () => (await ana.person(row.id)).verified).toBe(true);
  expect((await ana.person(row.id)).name).toBe("Maria Lopez");
  await expect.poll(async () => (await ana.person(row.id)).attributes.find((a) => a.key === "plan")).toMatchObject({ value: "regular", verified: false });

  await maria.call("update", { invitation: "Ana: Maria, your parcel is here." });
  await maria.page.keyboard.press("Escape");
  await maria.page.getByRole("button", { name: "Sign out" }).click();
  await expect.poll(() => maria.storage()).toHaveLength(0);
  await maria.launcher.click();
  await expect(maria.panel.getByText("About order 4411")).toHaveCount(0);
  // What the greeting says, another test may have changed.
  await expect(maria.panel.locator(".hello")).toBeVisible();
  await expect(maria.panel.locator(".hello")).not.toContainText("your parcel");
  await maria.leaves();
});

test("who is forgotten in one tab does not come back in another", async ({ browser, ana }) => {
  const maria = await Visitor.come(browser);
  await maria.opens();
  await maria.writes("Where does my secret live?");
  const { id } = await ana.finds("Where does my secret live?");
  const second = await maria.secondTab("cart.html");
  await second.sees("Where does my secret live?");
  // The page forgets and is gone before the panel, which leads, has heard of it.
  await maria.page.evaluate(() => localStorage.clear());
  await maria.page.close();
  await expect(second.panel.getByText("Where does my secret live?")).toHaveCount(0);
  expect(await second.storage()).toEqual([]);
  await second.writes("I am somebody new.");
  expect((await ana.finds("I am somebody new.")).id).not.toBe(id);
  await second.leaves();
});

test("without consent nothing is kept, and the chat works for the page's life", async ({ browser, ana }) => {
  const tom = await Visitor.come(browser);
  await tom.call("consent", false);
  await tom.opens();
  await tom.writes("No traces, please.");
  await tom.sees("No traces, please.");
  const { id } = await ana.finds("No traces, please.");
  await ana.answers(id, "None left.");
  await tom.sees("None left.");
  expect(await tom.storage()).toEqual([]);
  await tom.leaves();
});

test("with storage blocked the chat works for the page's life", async ({ browser, ana }) => {
  const context = await browser.newContext();
  await context.addInitScript(() => {
    for (const name of ["localStorage", "sessionStorage", "indexedDB"]) {
      Object.defineProperty(window, name, { get: () => { throw new DOMException("blocked", "SecurityError"); } });
    }
    Reflect.deleteProperty(window, "BroadcastChannel");
  });
  const page = await context.newPage();
  await page.goto(new URL("product.html?id=tide", world().demo).href);
  const panel = page.frameLocator("rapport-chat iframe");
  await page.locator("rapport-chat button").click();
  await panel.getByRole("textbox").fill("Nothing can be kept here.");
  await panel.getByRole("textbox").press("Enter");
  const { id } = await ana.finds("Nothing can be kept here.");
  await ana.answers(id, "It still works.");
  await expect(panel.getByText("It still works.")).toBeVisible();
  await context.close();
});

test("a page that the owner did not allow gets no panel", async ({ browser }) => {
  const elsewhere = createServer((_, answer) => {
    answer.setHeader("Content-Type", "text/html");
    answer.end(`<!doctype html><title>x</title><body><script async src="${world().widget}/w.js" data-site="${world().site_key}"></script>`);
  });
  await new Promise<void>((ready) => elsewhere.listen(0, "127.0.0.2", ready));
  const page = await (await browser.newContext()).newPage();
  const refused: string[] = [];
  page.on("console", (m) => /frame-ancestors/.test(m.text()) && refused.push(m.text()));
  await page.goto(`http://127.0.0.2:${(elsewhere.address() as AddressInfo).port}/`);
  await page.locator("rapport-chat button").click();
  await expect.poll(() => refused.length).toBeGreaterThan(0);
  await expect(page.frameLocator("rapport-chat iframe").getByRole("textbox")).toHaveCount(0);
  await page.context().close();
  elsewhere.close();
});

test("on a host that enforces Trusted Types the chat works, and breaks none of the rules", async ({ browser, ana }) => {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.addInitScript(() => {
    const seen: string[] = ((window as never as { broken: string[] }).broken = []);
    document.addEventListener("securitypolicyviolation", (e) => seen.push(`${e.violatedDirective} ${e.sample}`));
  });
  const maria = new Visitor(page);
  await maria.go("index.html");
  await maria.opens();
  await maria.writes("Do you trust your types?");
  const { id } = await ana.finds("Do you trust your types?");
  await ana.answers(id, "Every one of them.");
  await maria.sees("Every one of them.");
  await maria.call("locale", "ar");
  await expect(maria.panel.locator("html")).toHaveAttribute("dir", "rtl");
  await expect(maria.box, "who was in it is in it again").toBeFocused();
  const broken = () => page.evaluate(() => (window as never as { broken: string[] }).broken);
  expect(await broken()).toEqual([]);
  // The rules do hold on this page: a script without a policy is refused, and so is a second policy.
  const other = await context.newPage();
  await other.goto(world().demo);
  await other.locator("rapport-chat button").waitFor();
  const refused = await other.evaluate(() => {
    const tries = [
      () => void (document.createElement("script").src = "/demo/other.js"),
      () => void (window as never as { trustedTypes: { createPolicy(n: string, r: object): void } }).trustedTypes.createPolicy("rapport", {}),
    ];
    return tries.filter((does) => {
      try {
        does();
        return false;
      } catch {
        return true;
      }
    }).length;
  });
  expect(refused).toBe(2);
  await maria.leaves();
});

test("the host page keeps its own ways: no handler, style or global of its own is touched", async ({ browser }) => {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.addInitScript(() => {
    (window as never as { mine: number }).mine = 0;
    window.onmessage = () => void (window as never as { mine: number }).mine++;
  });
  const maria = new Visitor(page);
  await maria.go("index.html");
  const before = await page.evaluate(() => [document.documentElement.getAttribute("style"), document.documentElement.className, getComputedStyle(document.body).color, document.styleSheets.length]);
  await maria.opens();
  await maria.writes("hello host");
  await maria.sees("hello host");
  const after = await page.evaluate(() => [document.documentElement.getAttribute("style"), document.documentElement.className, getComputedStyle(document.body).color, document.styleSheets.length]);
  expect(after).toEqual(before);
  expect(await page.evaluate(() => [window.onmessage !== null, (window as never as { mine: number }).mine])).toEqual([true, 0]);
  await maria.leaves();
});
