import type { Locator } from "@playwright/test";
import { Desk } from "./desk";
import { expect, test, Visitor } from "./people";
import type { Stop } from "./start";

let stop: Stop;

// A house of its own: those who wait longest are drawn first, and whoever other tests leave
// waiting would push these below what is drawn.
test.beforeAll(async () => {
  stop = await Desk.house();
});
test.afterAll(() => stop());

test("keyboard alone: find, open, take, answer, step, close", async ({ browser }) => {
  const maria = await Visitor.come(browser);
  const question = `Any seconds on sale? ${Date.now()}`;
  await maria.opens();
  await maria.writes(question);
  await maria.sees(question);
  const ana = await Desk.open(browser);
  const { page } = ana;
  await ana.go("/open");
  await ana.rows.first().waitFor();
  await page.keyboard.press("g");
  await page.keyboard.press("q");
  await expect(page).toHaveURL(/\/console\/queue/);
  const atHers = () => ana.rows.filter({ hasText: question }).evaluateAll((found) => found.some((row) => row.classList.contains("at")));
  await expect(async () => {
    await page.keyboard.press("j");
    expect(await atHers()).toBe(true);
  }).toPass({ intervals: [50], timeout: 15_000 });
  await page.keyboard.press("Enter");
  await expect(ana.box).toBeFocused();
  await page.keyboard.press("Alt+i");
  await expect(page.getByText("Yours")).toBeVisible();
  await page.keyboard.type("On the last shelf.");
  await page.keyboard.press("Control+Enter");
  await maria.sees("On the last shelf.");
  await page.keyboard.press("Alt+Shift+Digit5");
  await expect(ana.coach.getByRole("heading", { name: "Closing" })).toBeVisible();
  await page.keyboard.press("Alt+e");
  await expect(maria.panel.getByText("ended this conversation")).toBeVisible();

  await page.keyboard.press("Control+k");
  await page.getByRole("dialog").getByRole("combobox").fill("keyboard short");
  // The search loads at its first use, and takes the first in hand.
  await expect(page.getByRole("option", { name: /keyboard shortcuts/i })).toHaveAttribute("data-highlighted", "");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog", { name: "Keyboard shortcuts" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await maria.leaves();
  await ana.leaves();
});

test("letters do nothing once single keys are off, chords still do", async ({ browser }) => {
  const ana = await Desk.open(browser);
  await ana.go("/account");
  const help = ana.page.getByRole("dialog", { name: "Keyboard shortcuts" });
  // The help is fetched when it is first wanted: only from then on is it a wonder that nothing shows.
  await ana.page.locator("h1").click();
  await ana.page.keyboard.press("?");
  await expect(help).toBeVisible();
  await ana.page.keyboard.press("Escape");
  await expect(help).toHaveCount(0);
  await ana.page.getByRole("switch", { name: "Single letters as shortcuts" }).uncheck();
  await ana.page.locator("h1").click();
  await ana.page.keyboard.press("?");
  await ana.page.keyboard.press("Control+k");
  await expect(ana.page.getByRole("dialog").getByRole("combobox")).toBeVisible();
  await expect(help).toHaveCount(0);
  await ana.leaves();
});

test("an input method's Enter chooses a word and sends nothing", async ({ browser }) => {
  const tom = await Visitor.come(browser);
  await tom.opens();
  await tom.writes("Do you speak Japanese?");
  const ana = await Desk.open(browser);
  await ana.opens("Do you speak Japanese?");
  await ana.box.focus();
  const cdp = await ana.page.context().newCDPSession(ana.page);
  await cdp.send("Input.imeSetComposition", { text: "はい", selectionStart: 2, selectionEnd: 2 });
  await ana.box.dispatchEvent("keydown", { key: "Enter", isComposing: true });
  await expect(ana.box).toHaveValue("はい");
  await expect(ana.message("はい")).toHaveCount(0);
  await tom.leaves();
  await ana.leaves();
});

