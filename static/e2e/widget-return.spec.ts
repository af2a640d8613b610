import type { Page } from "@playwright/test";
import { expect, test, Visitor, world } from "./people";

// Going back brings the page of before, as it was, only where the browser keeps it.
test.use({ launchOptions: async ({ launchOptions }, use) => use({ ...launchOptions, ignoreDefaultArgs: ["--disable-back-forward-cache"] }) });

const inert = (page: Page) => page.evaluate(() => [...document.body.children].some((e) => (e as HTMLElement).inert));
const panelFrames = (visitor: Visitor) => visitor.page.locator("rapport-chat iframe");

test("a panel that cannot be fetched covers nothing, is told to the page, and comes with the next opening", async ({ browser }) => {
  const tom = await Visitor.come(browser, { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true });
  const errors = () => tom.page.evaluate(() => (window as never as { errors: unknown[] }).errors);
  await tom.page.evaluate(() => {
    const errors: unknown[] = ((window as never as { errors: unknown[] }).errors = []);
    document.addEventListener("rapport:error", (e) => errors.push((e as CustomEvent).detail));
  });
  await tom.page.route("**/panel?*", (route) => route.abort());
  await tom.launcher.click();
  await expect(tom.launcher).toHaveAttribute("aria-expanded", "true");
  await expect(tom.launcher).toBeVisible();
  await expect(panelFrames(tom)).toBeHidden();
  expect(await inert(tom.page)).toBe(false);
  await expect.poll(errors).toEqual([{ code: "panel" }]);
  await expect(panelFrames(tom)).toHaveCount(0);
  await expect(tom.launcher).toHaveAttribute("aria-expanded", "false");

  await tom.page.unroute("**/panel?*");
  await tom.opens();
  await expect(tom.launcher).toBeHidden();
  expect(await inert(tom.page)).toBe(true);
  await tom.writes("There you are.");
  await tom.sees("There you are.");
  await tom.leaves();
});

test("a part that cannot be fetched says so, and comes when it is asked for again", async ({ browser }) => {
  const tom = await Visitor.come(browser);
  await tom.opens();
  await tom.page.route("**/assets/panel-emoji-*", (route) => route.abort());
  await tom.panel.getByRole("button", { name: "Add an emoji" }).click();
  await expect(tom.panel.getByRole("alert")).toContainText("This could not be fetched just now.");
  await tom.page.unroute("**/assets/panel-emoji-*");
  await tom.panel.getByRole("button", { name: "Try again" }).click();
  await tom.panel.getByRole("button", { name: "thumbs up" }).click();
  await expect(tom.box).toHaveValue("👍");
  await tom.leaves();
});

test("a phone that is turned has its page back, and covers it again", async ({ browser }) => {
  const tom = await Visitor.come(browser, { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true });
  await tom.opens();
  await expect.poll(() => inert(tom.page)).toBe(true);
  await tom.page.setViewportSize({ width: 740, height: 360 });
  await expect.poll(() => inert(tom.page)).toBe(false);
  await expect(tom.launcher).toBeVisible();
  await expect(tom.panel.getByRole("dialog")).toHaveAttribute("aria-modal", "false");
  await tom.page.setViewportSize({ width: 360, height: 740 });
  await expect.poll(() => inert(tom.page)).toBe(true);
  await expect(tom.launcher).toBeHidden();
  await tom.panel.getByRole("button", { name: "Close the chat" }).click();
  await expect.poll(() => inert(tom.page)).toBe(false);
  await expect(tom.launcher).toBeFocused();
  await tom.leaves();
});

test("who is logged out before the configuration came sees no launcher afterwards", async ({ browser }) => {
  const maria = await Visitor.come(browser);
  let answer = () => {};
  const held = new Promise<void>((go) => (answer = go));
  await maria.page.route("**/config.js?*", async (route) => {
    await held;
    await route.continue();
  });
  const came = maria.page.waitForResponse("**/config.js?*");
  await maria.call("boot");
  await maria.call("open");
  await maria.call("shutdown");
  answer();
  await came;
  await maria.page.waitForTimeout(600);
  await expect(maria.page.locator("rapport-chat")).toHaveCount(0);
  await maria.page.unroute("**/config.js?*");
  await maria.call("boot");
  await expect(maria.launcher).toHaveAttribute("aria-expanded", "false");
  await maria.leaves();
});

