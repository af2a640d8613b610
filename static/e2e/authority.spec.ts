import type { Browser } from "@playwright/test";
import { Desk } from "./desk";
import { expect, test, Visitor } from "./people";

/** Ben, an agent, has a new customer's conversation; Ana is the owner. */
async function together(browser: Browser, text: string, name: string): Promise<{ ana: Desk; ben: Desk; maria: Visitor }> {
  const ana = await Desk.open(browser);
  const ben = await ana.invites(browser, name);
  const maria = await Visitor.come(browser);
  await maria.opens();
  await maria.writes(text);
  await maria.sees(text);
  await ben.opens(text);
  await ben.writes("I am sorry. Let me see what I can do.");
  await maria.sees("I am sorry.");
  return { ana, ben, maria };
}

const form = (desk: Desk) => desk.page.getByRole("form", { name: "Give goodwill" });

test("the owner sets limits, Ben agrees and gives, and asks for more", async ({ browser }) => {
  const { ana, ben, maria } = await together(browser, "The parcel came a week late, and the party is over.", "Benno");
  await ana.go("/team");
  await ana.page.getByRole("link", { name: "Authority" }).click();
  await ana.page.getByLabel("At once: Credit", { exact: true }).fill("20");
  await ana.page.getByLabel("A day: Credit", { exact: true }).fill("50");
  await ana.page.getByLabel("A month: Credit", { exact: true }).fill("300");
  await ana.page.getByRole("button", { name: "Save" }).click();
  await expect(ana.page.getByRole("listitem").filter({ hasText: "Benno" })).toContainText("not yet");
  await ana.isAccessible();

  await ben.page.keyboard.press("Alt+g");
  await expect(form(ben).getByRole("region", { name: "Your limits" })).toContainText("up to €20.00 at once, €50.00 a day, €300.00 a month");
  await form(ben).getByRole("button", { name: "I have read these and agree" }).click();
  await expect(form(ben)).toContainText("You may give up to €20.00 now by yourself.");
  await ben.isAccessible();
  await form(ben).getByLabel("Amount, EUR").fill("15");
  await form(ben).getByLabel("In your words").fill("A week late for a party.");
  await ben.page.setViewportSize({ width: 390, height: 844 });
  await expect(form(ben).getByLabel("In your words"), "a narrower window keeps what was begun").toHaveValue("A week late for a party.");
  await ben.page.setViewportSize({ width: 1440, height: 900 });
  await form(ben).getByRole("button", { name: "Give it" }).click();
  await expect(ben.history.getByText("Benno gave Credit €15.00")).toBeVisible();
  await expect(ben.page.getByRole("region", { name: "Customer", exact: true })).toContainText("Credit €15.00");

  await ana.go("/templates");
  await ben.page.keyboard.press("Alt+g");
  await form(ben).getByLabel("Amount, EUR").fill("80");
  await form(ben).getByLabel("In your words").fill("She orders every month.");
  await ben.page.keyboard.press("Control+Enter");
  await expect(ben.page.getByRole("list", { name: "What you have asked" })).toContainText("Ana Ruiz is asked for Credit €80.00");
  const asked = ana.page.getByRole("region", { name: "Colleagues ask you" });
  await expect(asked).toContainText("Benno asks: Credit €80.00 for");
  await expect(asked).toContainText("She orders every month.");
  await expect(ana.page).toHaveTitle(/^\(\d+\)/);
  await ana.isAccessible();
  await asked.getByRole("button", { name: "No" }).click();
  await expect(asked).toContainText("Say why not");
  await ana.page.keyboard.press("Alt+y");
  await ana.page.keyboard.type("Of course, she is dear to us.");
  await ana.page.keyboard.press("Enter"); // decides nothing
  await asked.getByRole("button", { name: "Yes" }).click();
  await expect(asked).toHaveCount(0);
  await expect(ben.history.locator(".event-line", { hasText: "Ana Ruiz approved Credit €80.00, asked by Benno" })).toContainText("Of course, she is dear to us.");
  await expect(maria.panel.getByText("€80")).toHaveCount(0);

  await ana.go("/authority");
  await expect(ana.page.getByRole("row", { name: /Benno Credit we were late/ })).toContainText("€95.00");
  await expect(ana.page.getByRole("listitem").filter({ hasText: "Benno" })).toContainText("has read and agreed");
  await maria.leaves();
  await ben.leaves();
  await ana.leaves();
});

test("when nobody can answer, the customer is promised word", async ({ browser }) => {
  const { ana, ben, maria } = await together(browser, "My bowl broke on the first day.", "Bella");
  await ana.turnsAway();
  await ben.page.keyboard.press("Alt+g");
  await form(ben).getByLabel("What", { exact: true }).selectOption("Replace an item");
  await form(ben).getByRole("button", { name: "Ask a supervisor" }).click();
  await expect(ben.page.getByText("Nobody could answer about Replace an item")).toBeVisible();
  await ben.isAccessible();
  await ben.page.getByRole("list", { name: "What you have asked" }).getByRole("button", { name: "In two hours" }).click();
  await expect(maria.panel.getByRole("log").getByText("We promise: tell you what we can do for you")).toBeVisible();
  await expect(ben.page.getByText("your word is promised")).toBeVisible();

  await ana.turnsAway();
  await ana.go("/authority");
  const asked = ana.page.getByRole("region", { name: "Colleagues ask you" });
  await asked.getByRole("textbox").fill("Send a new one with the van.");
  await asked.getByRole("button", { name: "Yes" }).click();
  await expect(ben.history.getByText(/approved Replace an item/)).toBeVisible();
  await maria.leaves();
  await ben.leaves();
  await ana.leaves();
});

test("after a declined offer the coach says what else is possible", async ({ browser }) => {
  const { ana, ben, maria } = await together(browser, "I want my money back for the cracked plate.", "Bruno");
  await ben.page.keyboard.press("Alt+p");
  const offer = ben.page.getByRole("form", { name: "Propose" });
  await offer.getByLabel("What you offer").fill("We send a new plate.");
  await offer.getByRole("button", { name: "Send proposal" }).click();
  const card = maria.panel.getByRole("group", { name: "What we suggest" });
  await card.getByRole("button", { name: "No, thank you" }).click();
  await maria.panel.getByRole("button", { name: "Send", exact: true }).first().click();
  await expect(ben.coach.getByRole("region", { name: "They said no. What else is possible?" })).toBeVisible();
  await ben.coach.getByRole("button", { name: /Give goodwill/ }).click();
  await expect(form(ben)).toBeVisible();
  await maria.leaves();
  await ben.leaves();
  await ana.leaves();
});