test("on a phone: one pane, a way back, and the coach in a drawer", async ({ browser }) => {
  const tom = await Visitor.come(browser);
  await tom.opens();
  await tom.writes("Phone sized question?");
  const ana = await Desk.open(browser, { viewport: { width: 360, height: 740 }, hasTouch: true });
  await ana.opens("Phone sized question?");
  await expect(ana.page.getByRole("listbox")).toHaveCount(0);
  expect(await ana.page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  await ana.page.getByRole("button", { name: "Show coach and customer" }).click();
  await expect(ana.coach).toBeVisible();
  await ana.page.getByRole("complementary", { name: "Coach and customer" }).getByRole("button", { name: "Close", exact: true }).hover();
  await expect(ana.page.getByRole("tooltip")).toBeVisible();
  await ana.page.keyboard.press("Escape");
  await expect(ana.coach, "the tip does not keep the key to itself").toHaveCount(0);
  await ana.page.getByRole("button", { name: "Back to the list" }).click();
  await expect(ana.page.getByRole("listbox")).toBeVisible();
  await tom.leaves();
  await ana.leaves();
});

test("a tip says what a button is for: on hover, where it can be pointed at, and on focus, until Esc", async ({ browser }) => {
  const ana = await Desk.open(browser);
  await ana.go("/queue");
  const tip = ana.page.getByRole("tooltip");
  const promises = ana.page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Promises" });
  await promises.hover();
  await expect(tip).toContainText("Promises");
  await expect(promises).toHaveAccessibleDescription(/Promises/);
  await tip.hover();
  await expect(tip).toBeVisible();
  await ana.page.keyboard.press("Escape");
  await expect(tip).toHaveCount(0);
  await expect(promises).not.toHaveAttribute("aria-describedby");
  await ana.page.mouse.move(600, 500);
  await promises.focus();
  await ana.page.keyboard.press("Tab");
  await expect(tip).toBeVisible();
  expect(await tip.evaluate((el) => el.getBoundingClientRect().left >= 0 && el.getBoundingClientRect().right <= innerWidth)).toBe(true);
  await ana.leaves();
});

test("in a right-to-left language everything stands mirrored and nothing overflows", async ({ browser }) => {
  const tom = await Visitor.come(browser);
  await tom.opens();
  await tom.writes("A question from the other side?");
  const ana = await Desk.open(browser);
  await ana.go("/team");
  await ana.page.getByRole("heading", { name: "Team", exact: true }).waitFor();
  await ana.page.evaluate(() => (document.documentElement.dir = "rtl"));
  await ana.page.getByRole("link", { name: "Conversations" }).click();
  await ana.rows.filter({ hasText: "A question from the other side?" }).click();
  await expect(ana.history).toContainText("A question from the other side?");
  await expect(ana.coach).toBeVisible();
  const x = async (what: Locator) => (await what.boundingBox())!.x;
  await expect(async () => {
    expect(await x(ana.page.getByRole("listbox"))).toBeGreaterThan(await x(ana.history));
    expect(await x(ana.history)).toBeGreaterThan(await x(ana.coach));
  }, "the panes have found their places").toPass();
  expect(await ana.page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  await tom.leaves();
  await ana.leaves();
});

test("the customer is named in place, and a note about them stays", async ({ browser }) => {
  const tom = await Visitor.come(browser);
  await tom.opens();
  await tom.writes("It is Tom here, about the vase.");
  const ana = await Desk.open(browser);
  await ana.opens("It is Tom here, about the vase.");
  await ana.page.getByRole("button", { name: /^Name: / }).click();
  await ana.page.keyboard.type("Tom Becker");
  await ana.page.keyboard.press("Enter");
  await expect(ana.page.getByRole("heading", { name: "Tom Becker" })).toBeVisible();
  await ana.page.getByText("Notes about them").click();
  const note = ana.page.getByPlaceholder("Something worth remembering");
  await note.fill("Prefers mornings");
  await note.press("Enter");
  await note.press("Enter");
  await expect(ana.page.getByText("Prefers mornings")).toBeVisible();
  await expect(note).toHaveValue("");
  await ana.page.reload();
  await expect(ana.page.getByText("Prefers mornings")).toHaveCount(1);
  await expect(ana.page.getByRole("heading", { name: "Tom Becker" })).toBeVisible();
  await tom.leaves();
  await ana.leaves();
});

test("an incoming message is said once to a screen reader, and history is silent", async ({ browser }) => {
  const tom = await Visitor.come(browser);
  await tom.opens();
  await tom.writes("An old question.");
  const ana = await Desk.open(browser);
  await ana.opens("An old question.");
  const voice = ana.page.locator(".thread [role=status]").first();
  await expect(voice).toBeEmpty();
  await tom.writes("A fresh one.");
  await expect(voice).toContainText("A fresh one.");
  await expect(voice).not.toContainText("An old question.");
  await expect(ana.history).toHaveAttribute("aria-live", "off");
  await tom.leaves();
  await ana.leaves();
});

test("away stays away over a reload, and the list holds still under the pointer", async ({ browser }) => {
  const ana = await Desk.open(browser);
  await ana.go("/queue");
  await ana.page.getByRole("button", { name: /Your menu/ }).click();
  const said = ana.page.waitForResponse(/\/me\/status$/);
  await ana.page.getByRole("menuitem", { name: "Away", exact: true }).click();
  await said;
  await ana.page.reload();
  await expect(ana.page.getByRole("button", { name: /Away\. Your menu/ })).toBeVisible();
  await ana.page.getByRole("button", { name: /Your menu/ }).click();
  await ana.page.getByRole("menuitem", { name: "Online", exact: true }).click();
  const first = await Visitor.come(browser);
  await first.opens();
  await first.writes("I was here before.");
  await expect(ana.rows.filter({ hasText: "I was here before." })).toHaveCount(1);
  await ana.rows.first().hover();
  const tom = await Visitor.come(browser);
  await tom.opens();
  await tom.writes("Did I push anybody down?");
  await expect(ana.page.getByRole("button", { name: "1 new" })).toBeVisible();
  await expect(ana.rows.filter({ hasText: "Did I push anybody down?" })).toHaveCount(0);
  await ana.page.getByRole("button", { name: "1 new" }).click();
  await expect(ana.rows.filter({ hasText: "Did I push anybody down?" })).toHaveCount(1);
  await first.leaves();
  await tom.leaves();
  await ana.leaves();
});

test("the second of two letters is not taken for itself", async ({ browser }) => {
  const maria = await Visitor.come(browser);
  const question = `Which bulb fits? ${Date.now()}`;
  await maria.opens();
  await maria.writes(question);
  await maria.sees(question);
  const ana = await Desk.open(browser);
  await ana.opens(question);
  const note = ana.page.locator(".composer-note");
  await ana.page.keyboard.press("Alt+n");
  await expect(note).toBeVisible();
  await ana.history.focus();
  await ana.page.keyboard.press("g");
  await ana.page.keyboard.press("r");
  await expect(ana.page).toHaveURL(/\/console\/promises/);
  await ana.page.goBack();
  await expect(note, "the r of g r would have made it a reply").toBeVisible();
  await ana.history.focus();
  await ana.page.keyboard.press("r");
  await expect(note).toHaveCount(0);
  await maria.leaves();
  await ana.leaves();
});
