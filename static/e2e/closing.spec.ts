import type { Browser } from "@playwright/test";
import { Desk } from "./desk";
import { looksAt } from "./look";
import { expect, test, Visitor, type Agent } from "./people";

/** A conversation that is nearly over: the agent has just asked whether all is well, and it is. */
async function nearlyOver(browser: Browser, ana: Agent, about: string): Promise<{ tom: Visitor; desk: Desk; id: string; person: string }> {
  const tom = await Visitor.come(browser);
  await tom.opens();
  await tom.writes(about);
  const { id, person } = await ana.finds(about);
  await ana.answers(id, `${about}: it is packed and on its way. Is there anything else I can do for you?`);
  await tom.writes(`${about}: no, that was all. Thank you so much!`);
  await ana.finds(`${about}: no, that was all.`);
  const desk = await Desk.open(browser, { bypassCSP: true });
  await desk.go("/mine");
  await desk.page.evaluate(() => localStorage.setItem("rapport:settings", JSON.stringify({ context: "strip", afterClose: "stay" })));
  await desk.opens(`${about}: no, that was all.`, "/mine");
  await expect(desk.page.getByRole("button", { name: "Before you close" })).toBeVisible();
  return { tom, desk, id, person: person.id };
}

const sheetOf = (desk: Desk) => desk.page.getByRole("form", { name: "Before you close" });

const look = looksAt("closing");

