import { Desk } from "./desk";
import { expect, test, Visitor, world } from "./people";

const SCREENS = {
  "the site": ["/site/look", "/site/words", "/site/place", "/site/identity", "/site/mail", "/site/after", "/site/coach", "/site/more"],
  "guide, team and account": ["/queue", "/templates", "/templates/prompts", "/templates/answers", "/templates/standards", "/team", "/account"],
};

/** A screen in the light and in the dark. */
async function isAccessibleInBoth(desk: Desk): Promise<void> {
  for (const colorScheme of ["light", "dark"] as const) {
    await desk.page.emulateMedia({ colorScheme });
    await desk.isAccessible();
  }
}

for (const [part, paths] of Object.entries(SCREENS)) {
  test(`axe finds nothing on any screen, light or dark: ${part}`, async ({ browser }) => {
    const ana = await Desk.open(browser, { bypassCSP: true, reducedMotion: "reduce" });
    for (const path of paths) {
      await ana.go(path);
      await ana.page.locator("h1").first().waitFor();
      await isAccessibleInBoth(ana);
    }
    await ana.leaves();
  });
}

test("axe finds nothing on any screen, light or dark: the door, and a conversation", async ({ browser }) => {
  const tom = await Visitor.come(browser);
  await tom.opens();
  await tom.writes("A question in both lights.");
  const door = new Desk(await (await browser.newContext({ bypassCSP: true, reducedMotion: "reduce" })).newPage());
  await door.page.goto(world().console);
  await door.page.getByRole("heading", { name: "Welcome back" }).waitFor();
  await isAccessibleInBoth(door);
  await door.leaves();

  const ana = await Desk.open(browser, { bypassCSP: true, reducedMotion: "reduce" });
  await ana.opens("A question in both lights.");
  await isAccessibleInBoth(ana);
  await ana.box.fill("Dear {{customer.name}}");
  await ana.box.press("Enter");
  await isAccessibleInBoth(ana);
  await ana.box.press("Alt+n");
  await isAccessibleInBoth(ana);
  await ana.page.keyboard.press("Control+k");
  await ana.page.getByRole("dialog").getByRole("combobox").waitFor();
  await isAccessibleInBoth(ana);
  expect(await ana.page.evaluate(() => document.getAnimations().length), "nothing moves under reduced motion").toBe(0);
  await tom.leaves();
  await ana.leaves();
});

