import { Desk } from "./desk";
import { looksAt } from "./look";
import { expect, test, Visitor } from "./people";

const look = looksAt("unite");

test("Maria writes from two devices, and Ana brings both conversations together", async ({ browser }) => {
  const name = `Maria${Date.now()}`;
  const [first, second, late] = [`Where is my lamp ${Date.now()}`, `The invoice has a wrong name ${Date.now()}`, `From the old tab ${Date.now()}`];
  const laptop = await Visitor.come(browser);
  await laptop.opens();
  await laptop.writes(first);
  await laptop.sees(first);
  const phone = await Visitor.come(browser, { viewport: { width: 390, height: 780 } });
  await phone.opens();
  await phone.writes(second);
  await phone.sees(second);
  await phone.call("identify", { name });

  const ana = await Desk.open(browser, { bypassCSP: true });
  await ana.opens(first);
  await ana.page.getByRole("button", { name: "Same person as …" }).click();
  const dialog = ana.page.getByRole("dialog");
  await dialog.getByLabel("Find them").fill(name);
  await dialog.getByRole("button", { name: new RegExp(name) }).click();
  await dialog.getByLabel("I am sure that they are one person").check();
  await dialog.getByRole("button", { name: "Bring together" }).click();
  await expect(ana.page.getByText(new RegExp(`^Brought together with ${name} `))).toBeVisible();

  const asks = async () => {
    await ana.page.getByRole("button", { name: "More", exact: true }).click();
    await ana.page.getByRole("menuitem", { name: "Bring into another conversation" }).click();
    await expect(dialog.getByText("Which one stays?")).toBeVisible();
  };
  await asks();
  await expect(dialog.getByText(second, { exact: true })).toBeVisible();
  await expect(dialog.getByRole("radio")).toHaveCount(2);
  await look(ana, "sheet");
  await ana.isAccessible();
  const wide = ana.page.viewportSize()!;
  await ana.page.emulateMedia({ colorScheme: "dark" });
  await ana.page.setViewportSize({ width: 390, height: 844 });
  await expect(dialog.getByText("Which one stays?")).toBeVisible();
  await look(ana, "sheet-phone-dark");
  await ana.isAccessible();
  await ana.page.setViewportSize(wide);
  await ana.page.emulateMedia({ colorScheme: "light" });

  // Thought better of within the six seconds, nobody has heard of it.
  await dialog.getByRole("button", { name: "Bring together" }).click();
  await ana.page.locator(".toast", { hasText: "become one" }).getByRole("button", { name: "Undo" }).click();
  await expect(ana.page.getByText("They stay apart")).toBeVisible();
  await expect(phone.panel.getByText(/goes on/)).toHaveCount(0);

  await asks();
  await dialog.getByRole("button", { name: "Bring together" }).click();
  const card = ana.page.getByText(/brought the conversation of .* here: one message/);
  await expect(card).toBeVisible({ timeout: 15_000 });
  await card.click();
  await expect(ana.page.locator(".unite-line").getByText(second)).toBeVisible();
  await look(ana, "thread");
  await look(phone, "widget-stays");
  await ana.isAccessible();

  // Her phone is led along; what it still writes there lands in the one that stays, once.
  await expect(phone.panel.getByText(/Your conversation of .* goes on here/)).toBeVisible();
  await phone.sees(first);
  await phone.panel.getByRole("button", { name: "Show it" }).click();
  await expect(phone.panel.getByText(/This goes on in your conversation of/)).toBeVisible();
  await expect(phone.panel.getByText("Ended. Writing here opens it again.")).toHaveCount(0);
  await look(phone, "widget-gone");
  await phone.writes(late);
  await phone.sees(late);
  await phone.sees(first);
  await expect(ana.page.getByRole("article").getByText(late)).toHaveCount(1);
  await expect(laptop.panel.getByRole("log").getByText(late)).toHaveCount(1);

  await laptop.leaves();
  await phone.leaves();
  await ana.leaves();
});