test("two keys thank, invite, follow up and close; each can be left out", async ({ browser, ana }) => {
  const about = `The blue lamp ${Date.now()}`;
  const { tom, desk } = await nearlyOver(browser, ana, about);
  await desk.box.press("Alt+s");
  const sheet = sheetOf(desk);
  const words = sheet.getByRole("textbox", { name: "Your last words" });
  await expect(words).toBeFocused();
  await expect(words).toHaveValue(/thank/i);
  await expect(words).not.toHaveValue(/\{/);
  await desk.isAccessible();
  await look(desk, "sheet");
  await desk.page.emulateMedia({ colorScheme: "dark" });
  await look(desk, "sheet-dark");
  await desk.page.emulateMedia({ colorScheme: "light" });

  const goodbye = `Thank you, and enjoy your evening! (${about})`;
  await words.fill(goodbye);
  await sheet.getByText("In two", { exact: true }).click();
  await expect(sheet.getByRole("textbox", { name: "What they hear" })).toHaveValue(/is everything still all right\?$/);
  await desk.isAccessible();
  await words.press("Control+Enter");
  await expect(sheet).toHaveCount(0);
  await tom.sees(goodbye);
  await expect(desk.history).toContainText(/closed/i);

  // What was planned stands; the form says so after the closing, too.
  await desk.box.press("Alt+f");
  await expect(desk.page.getByRole("form", { name: "Follow up later" }).getByRole("status")).toContainText("One is planned");
  await tom.leaves();
  await desk.leaves();
});

test("the key that closes closes the sheet with it, and nothing of it is sent", async ({ browser, ana }) => {
  const about = `The red kite ${Date.now()}`;
  const { tom, desk, id } = await nearlyOver(browser, ana, about);
  await desk.page.getByRole("button", { name: "Before you close" }).click();
  await expect(sheetOf(desk).getByRole("textbox", { name: "Your last words" })).toHaveValue(/thank/i);
  const said = (await ana.messages(id)).length;
  await desk.page.keyboard.press("Alt+e");
  await expect(desk.history).toContainText(/closed/i);
  await expect(sheetOf(desk)).toHaveCount(0);
  await expect(desk.page.getByRole("button", { name: "Before you close" })).toHaveCount(0);
  expect(await ana.messages(id), "nothing was said").toHaveLength(said);
  await tom.leaves();
  await desk.leaves();
});

test("the sheet shows what is still open and settles it, on a phone too", async ({ browser, ana }) => {
  const about = `The green chair ${Date.now()}`;
  const { tom, desk } = await nearlyOver(browser, ana, about);
  await desk.page.getByRole("button", { name: "Promise something" }).click();
  const promise = desk.page.getByRole("form", { name: "Promise something" });
  await promise.getByRole("textbox", { name: "What is promised" }).fill(`Send the bill (${about})`);
  await promise.getByRole("button", { name: "In two hours" }).click();
  await promise.getByRole("button", { name: "Promise it" }).click();
  await expect(promise).toHaveCount(0);
  await desk.page.keyboard.press("Alt+Shift+5");
  await expect(desk.page.getByText("One thing is still open")).toBeVisible();
  await desk.page.setViewportSize({ width: 390, height: 844 });
  await desk.page.getByRole("button", { name: "Before you close" }).click();
  const sheet = sheetOf(desk);
  await expect(sheet.getByText(`Send the bill (${about})`)).toBeVisible();
  await expect(sheet.getByRole("textbox", { name: "Your last words" })).toHaveValue(/thank/i);
  await desk.isAccessible();
  await look(desk, "phone");
  await sheet.getByRole("button", { name: "It is kept" }).click();
  await expect(sheet.getByText("Still open")).toHaveCount(0);
  await sheet.getByRole("textbox", { name: "Your last words" }).fill("");
  await sheet.getByRole("button", { name: "Close conversation" }).click();
  await expect(desk.history).toContainText(/closed/i);
  await tom.leaves();
  await desk.leaves();
});

test("another matter is solved in the sheet, whose words outlive it and the page", async ({ browser }) => {
  const n = Date.now();
  const tom = await Visitor.come(browser);
  await tom.opens();
  await tom.writes(`Hi, where is my parcel ${n}?`);
  const desk = await Desk.open(browser, { bypassCSP: true });
  await desk.opens(`parcel ${n}`);
  await desk.writes("Hello, I'm Ana. It comes tomorrow.");
  await tom.sees("It comes tomorrow.");
  await tom.writes("Great. By the way, my invoice has the wrong name on it. Can you fix that?");
  await desk.page.getByRole("button", { name: "Open a second matter" }).click();
  await expect(desk.page.getByRole("region", { name: "2 matters at once" })).toBeVisible();
  await desk.page.keyboard.press("Alt+Shift+5");
  await desk.page.getByRole("button", { name: "Before you close" }).click();
  const sheet = sheetOf(desk);
  const words = sheet.getByRole("textbox", { name: "Your last words" });
  await words.fill("Enjoy the parcel!");
  await sheet.getByText("In two", { exact: true }).click();
  await sheet.getByRole("textbox", { name: "What they hear" }).fill("Did the parcel arrive?");
  await desk.page.keyboard.press("Escape");
  await expect(sheet).toHaveCount(0);
  await desk.page.reload();
  await desk.page.getByRole("button", { name: "Before you close" }).click();
  await expect(words).toHaveValue("Enjoy the parcel!");
  await expect(sheet.getByRole("textbox", { name: "What they hear" })).toHaveValue("Did the parcel arrive?");

  const solved = sheet.getByRole("button", { name: "Solved: matter 1" });
  await solved.click();
  await expect(solved).toHaveCount(0);
  await desk.page.getByRole("button", { name: "Undo", exact: true }).click();
  await expect(solved).toBeVisible();
  await desk.isAccessible();
  await solved.click();
  await expect(sheet.getByText("Still open")).toHaveCount(0);
  await sheet.getByRole("button", { name: "Send and close" }).click();
  await tom.sees("Enjoy the parcel!");
  await expect(tom.panel.getByRole("log").getByText(/ended this conversation/)).toBeVisible();
  expect(await desk.page.evaluate(() => Object.keys(localStorage).filter((k) => k.includes("closing:")))).toEqual([]);
  await tom.leaves();
  await desk.leaves();
});

test("a follow-up from a template is filled when it is said; what lacks a value is held back, and its agent is told", async ({ browser, ana }) => {
  const about = `The white vase ${Date.now()}`;
  const { tom, desk, id } = await nearlyOver(browser, ana, about);
  const title = `How is it, by name ${Date.now()}`;
  await ana.writesTemplate(title, "Hello {{customer.first_name}}, is the vase well?");
  await desk.page.reload();
  await desk.box.press("Alt+f");
  const form = desk.page.getByRole("form", { name: "Follow up later" });
  await form.getByRole("combobox", { name: "Words from" }).selectOption({ label: title });
  await expect(form.getByRole("textbox", { name: "What they hear" })).toHaveValue("Hello {{customer.first_name}}, is the vase well?");
  await expect(form.getByText("We do not know their name yet.")).toBeVisible();
  await desk.isAccessible();
  await look(desk, "follow-up-lacks");
  await desk.box.press("Escape");

  // The soonest that a follow-up may be due.
  await ana.followsUp(id, "Hello {{customer.first_name}}, is the vase well?", Date.now() + 7_000);
  await expect(desk.page.getByText("Your follow-up to", { exact: false })).toBeVisible({ timeout: 20_000 });
  await expect(desk.history).toContainText("The follow-up was held back");
  expect((await ana.messages(id)).some((m) => m.text.startsWith("Hello {{")), "no raw variable is ever said").toBe(false);
  await look(desk, "held-told");

  await desk.go("/promises");
  const held = desk.page.getByRole("region", { name: "Held back" });
  const mine = held.getByRole("listitem").filter({ hasText: "is the vase well?" });
  await expect(mine).toContainText("We do not know their name.");
  await desk.isAccessible();
  await look(desk, "held-list");
  await mine.getByRole("button", { name: "Let it go" }).click();
  await expect(mine).toHaveCount(0);
  await desk.page.reload();
  await expect(desk.page.getByRole("heading", { name: "Promises" })).toBeVisible();
  await expect(mine).toHaveCount(0);
  await tom.leaves();
  await desk.leaves();
});

test("the site's rule takes its words from a template", async ({ browser, ana }) => {
  const title = `Two days later ${Date.now()}`;
  await ana.writesTemplate(title, "Hello {{customer.first_name|there}}, still well?");
  const desk = await Desk.open(browser, { bypassCSP: true });
  await desk.go("/site/after");
  await desk.page.getByText("After one working day", { exact: true }).click();
  const from = desk.page.getByRole("combobox", { name: "Words from" });
  await from.selectOption({ label: title });
  await expect(desk.page.getByText("Hello {{customer.first_name|there}}, still well?", { exact: true })).toBeVisible();
  await desk.isAccessible();
  await desk.page.getByText("Follow up by itself").scrollIntoViewIfNeeded();
  await look(desk, "site-rule");
  await desk.page.reload();
  await expect(from.locator("option:checked")).toHaveText(title);
  await from.selectOption({ label: "Words of its own" });
  await expect(desk.page.getByRole("textbox", { name: "What they hear then" })).toHaveValue(/customer\.first_name/);
  await desk.page.getByText("Never", { exact: true }).click();
  await expect(from).toHaveCount(0);
  await desk.leaves();
});