test("the launcher counts in its own language, whatever the page calls its", async ({ browser, ana }) => {
  const tom = await Visitor.come(browser);
  await tom.opens();
  const words = `What does my page's language do? ${Date.now()}`; // a second try finds its own
  await tom.writes(words);
  const { id } = await ana.finds(words);
  await tom.panel.getByRole("button", { name: "Close the chat" }).click();
  await tom.page.evaluate(() => (document.documentElement.lang = "en_US"));
  const unread = () => tom.page.evaluate(() => (window as unknown as { Rapport: { state: { unread: number } } }).Rapport.state.unread);
  const before = await unread();
  await ana.answers(id, "Nothing at all.");
  await expect.poll(unread).toBe(before + 1);
  await expect(tom.launcher).toHaveAccessibleName(`Chat with us, ${before + 1} new message${before ? "s" : ""}`);
  await tom.leaves();
});

test("a page that comes back from the browser's memory follows the tab that has led since", async ({ browser, ana }) => {
  const maria = await Visitor.come(browser);
  await maria.opens();
  await maria.writes("I will be back.");
  await expect(maria.panel.getByText("Sent", { exact: true })).toBeVisible();
  const { id } = await ana.finds("I will be back.");
  await maria.page.evaluate(() => Object.assign(window, { stayed: true }));
  const second = await maria.secondTab("cart.html");
  await second.sees("I will be back.");
  await maria.page.goto("about:blank");
  await second.writes("While it was away.");
  await expect(second.panel.getByText("Sent", { exact: true })).toBeVisible();

  await maria.page.goBack({ waitUntil: "commit" });
  expect(await maria.page.evaluate(() => "stayed" in window), "the browser kept the page").toBe(true);
  await maria.page.evaluate(() => {
    const heard: string[] = ((window as never as { heard: string[] }).heard = []);
    document.addEventListener("rapport:message", (e) => heard.push(((e as CustomEvent).detail as { text: string }).text));
  });
  await ana.answers(id, "Once is enough.");
  await second.sees("Once is enough.");
  await maria.page.waitForTimeout(1_500);
  expect(await maria.page.evaluate(() => (window as never as { heard: string[] }).heard)).toEqual(["Once is enough."]);
  // Playwright does not find the frames of such a page again; hands do.
  await maria.page.mouse.click(1000, 733);
  await maria.page.keyboard.type("Back again.");
  await maria.page.keyboard.press("Enter");
  await second.sees("Back again.");
  await maria.leaves();
});

test("a refusal is said in the panel's language, and heard once", async ({ browser }) => {
  const visitor = await Visitor.come(browser);
  let refuse = true;
  await visitor.page.routeWebSocket(/widget\/socket/, (socket) => {
    const server = socket.connectToServer();
    socket.onMessage((text) => {
      const frame = JSON.parse(String(text)) as { type: string; ref?: string };
      if (frame.type !== "post" || !refuse) return server.send(text);
      socket.send(JSON.stringify({ type: "error", ref: frame.ref, code: "too_large", message: "A sentence in English." }));
    });
  });
  await visitor.call("locale", "ar");
  await expect(visitor.launcher).toHaveAccessibleName("تحدّث معنا");
  await visitor.opens();
  await visitor.panel.locator("[data-announce=messages]").evaluate((el) => {
    const heard: string[] = ((window as never as { heard: string[] }).heard = []);
    new MutationObserver(() => el.textContent && heard.push(el.textContent)).observe(el, { childList: true, characterData: true, subtree: true });
  });
  const heard = () => visitor.panel.locator("body").evaluate(() => (window as never as { heard: string[] }).heard);
  await visitor.writes("١");
  await expect(visitor.panel.locator(".why")).toHaveText("الرسالة طويلة جدًا. استرجعها وأرسلها على أجزاء.");
  await expect(visitor.panel.getByText("A sentence in English.")).toHaveCount(0);
  await expect.poll(heard).toEqual(["لم تُرسل الرسالة"]);
  // The words are emptied before they can be said again.
  await expect(visitor.panel.locator("[data-announce=messages]")).toHaveText("", { timeout: 10_000 });
  await visitor.writes("٢");
  await expect(visitor.panel.locator(".why")).toHaveCount(2);
  await expect.poll(heard).toHaveLength(2);
  await expect(visitor.panel.locator("[data-announce=messages]")).toHaveText("", { timeout: 10_000 });
  refuse = false;
  await visitor.panel.getByRole("button", { name: "أعد الإرسال" }).first().click();
  await expect(visitor.panel.locator(".why")).toHaveCount(1);
  await visitor.page.waitForTimeout(800);
  expect(await heard()).toHaveLength(2);
  await visitor.leaves();
});

