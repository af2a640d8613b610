import { readFileSync } from "node:fs";
import { frameOf, violations } from "./axe";
import { Desk } from "./desk";
import { looksAt } from "./look";
import { expect, test, Visitor } from "./people";

const look = looksAt("privacy");

test("a customer is erased by an agent: gone from the list, the thread, and their own chat", async ({ browser }) => {
  const words = `Please forget me ${Date.now()}`;
  const maria = await Visitor.come(browser);
  await maria.opens();
  await maria.writes(words);
  const ana = await Desk.open(browser, { bypassCSP: true });
  await ana.opens(words);
  await ana.writes("Hello, how can I help?");
  await maria.sees("Hello, how can I help?");

  await ana.page.getByRole("button", { name: "Erase this customer …" }).click();
  const dialog = ana.page.getByRole("alertdialog");
  await expect(dialog.getByRole("button", { name: "Erase for good" })).toBeDisabled();
  await dialog.getByLabel(/^Type “erase”/).fill("erase");
  await look(ana, "erase");
  await ana.isAccessible();
  await dialog.getByRole("button", { name: "Erase for good" }).click();

  await expect(ana.page.getByText("This customer was erased. Nothing of them is left.")).toBeVisible();
  await expect(ana.rows.filter({ hasText: words })).toHaveCount(0);
  await expect(maria.message(words)).toHaveCount(0);
  await expect(maria.message("Hello, how can I help?")).toHaveCount(0);
  await look(ana, "erased");
  await look(maria, "erased-chat");
  // What they write from now on is somebody new's.
  const again = `Somebody new ${Date.now()}`;
  await maria.writes(again);
  await ana.opens(again);
  await expect(ana.history).not.toContainText(words);
  await maria.leaves();
  await ana.leaves();
});

test("a customer sees what is known about them, takes it along, and has it removed", async ({ browser }) => {
  const words = `What do you know of me ${Date.now()}`;
  const maria = await Visitor.come(browser, { acceptDownloads: true });
  await maria.opens();
  await maria.writes(words);
  await maria.sees(words);
  await maria.panel.getByRole("button", { name: "More" }).click();
  await maria.panel.getByRole("menuitem", { name: "What we know about you" }).click();
  const known = maria.panel.getByRole("region", { name: "What we know about you" });
  await expect(known.getByText(words)).toBeVisible();
  await expect(known.getByText("One browser is known as yours.")).toBeVisible();
  await look(maria, "known");
  expect(await violations(frameOf(maria))).toEqual([]);

  const coming = maria.page.waitForEvent("download");
  await known.getByRole("button", { name: "Take it along" }).click();
  const file = readFileSync(await (await coming).path()).toString("utf8");
  expect(file.startsWith("PK")).toBe(true);
  for (const part of ["data.json", "readable.html", `"text": "${words}"`, `<br>${words}</p>`]) expect(file).toContain(part);

  await known.getByRole("button", { name: "Have it removed …" }).click();
  await expect(known.getByRole("button", { name: "Keep it" })).toBeFocused();
  await look(maria, "known-sure");
  await known.getByRole("button", { name: "Remove it all" }).click();
  await expect(known.getByText("It is done: nothing about you is left here.")).toBeVisible();
  await look(maria, "known-gone");
  await known.getByRole("button", { name: "Back to the chat" }).click();
  await expect(maria.message(words)).toHaveCount(0);
  await maria.page.reload();
  await maria.opens();
  await expect(maria.message(words)).toHaveCount(0);
  await maria.leaves();
});

test("what is known is shown in Arabic, on a phone", async ({ browser }) => {
  const maria = await Visitor.come(browser, { locale: "ar", viewport: { width: 390, height: 780 }, colorScheme: "dark", hasTouch: true, isMobile: true });
  await maria.call("locale", "ar");
  await maria.opens();
  const words = `مرحبا ${Date.now()}`;
  await maria.writes(words);
  await maria.sees(words);
  await maria.panel.getByRole("button", { name: "المزيد" }).click();
  await maria.panel.getByRole("menuitem", { name: "ما نعرفه عنك" }).click();
  const known = maria.panel.getByRole("region", { name: "ما نعرفه عنك" });
  await expect(known.getByText(words)).toBeVisible();
  await known.getByRole("button", { name: "اطلب حذفها …" }).tap();
  await expect(known.getByRole("button", { name: "أبقِها" })).toBeFocused();
  await look(maria, "known-ar");
  expect(await violations(frameOf(maria))).toEqual([]);
  await maria.leaves();
});

test("a customer is blocked, is told so, and may write again", async ({ browser }) => {
  const words = `Cheap watches ${Date.now()}`;
  const maria = await Visitor.come(browser);
  await maria.opens();
  await maria.writes(words);
  await maria.sees(words);
  const ana = await Desk.open(browser);
  await ana.opens(words);
  await ana.page.getByRole("button", { name: "Block this customer …" }).click();
  const dialog = ana.page.getByRole("dialog");
  await dialog.getByLabel("Why").fill("Spam");
  await look(ana, "block");
  await ana.isAccessible();
  await dialog.getByRole("button", { name: "Block", exact: true }).click();
  await expect(ana.page.getByText(/^Blocked .*: nothing they write is taken/)).toBeVisible();
  await ana.isAccessible();
  await look(ana, "blocked");

  await maria.writes("Very cheap");
  await expect(maria.panel.getByText("Messages from here are not taken.")).toBeVisible();
  await look(maria, "blocked-chat");
  await expect(ana.history).not.toContainText("Very cheap");

  await ana.page.getByRole("button", { name: "Let them write again …" }).click();
  await dialog.getByRole("button", { name: "Let them write", exact: true }).click();
  await expect(ana.page.getByText(/^Blocked .*: nothing they write is taken/)).toHaveCount(0);
  await maria.writes("I am sorry");
  await expect(ana.history).toContainText("I am sorry");
  await maria.leaves();
  await ana.leaves();
});
