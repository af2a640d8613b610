import { frameOf, violations } from "./axe";
import { expect, test, Visitor, type Agent } from "./people";

/** A short talk with everything in it that can be drawn. */
async function talk(visitor: Visitor, ana: Agent, words: string): Promise<string> {
  await visitor.opens();
  await visitor.writes(words);
  const { id } = await ana.finds(words);
  await ana.takes(id);
  await ana.answers(id, "A list:\n- one\n- two\n\nand `code` with https://shop.example/x");
  await expect(visitor.message("A list:")).toBeVisible();
  return id;
}

for (const colorScheme of ["light", "dark"] as const) {
  for (const [locale, shape] of [["en", { width: 1280, height: 860 }], ["ar", { width: 360, height: 740 }]] as const) {
    test(`axe finds nothing: ${colorScheme}, ${locale}, ${shape.width} px`, async ({ browser, ana }) => {
      const visitor = await Visitor.come(browser, { colorScheme, viewport: shape, locale });
      await visitor.call("locale", locale);
      await expect(visitor.launcher).toBeVisible();
      expect(await violations(visitor.page)).toEqual([]);
      await visitor.opens();
      expect(await violations(frameOf(visitor)), "before the first word").toEqual([]);
      await visitor.page.keyboard.press("Escape");
      await talk(visitor, ana, `axe ${colorScheme} ${locale}`);
      expect(await violations(frameOf(visitor)), "in a talk").toEqual([]);
      await visitor.panel.locator(".emoji > button").click();
      expect(await violations(frameOf(visitor)), "emoji").toEqual([]);
      await visitor.page.keyboard.press("Escape");
      await visitor.panel.locator(".menu > button").click();
      expect(await violations(frameOf(visitor)), "menu").toEqual([]);
      await visitor.panel.getByRole("menuitem").first().click();
      expect(await violations(frameOf(visitor)), "earlier conversations").toEqual([]);
      await visitor.leaves();
    });
  }
}

test("by keyboard alone: open, write, add an emoji, open the menu, close", async ({ browser, ana }) => {
  const maria = await Visitor.come(browser);
  const { keyboard } = maria.page;
  await maria.launcher.focus();
  await keyboard.press("Enter");
  await expect(maria.box).toBeFocused();
  await keyboard.type("Two lines,");
  await keyboard.press("Shift+Enter");
  await keyboard.type("one message");
  const clip = maria.panel.getByRole("button", { name: "Attach a file" });
  await clip.waitFor();
  await keyboard.press("Tab");
  await expect(clip).toBeFocused();
  await keyboard.press("Tab");
  await keyboard.press("Enter");
  await expect(maria.panel.getByRole("button", { name: "smiling face", exact: true })).toBeFocused();
  await keyboard.press("ArrowDown");
  await keyboard.press("ArrowRight");
  await keyboard.press("Enter");
  await expect(maria.box).toBeFocused();
  await expect(maria.box).toHaveValue("Two lines,\none message😢");
  await keyboard.press("Enter");
  await ana.finds("Two lines, one message");
  await keyboard.press("Shift+Tab");
  await expect(maria.panel.getByRole("log")).toBeFocused();
  await keyboard.press("Shift+Tab");
  await keyboard.press("Shift+Tab");
  await keyboard.press("Enter");
  await expect(maria.panel.getByRole("menuitemcheckbox")).toBeFocused();
  await keyboard.press("End");
  await expect(maria.panel.getByRole("menuitem", { name: "End this conversation" })).toBeFocused();
  await keyboard.press("Escape");
  await expect(maria.panel.getByRole("button", { name: "More" })).toBeFocused();
  await keyboard.press("Escape");
  await expect(maria.launcher).toBeFocused();
  await maria.leaves();
});

test("a screen reader hears each new answer once, and history never", async ({ browser, ana }) => {
  const tom = await Visitor.come(browser);
  const id = await talk(tom, ana, "Read this to me.");
  await tom.page.reload();
  await tom.sees("Read this to me.");
  const spoken = () => tom.panel.locator("[data-announce=messages]").evaluate((el) => {
    const w = window as never as { spoken?: string[] };
    if (!w.spoken) {
      const heard: string[] = (w.spoken = []);
      new MutationObserver(() => el.textContent && heard.push(el.textContent)).observe(el, { childList: true, characterData: true, subtree: true });
    }
    return w.spoken;
  });
  expect(await tom.panel.locator("[data-announce=messages]").textContent()).toBe("");
  await spoken();
  await ana.answers(id, "Only this is new.");
  await expect.poll(spoken).toEqual(["Ana Ruiz: Only this is new."]);
  await expect(tom.panel.getByRole("log")).toHaveAttribute("aria-live", "off");
  await tom.leaves();
});

test("Enter that ends a composition does not send", async ({ browser }) => {
  const visitor = await Visitor.come(browser);
  await visitor.opens();
  const cdp = await visitor.page.context().newCDPSession(visitor.page);
  await cdp.send("Input.imeSetComposition", { text: "にほん", selectionStart: 3, selectionEnd: 3 });
  await cdp.send("Input.dispatchKeyEvent", { type: "rawKeyDown", key: "Process", code: "Enter", windowsVirtualKeyCode: 229 });
  await visitor.page.waitForTimeout(300);
  await expect(visitor.box).toHaveValue("にほん");
  await expect(visitor.panel.locator(".bubble")).toHaveCount(0);
  await visitor.leaves();
});

