/** A matter is split off a chat: a colleague gets it, finishes it, and it comes back. */
import { Desk } from "./desk";
import { looksAt } from "./look";
import { expect, test } from "./people";
import type { Stop } from "./start";
import { three } from "./three";

test.slow();

let stop: Stop;

test.beforeAll(async () => {
  stop = await Desk.house();
});
test.afterAll(() => stop());

const look = looksAt("split");

test("Ana splits an invoice off by keyboard, Kofi finishes it, and she brings another one back", async ({ browser }) => {
  const { ana, ben: kofi, tom, said } = await three(browser, "My invoice names the wrong street", "Hello, I look into it.", "Kofi");
  const dialog = ana.page.getByRole("dialog", { name: "Split off a matter" });
  const worked = ana.coach.getByRole("region", { name: "Also being worked on" });

  // By keyboard, to a colleague; stopped once within the six seconds.
  const asks = async (need: string) => {
    await ana.page.keyboard.press("Control+k");
    await ana.page.getByRole("dialog").getByRole("combobox").fill("Split off a matter");
    await expect(ana.page.getByRole("option", { name: "Split off a matter …" })).toHaveAttribute("data-highlighted", "");
    await ana.page.keyboard.press("Enter");
    await expect(dialog.getByRole("checkbox", { name: said })).toBeChecked();
    await dialog.getByLabel("What does the customer need?").fill(need);
  };
  await asks("Invoice 2290");
  await ana.page.keyboard.press("Enter");
  await ana.page.locator(".toast", { hasText: "Invoice 2290" }).getByRole("button", { name: "Undo" }).click();
  await expect(ana.page.getByText("It stays in the chat")).toBeVisible();

  // Refused, it is there as it was written.
  await ana.page.route("**/split", (route) => route.fulfill({ status: 503, contentType: "application/json", body: JSON.stringify({ code: "store_unavailable", message: "Not now." }) }));
  await asks("Invoice 2289");
  await dialog.getByLabel("Why, and what is to be done").fill("The street is wrong.");
  await dialog.getByLabel("Why, and what is to be done").press("Control+Enter");
  await expect(dialog).toHaveCount(0);
  await expect(dialog.getByLabel("What does the customer need?")).toHaveValue("Invoice 2289", { timeout: 15_000 });
  await expect(dialog.getByLabel("Why, and what is to be done")).toHaveValue("The street is wrong.");
  await ana.page.unroute("**/split");
  await ana.page.keyboard.press("Escape");
  await expect(dialog).toHaveCount(0);

  await asks("Invoice 2291");
  await dialog.getByRole("radio", { name: "Kofi" }).press("Space");
  await dialog.getByLabel("Why, and what is to be done").fill("The street is wrong. Please send a new one.");
  await ana.isAccessible();
  await look(ana, "sheet");
  const wide = ana.page.viewportSize()!;
  await ana.page.emulateMedia({ colorScheme: "dark" });
  await ana.page.setViewportSize({ width: 360, height: 780 });
  await expect(dialog.getByRole("button", { name: "Split off" })).toBeVisible();
  await ana.isAccessible();
  await look(ana, "sheet-phone-dark");
  await ana.page.setViewportSize(wide);
  await ana.page.emulateMedia({ colorScheme: "light" });
  await dialog.getByLabel("Why, and what is to be done").press("Control+Enter");
  // A page that goes before the six seconds are over does it.
  await expect(ana.page.locator(".toast", { hasText: "Invoice 2291" })).toBeVisible();
  await ana.page.reload();
  await expect(ana.history.getByText(/split off “Invoice 2291”/)).toBeVisible({ timeout: 5_000 });
  await expect(worked.getByRole("button", { name: /Invoice 2291/ })).toBeVisible();
  await look(ana, "chat");

  // Kofi takes it, sees what was said, and says what came of it.
  const card = kofi.page.getByRole("region", { name: "For you" }).getByRole("article").filter({ hasText: "The street is wrong" });
  await card.getByRole("button", { name: /Carry on/ }).click();
  await expect(kofi.history.locator("blockquote").filter({ hasText: said })).toBeVisible({ timeout: 15_000 });
  await expect(worked.getByRole("button", { name: /Kofi/ })).toBeVisible({ timeout: 15_000 });
  await expect(kofi.page.getByRole("button", { name: "Tell the customer" })).toBeVisible();
  await kofi.writes("I am making a new one.");
  await expect(kofi.history).toContainText("I am making a new one.");
  await kofi.isAccessible();
  await look(kofi, "aside");
  await kofi.page.setViewportSize({ width: 360, height: 780 });
  await look(kofi, "aside-phone");
  await kofi.page.setViewportSize(wide);
  await kofi.page.emulateMedia({ colorScheme: "dark" });
  await kofi.isAccessible();
  await look(kofi, "aside-dark");
  await kofi.page.getByRole("log").click();
  await kofi.page.keyboard.press("e");
  const done = kofi.page.getByRole("dialog", { name: "Finish what was split off" });
  await done.getByLabel("What came of it?").fill("Invoice corrected, new one sent");
  await kofi.isAccessible();
  await look(kofi, "finish-dark");
  await kofi.page.emulateMedia({ colorScheme: "light" });
  await kofi.page.setViewportSize({ width: 360, height: 780 });
  await look(kofi, "finish-phone");
  await kofi.page.setViewportSize(wide);
  await done.getByRole("button", { name: "Done", exact: true }).click();
  await expect(ana.history.getByText(/Kofi finished “Invoice 2291”/)).toBeVisible({ timeout: 15_000 });
  await expect(ana.history.getByRole("article").filter({ hasText: "Invoice corrected, new one sent" })).toBeVisible();
  await expect(worked).toHaveCount(0);

  // Another one, by mouse, goes back into the chat.
  await ana.page.getByRole("button", { name: "More", exact: true }).click();
  await ana.page.getByRole("menuitem", { name: "Split off a matter" }).click();
  await dialog.getByLabel("What does the customer need?").fill("A second lamp");
  await dialog.getByRole("button", { name: "Split off" }).click();
  await worked.getByRole("button", { name: /A second lamp/ }).click({ timeout: 15_000 });
  await expect(ana.history.getByText(/split this off the chat of/)).toBeVisible();
  await ana.page.getByRole("button", { name: "Close conversation" }).click();
  await ana.page.getByRole("button", { name: "Bring back into the chat" }).click();
  await expect(ana.history.getByText(/brought “A second lamp” back/)).toBeVisible({ timeout: 15_000 });
  await expect(ana.coach).toContainText("A second lamp");
  await ana.page.evaluate(() => (document.documentElement.dir = "rtl"));
  await look(ana, "back-rtl");

  // Tom has noticed nothing.
  await expect(tom.panel.getByRole("log")).not.toContainText("Invoice");
  await expect(tom.panel.getByRole("log")).not.toContainText("second lamp");
  await look(tom, "widget");
  await tom.leaves();
  await kofi.leaves();
  await ana.leaves();
});