test("a template is written, found by its shortcut, and removed", async ({ browser }) => {
  const ana = await Desk.open(browser);
  await ana.go("/templates");
  await ana.page.getByRole("button", { name: "New template" }).first().click();
  const editor = ana.page.getByRole("dialog");
  await editor.getByLabel("Title").fill("Opening hours");
  await editor.getByLabel("Shortcut").fill("hours");
  await editor.getByLabel("Words", { exact: true }).fill("We are here from ten to six, ");
  await editor.getByRole("button", { name: "Insert a variable" }).click();
  await ana.page.getByRole("menuitem", { name: "Name of the site" }).click();
  await expect(editor.getByLabel("Words", { exact: true })).toHaveValue(/\{\{site\.name\}\}$/);
  await editor.getByRole("button", { name: "Save" }).click();
  await expect(ana.page.getByText("Opening hours")).toBeVisible();

  const tom = await Visitor.come(browser);
  await tom.opens();
  await tom.writes("When can I come by?");
  await ana.opens("When can I come by?");
  await ana.box.pressSequentially("/hours");
  await ana.box.press("Enter");
  await expect(ana.box).toHaveValue(/^We are here from ten to six, [^{]+$/);
  await ana.go("/templates");
  await ana.page.getByRole("button", { name: "Remove “Opening hours”" }).click();
  await ana.page.getByRole("alertdialog").getByRole("button", { name: "Remove" }).click();
  await expect(ana.page.locator(".template", { hasText: "Opening hours" })).toHaveCount(0);
  await tom.leaves();
  await ana.leaves();
});

test("the look of the site is changed and checked, and a wrong value is told at its field", async ({ browser }) => {
  const ana = await Desk.open(browser);
  await ana.go("/site/look");
  const color = ana.page.getByLabel("Colour", { exact: true });
  const before = await color.inputValue();
  await color.fill("#ffee00");
  await expect(ana.page.getByText(/^Contrast 1\d/)).toBeVisible();
  await color.fill("#ffee0");
  await expect(ana.page.getByText("A colour is written as #rrggbb.")).toBeVisible();
  await expect(ana.page.getByRole("button", { name: "Save" })).toBeDisabled();
  await color.fill(before);
  await ana.page.getByRole("link", { name: "Words and languages" }).click();
  const note = ana.page.getByLabel("When they hear from you");
  const words = await note.inputValue();
  await note.fill("Answers before the kettle boils");
  await ana.page.getByRole("button", { name: "Save" }).click();
  await expect(ana.page.getByText("Saved")).toBeVisible();
  await ana.page.reload();
  await expect(note).toHaveValue("Answers before the kettle boils");
  await note.fill(words);
  await ana.page.getByRole("button", { name: "Save" }).click();

  await ana.page.getByRole("link", { name: "Where it runs" }).click();
  const origins = ana.page.getByLabel("Allowed addresses, one in each line");
  await origins.fill(`${await origins.inputValue()}\nnot an address`);
  await ana.page.getByRole("button", { name: "Save" }).click();
  await expect(ana.page.getByRole("alert")).toBeVisible();
  await ana.leaves();
});

test("other sessions are seen and ended", async ({ browser }) => {
  const ana = await Desk.signIn(browser);
  const elsewhere = await Desk.signIn(browser);
  await elsewhere.go("/queue");
  await ana.go("/account");
  await expect(ana.page.getByText("this one")).toBeVisible();
  const ends = ana.page.getByRole("button", { name: "End", exact: true });
  while ((await ends.count()) > 0) {
    const left = await ends.count();
    await ends.first().click();
    await expect(ends).toHaveCount(left - 1);
  }
  await expect(elsewhere.page.getByText("Your session has ended.")).toBeVisible();
  Desk.forget();
  await elsewhere.leaves();
  await ana.leaves();
});

test("signing out everywhere ends all sessions, or says that none has ended", async ({ browser }) => {
  const ana = await Desk.signIn(browser);
  const elsewhere = await Desk.signIn(browser);
  await elsewhere.go("/queue");
  await ana.page.route("**/me/sessions", (route) => route.abort());
  await ana.go("/account");
  const list = ana.page.locator("section").filter({ has: ana.page.getByRole("heading", { name: "Where you are signed in" }) });
  await expect(list.getByRole("button", { name: "Try again" })).toBeVisible();
  await list.getByRole("button", { name: "Sign out everywhere" }).click();
  await expect(list.getByRole("alert").filter({ hasNot: ana.page.getByRole("button") })).toBeVisible();
  await ana.page.unroute("**/me/sessions");
  await list.getByRole("button", { name: "Try again" }).click();
  await expect(list.getByText("this one")).toBeVisible();
  await list.getByRole("button", { name: "Sign out everywhere" }).click();
  await expect(ana.page.getByRole("button", { name: "Sign in" })).toBeVisible();
  await expect(elsewhere.page.getByText("Your session has ended.")).toBeVisible();
  Desk.forget();
  await elsewhere.leaves();
  await ana.leaves();
});

test("each section of the site has an address, is remembered, and keeps what was typed", async ({ browser }) => {
  const ana = await Desk.open(browser, { bypassCSP: true });
  await ana.go("/site/words");
  const greeting = ana.page.getByLabel("Greeting");
  await greeting.fill("Half a sentence");
  await ana.page.getByRole("link", { name: "After closing" }).click();
  await expect(ana.page).toHaveURL(/\/site\/after$/);
  await expect(ana.page.getByRole("heading", { level: 1, name: "After closing" })).toBeVisible();
  await ana.page.goBack();
  await expect(greeting).toHaveValue("Half a sentence");
  await ana.page.getByRole("link", { name: "Identity and keys" }).click();
  await ana.go("/site");
  await expect(ana.page, "the section that was open last").toHaveURL(/\/site\/identity$/);
  await ana.page.keyboard.press("Control+k");
  await ana.page.getByRole("combobox").fill("words of the coach");
  await ana.page.keyboard.press("Enter");
  await expect(ana.page).toHaveURL(/\/site\/coach$/);

  await ana.page.setViewportSize({ width: 360, height: 740 });
  await ana.page.getByRole("link", { name: "All settings" }).click();
  await ana.isAccessible();
  await ana.page.getByRole("link", { name: "E-mail" }).press("Enter");
  await expect(ana.page.getByRole("heading", { level: 1, name: "E-mail" }), "whose list has gone").toBeFocused();
  expect(await ana.page.evaluate(() => document.documentElement.scrollWidth), "nothing is wider than the phone").toBe(360);
  await ana.isAccessible();
  await ana.leaves();
});