test("on a phone the panel fills the screen, the page behind is out of reach, and targets are large", async ({ browser, ana }) => {
  const tom = await Visitor.come(browser, { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true });
  await talk(tom, ana, "From my phone.");
  const box = (await tom.page.locator("rapport-chat iframe").boundingBox())!;
  expect([box.x, box.y, box.width, box.height]).toEqual([0, 0, 360, 740]);
  expect(await tom.page.evaluate(() => [...document.body.children].filter((e) => e.localName !== "rapport-chat").every((e) => (e as HTMLElement).inert))).toBe(true);
  await expect(tom.launcher).toBeHidden();
  for (const button of await tom.panel.locator("header button, form > button, form .popover > button").all()) {
    const { width, height } = (await button.boundingBox())!;
    expect(Math.min(width, height)).toBeGreaterThanOrEqual(44);
  }
  expect(await tom.box.evaluate((e) => Number.parseFloat(getComputedStyle(e).fontSize))).toBeGreaterThanOrEqual(16);
  await tom.panel.getByRole("button", { name: "Close the chat" }).click();
  await expect(tom.launcher).toBeFocused();
  expect(await tom.page.evaluate(() => [...document.body.children].some((e) => (e as HTMLElement).inert))).toBe(false);
  await tom.leaves();
});

test("right to left: the same talk in Arabic, mirrored", async ({ browser, ana }) => {
  const visitor = await Visitor.come(browser);
  await visitor.call("locale", "ar");
  await expect(visitor.launcher).toHaveAccessibleName("تحدّث معنا");
  await talk(visitor, ana, "مرحبا، هل المصباح متوفر؟");
  const frame = frameOf(visitor);
  expect(await frame.evaluate(() => [document.documentElement.lang, document.documentElement.dir])).toEqual(["ar", "rtl"]);
  await expect(visitor.panel.getByText(/انضمّ/)).toBeVisible();
  const own = (await visitor.message("مرحبا").boundingBox())!;
  const other = (await visitor.message("A list").boundingBox())!;
  const width = (await visitor.page.locator("rapport-chat iframe").boundingBox())!;
  expect(own.x - width.x, "own words stand at the inline end: left").toBeLessThan(20);
  expect(width.x + width.width - (other.x + other.width)).toBeLessThan(70);
  await visitor.leaves();
});

test("no word outside the catalogue: in the pseudo-locale every letter of ours is accented", async ({ browser, ana }) => {
  const visitor = await Visitor.come(browser);
  await visitor.call("locale", "en-XA");
  await expect(visitor.launcher).toHaveAccessibleName(/Çĥáţ/);
  const id = await talk(visitor, ana, "12345");
  const words = () => frameOf(visitor).evaluate(() => {
    const out: string[] = [];
    const walk = document.createTreeWalker(document.getElementById("app")!, NodeFilter.SHOW_TEXT);
    for (let n = walk.nextNode(); n; n = walk.nextNode()) if (!n.parentElement!.closest(".bubble, time, h1, .avatar, [data-announce]")) out.push(n.nodeValue!);
    for (const e of document.querySelectorAll("[aria-label], [title], [placeholder]")) {
      // Times and addresses are nobody's words.
      if (e.closest("time, .bubble")) continue;
      for (const name of ["aria-label", "placeholder", "title"]) out.push(e.getAttribute(name) ?? "");
    }
    return out.map((t) => t.replace(/Ana Ruiz|My shop|Demo|Today|Kiln & Wick/g, "")).filter((t) => /[a-z]/.test(t) && !t.includes("~"));
  });
  expect(await words()).toEqual([]);
  await ana.closes(id);
  await expect(visitor.panel.locator(".ended")).toBeVisible();
  expect(await words()).toEqual([]);
  await visitor.leaves();
});

test("at 320 px and twice the text size nothing is cut off or scrolls sideways", async ({ browser, ana }) => {
  const visitor = await Visitor.come(browser, { viewport: { width: 320, height: 640 } });
  await talk(visitor, ana, "Averyveryverylongwordwithoutanyspacesthatwouldneverfitononelineofsuchasmallscreen");
  const frame = frameOf(visitor);
  await frame.evaluate(() => document.documentElement.style.setProperty("zoom", "2"));
  const wide = await frame.evaluate(() => [document.documentElement, ...document.querySelectorAll(".scroll, header, form")].filter((e) => e.scrollWidth > e.clientWidth + 1).map((e) => e.className));
  expect(wide).toEqual([]);
  await visitor.leaves();
});

test("reduced motion: nothing moves", async ({ browser, ana }) => {
  const visitor = await Visitor.come(browser, { reducedMotion: "reduce" });
  await talk(visitor, ana, "Stand still.");
  await visitor.panel.locator(".menu > button").click();
  expect(await frameOf(visitor).evaluate(() => document.getAnimations().length)).toBe(0);
  expect(await visitor.page.evaluate(() => document.getAnimations().length)).toBe(0);
  await visitor.leaves();
});