test("an end that was not heard says so, and comes when it is asked for again", async ({ browser, ana }) => {
  const maria = await Visitor.come(browser);
  await maria.opens();
  await maria.writes("That was all.");
  await ana.finds("That was all.");
  await maria.page.route("**/conversations/*/end", (route) => route.abort());
  await maria.panel.getByRole("button", { name: "More" }).click();
  await maria.panel.getByRole("menuitem", { name: "End this conversation" }).click();
  await expect(maria.panel.getByRole("alert")).toContainText("This could not be ended just now.");
  await maria.page.unroute("**/conversations/*/end");
  await maria.panel.getByRole("alert").getByRole("button", { name: "Try again" }).click();
  await expect(maria.box).toBeFocused();
  await expect(maria.panel.getByText("You ended this conversation")).toBeVisible();
  await expect(maria.panel.getByRole("alert")).toHaveCount(0);
  await maria.leaves();
});

test("as a page of its own the chat offers no button that folds it away", async ({ browser }) => {
  const page = await (await browser.newContext()).newPage();
  await page.goto(new URL(`/panel?site=${world().site_key}`, world().widget).href);
  await expect(page.getByRole("button", { name: "More" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Close the chat" })).toHaveCount(0);
  await page.getByRole("textbox").fill("On a page of its own.");
  await page.getByRole("textbox").press("Enter");
  await expect(page.locator(".bubble")).toHaveText("On a page of its own.");
  await page.context().close();
});

test("of two tabs the one in sight makes the sound, and neither while the chat is looked at", async ({ browser, ana }) => {
  const maria = await Visitor.come(browser);
  await maria.page.context().addInitScript(() => {
    const heard = { tones: 0 };
    Object.assign(window, { heard });
    const { start } = OscillatorNode.prototype;
    OscillatorNode.prototype.start = function counted(when) {
      heard.tones++;
      start.call(this, when);
    };
  });
  await maria.page.reload();
  const second = await maria.secondTab("cart.html");
  const tones = (tab: Visitor) => tab.panel.locator("body").evaluate(() => (window as never as { heard: { tones: number } }).heard.tones);
  await maria.opens();
  await maria.writes("Can I hear you?");
  const { id } = await ana.finds("Can I hear you?");
  // Sound is allowed where something was done.
  await second.opens();
  await second.panel.getByRole("button", { name: "Close the chat" }).click();
  await maria.panel.getByRole("button", { name: "Close the chat" }).click();
  await maria.panel.locator("body").evaluate(() => Object.defineProperty(document, "visibilityState", { get: () => "hidden" }));
  await ana.answers(id, "Only in one place.");
  await expect.poll(() => tones(second)).toBe(2);
  await maria.page.waitForTimeout(3_000);
  expect([await tones(maria), await tones(second)]).toEqual([0, 2]);

  await second.opens();
  await ana.answers(id, "You are looking at it.");
  await second.sees("You are looking at it.");
  await maria.page.waitForTimeout(1_000);
  expect([await tones(maria), await tones(second)]).toEqual([0, 2]);
  await maria.leaves();
});
