import type { Browser, BrowserContextOptions, Locator } from "@playwright/test";
import { frameOf, violations } from "./axe";
import { Desk } from "./desk";
import { expect, test, Visitor } from "./people";

async function asks(browser: Browser, text: string, options: BrowserContextOptions = {}): Promise<Visitor> {
  const visitor = await Visitor.come(browser, options);
  await visitor.opens();
  await visitor.writes(text);
  await visitor.sees(text);
  return visitor;
}

/** Ana has the conversation and has greeted. */
async function answered(browser: Browser, text: string, options: BrowserContextOptions = {}): Promise<{ ana: Desk; maria: Visitor }> {
  const maria = await asks(browser, text, options);
  const ana = await Desk.open(browser);
  await ana.opens(text);
  await ana.writes("Hello, thank you for writing. I am sorry about that.");
  await maria.sees("Hello, thank you for writing.");
  return { ana, maria };
}

const editor = (ana: Desk, name: string): Locator => ana.page.getByRole("form", { name });
const card = (maria: Visitor, title: string): Locator => maria.panel.getByRole("group", { name: title });

/** Ana offers a new bowl or the money back, and promises to send it. */
async function proposes(ana: Desk, words: string): Promise<void> {
  await ana.page.getByRole("button", { name: /^Propose/ }).click();
  const form = editor(ana, "Propose");
  await form.getByLabel("What you offer").fill(words);
  await form.getByRole("button", { name: "Options" }).click();
  await form.getByLabel("Option 1", { exact: true }).fill("A new bowl");
  await form.getByLabel("Option 1, in a line").fill("on its way tomorrow");
  await form.getByLabel("Option 2", { exact: true }).fill("Your money back");
  await form.getByRole("button", { name: "Limits" }).click();
  await form.getByLabel("Limits").fill("The blue one is sold out");
  await form.getByRole("button", { name: "What we do" }).click();
  await form.getByLabel("What we do").fill("send it with the morning van");
  await form.getByRole("button", { name: "Tomorrow at 10" }).click();
  await form.getByRole("button", { name: "Their part" }).click();
  await form.getByLabel("Their part").fill("send us a picture of the crack");
  await form.getByRole("button", { name: "In two hours" }).last().click();
  await form.getByRole("button", { name: "Send proposal" }).click();
  await expect(form).toHaveCount(0);
}

async function isAccessible(maria: Visitor): Promise<void> {
  expect(await violations(frameOf(maria))).toEqual([]);
}

test("Ana says it back, Maria says what is missing, then yes", async ({ browser }) => {
  const { ana, maria } = await answered(browser, "My new bowl arrived with a crack, and I need it before Friday.");
  await ana.page.keyboard.press("Alt+b");
  const form = editor(ana, "Say it back");
  await form.getByLabel("What you understood").fill("You need a new bowl.");
  await form.getByRole("button", { name: "Ask: did we get this right?" }).click();
  await expect(ana.history.getByText("Waits for their answer")).toBeVisible();

  await card(maria, "Did we get this right?").getByRole("button", { name: "Not quite" }).click();
  await maria.panel.getByLabel("What is missing or different?").fill("It must be here before Friday.");
  await maria.panel.getByLabel("What is missing or different?").press("Enter");
  await expect(maria.panel.getByText("You said: not quite")).toBeVisible();
  await expect(ana.history.getByText("They said: not quite")).toBeVisible();
  await expect(ana.page.getByRole("status").filter({ hasText: "They said: not quite" })).toHaveCount(1);
  await expect(ana.message("It must be here before Friday.")).toBeVisible();

  await ana.page.keyboard.press("Alt+b");
  await editor(ana, "Say it back").getByLabel("What you understood").fill("You need a new bowl before Friday.");
  await ana.page.keyboard.press("Control+Enter");
  await card(maria, "Did we get this right?").last().getByRole("button", { name: "Yes, that's it" }).click();
  await expect(maria.panel.getByText("You said: yes, that's it")).toBeVisible();
  await expect(ana.history.getByText("They said: yes, that’s it")).toBeVisible();
  await ana.page.reload();
  await expect(ana.history.getByText("They said: yes, that’s it")).toBeVisible();
  await expect(ana.history.getByText("They said: not quite")).toBeVisible();
  await ana.at("You need a new bowl before Friday.", (row) => expect(row.locator(".unread-count")).toHaveCount(0, { timeout: 1_500 }));
  await maria.leaves();
  await ana.leaves();
});

test("Maria declines with a reason, accepts the next, and sees what is promised until it is kept", async ({ browser }) => {
  const { ana, maria } = await answered(browser, "The bowl you sent is broken.");
  await proposes(ana, "We are sorry. Which would you like?");
  const first = card(maria, "What we suggest");
  await first.getByRole("button", { name: "No, thank you" }).click();
  await maria.panel.getByLabel("Would you tell us why? You need not.").fill("Friday is too late");
  await maria.panel.getByRole("button", { name: "Send", exact: true }).first().click();
  await expect(first.getByText("You said: no, thank you")).toBeVisible();
  await expect(ana.message("Friday is too late")).toBeVisible();

  await proposes(ana, "Then we send it today. Which one?");
  const second = card(maria, "What we suggest").last();
  await second.getByRole("button", { name: "Accept" }).click();
  await expect(second.getByText("Please choose one first.")).toBeVisible();
  await second.getByRole("radio", { name: /A new bowl/ }).check();
  await second.getByRole("button", { name: "Accept" }).click();
  await expect(second.getByText("You accepted")).toBeVisible();
  await expect(maria.panel.getByRole("log").getByText(/We promise: send it with the morning van, by tomorrow/)).toBeVisible();
  await expect(maria.panel.getByRole("log").getByText(/Your part: send us a picture of the crack, by/)).toBeVisible();
  await isAccessible(maria);
  await maria.page.reload();
  await expect(second.getByText("You accepted")).toBeVisible();
  await expect(maria.panel.getByRole("button", { name: /Your part: send us a picture/ })).toBeVisible();

  const open = ana.page.getByRole("region", { name: "Open promises" });
  await expect(open.getByText("send it with the morning van")).toBeVisible();
  await expect(ana.page.getByRole("region", { name: "Where we are" })).toContainText("send us a picture");
  await ana.isAccessible();
  // Without motion nothing is judged while it fades.
  await ana.page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
  await ana.isAccessible();
  const ours = open.getByRole("listitem").filter({ hasText: "morning van" });
  await ours.getByRole("button", { name: "Keep" }).click();
  await ana.page.getByLabel("Tell the customer, if you like").fill("It has left the house.");
  await ana.page.keyboard.press("Enter");
  await maria.sees("It has left the house.");
  await expect(maria.panel.getByRole("log").getByText("Kept: send it with the morning van")).toBeVisible();
  await expect(open.getByText("send it with the morning van")).toHaveCount(0);

  await maria.panel.getByRole("button", { name: "More" }).click();
  await maria.panel.getByRole("menuitem", { name: "What we promised you" }).click();
  const list = maria.panel.getByRole("region", { name: "What we promised you" });
  await expect(list.getByRole("listitem")).toHaveCount(2);
  await expect(list.getByRole("listitem").first()).toContainText("Your part");
  await isAccessible(maria);
  await maria.leaves();
  await ana.leaves();
});

test("Maria says yes in words, Ana notes which option, and the ledger shows how the promise ended", async ({ browser }) => {
  const { ana, maria } = await answered(browser, "The bowl has a chip, and I paid for a whole one.");
  await proposes(ana, "Either is fine with us. Which would you like?");
  await expect(card(maria, "What we suggest")).toBeVisible();
  await maria.writes("Yes please, the new one!");
  const line = ana.page.locator(".suggestion", { hasText: "They wrote yes. Which of your options is it?" });
  await expect(line).toBeVisible();
  await ana.isAccessible();
  await line.getByRole("button", { name: "A new bowl" }).click();
  await expect(line).toHaveCount(0);
  await expect(ana.history.getByText("They accepted in their own words")).toBeVisible();
  await expect(card(maria, "What we suggest").getByText("You accepted")).toBeVisible();

  const ours = ana.page.getByRole("region", { name: "Open promises" }).getByRole("listitem").filter({ hasText: "morning van" });
  await ours.getByRole("button", { name: "Keep" }).click();
  await ana.page.getByLabel("Tell the customer, if you like").press("Enter");
  await expect(ours).toHaveCount(0);
  await ana.go("/promises");
  await ana.page.getByText("Ended", { exact: true }).click();
  const ended = ana.page.getByRole("listitem").filter({ hasText: "send it with the morning van" }).first();
  await expect(ended).toContainText("Kept");
  await ana.isAccessible();
  await maria.leaves();
  await ana.leaves();
});

test("an answer given without a connection is kept and counts once", async ({ browser }) => {
  const { ana, maria } = await answered(browser, "Is the tall vase still there?");
  await ana.page.keyboard.press("Alt+b");
  await editor(ana, "Say it back").getByLabel("What you understood").fill("You would like the tall vase.");
  await ana.page.keyboard.press("Control+Enter");
  const asked = card(maria, "Did we get this right?");
  await expect(asked.getByRole("button", { name: "Yes, that's it" })).toBeVisible();
  await maria.page.context().setOffline(true);
  await asked.getByRole("button", { name: "Yes, that's it" }).click();
  await expect(asked.getByText(/Kept, and sent|Sending your answer/)).toBeVisible();
  await maria.page.context().setOffline(false);
  await expect(asked.getByText("You said: yes, that's it")).toBeVisible({ timeout: 20_000 });
  await expect(ana.history.getByText("They said: yes, that’s it")).toHaveCount(1);
  await maria.leaves();
  await ana.leaves();
});

test("by keyboard alone: hold, promise, move, and no closing over it", async ({ browser }) => {
  const { ana, maria } = await answered(browser, "Where is my order 4411?");
  await ana.box.fill("Half a thought");
  await ana.page.keyboard.press("Alt+w");
  await expect(editor(ana, "Hold: I am checking").getByRole("radio", { name: "20 minutes" })).toBeFocused();
  await ana.page.keyboard.press("Enter");
  await maria.sees("I am checking this for you");
  await expect(maria.panel.getByRole("log").getByText(/We promise: look into it/)).toBeVisible();
  await expect(ana.box).toHaveValue("Half a thought");

  await ana.box.fill("");
  await ana.page.keyboard.press("Alt+e");
  const dialog = ana.page.getByRole("dialog", { name: "A promise is still open" });
  await expect(dialog.getByText("look into it")).toBeVisible();
  await ana.isAccessible();
  await dialog.getByLabel("Why not, in words for the customer").fill("You have found it yourself.");
  await ana.page.keyboard.press("Enter");
  await expect(maria.panel.getByRole("log").getByText(/No longer planned: look into it.*You have found it yourself/)).toBeVisible();
  await expect(maria.panel.getByRole("log").getByText("Ana Ruiz ended this conversation")).toBeVisible();
  await maria.leaves();
  await ana.leaves();
});

test("a promise changes hands, is moved with a word to Maria, and what was read is set right", async ({ browser }) => {
  const { ana, maria } = await answered(browser, "The vase came with a chip.");
  const office = await Desk.open(browser);
  const noor = await office.invites(browser, "Noor");
  await office.leaves();
  await ana.page.getByRole("button", { name: "Promise something" }).click();
  const form = editor(ana, "Promise something");
  await form.getByRole("button", { name: "Promise it" }).click();
  await expect(form.getByText("Say what you promise.")).toBeVisible();
  await form.getByLabel("What is promised").fill("ask the potter");
  await form.getByRole("button", { name: "In two hours" }).click();
  await form.getByRole("button", { name: "Promise it" }).click();
  const open = ana.page.getByRole("region", { name: "Open promises" });
  await open.getByRole("button", { name: "More about “ask the potter”" }).click();
  await ana.page.getByRole("menuitem", { name: "Move" }).click();
  const move = ana.page.getByRole("form", { name: "Move" });
  await move.getByRole("button", { name: "Tomorrow at 10" }).click();
  await move.getByLabel("Why, in words for the customer").fill("He is at the market today.");
  await ana.page.keyboard.press("Enter");
  await expect(maria.panel.getByRole("log").getByText(/New time, tomorrow 10:00.*He is at the market today/)).toBeVisible();

  await open.getByRole("button", { name: "More about “ask the potter”" }).click();
  await ana.page.getByRole("menuitem", { name: "Hand on" }).click();
  await ana.page.getByRole("form", { name: "Hand on" }).getByLabel("Hand on to").selectOption({ label: "Noor" });
  await ana.page.getByRole("button", { name: "Hand it on" }).click();
  await expect(ana.history.getByText("Handed on to Noor: ask the potter")).toBeVisible();
  await noor.go("/promises");
  await expect(noor.page.getByRole("main").getByRole("listitem")).toContainText("ask the potter");

  await ana.page.keyboard.press("Alt+t");
  await ana.page.getByRole("menuitem", { name: "Compliment" }).click();
  await expect(ana.page.getByRole("button", { name: /Correct type and mood: Compliment/ })).toBeVisible();
  const here = ana.page.getByRole("region", { name: "Where we are" });
  await here.getByRole("button", { name: /What they need/ }).click();
  await here.getByRole("textbox").fill("A vase without a chip");
  await here.getByRole("textbox").press("Enter");
  await expect(here).toContainText("A vase without a chip");
  await maria.leaves();
  await noor.leaves();
  await ana.leaves();
});

test("what a sent reply promises is offered until it is held or waved away", async ({ browser }) => {
  const { ana, maria } = await answered(browser, `Who can tell me about kiln ${Date.now()}?`);
  const heard = ana.page.getByRole("list", { name: "Heard in your reply" });
  await ana.writes("I'll ask the potter and write to you tomorrow at noon. We will send a picture by Friday.");
  await maria.sees("tomorrow at noon");
  await expect(heard.getByRole("listitem")).toHaveCount(2);
  await ana.page.reload();
  await expect(heard.getByRole("listitem")).toHaveCount(2);
  await heard.getByRole("button", { name: /^Promise it/ }).first().click();
  await expect(heard.getByRole("listitem")).toHaveCount(1);
  await expect(maria.panel.getByRole("log").getByText(/ask the potter and write to you/).last()).toBeVisible();
  await ana.page.reload();
  await expect(heard.getByRole("listitem")).toHaveCount(1);
  await heard.getByRole("button", { name: "No promise" }).click();
  await expect(heard).toHaveCount(0);
  const asked = ana.page.waitForResponse((answer) => answer.url().endsWith("/when"));
  await ana.page.reload();
  await asked;
  await ana.box.fill("All right.");
  await expect(heard).toHaveCount(0);
  await maria.leaves();
  await ana.leaves();
});

test("what a reply promises is heard, and held with it", async ({ browser }) => {
  const { ana, maria } = await answered(browser, "Can you find out when it ships?");
  await ana.box.fill("Of course. I'll get back to you in half an hour.");
  const heard = ana.page.getByRole("list", { name: "Heard in your reply" });
  await expect(heard.getByRole("button", { name: /Promise it/ })).toBeVisible();
  await ana.box.press("Alt+k");
  await expect(heard.getByRole("button", { name: "Promised when you send" })).toBeVisible();
  await ana.page.getByRole("link", { name: "Team" }).click();
  await ana.page.getByRole("heading", { name: "Team", exact: true }).waitFor();
  await ana.page.goBack();
  await expect(heard.getByRole("button", { name: "Promised when you send" }), "it waits beside the draft").toBeVisible();
  await ana.box.press("Enter");
  await maria.sees("in half an hour");
  await expect(maria.panel.getByRole("log").getByText(/We promise: get back to you/)).toBeVisible();
  await expect(heard).toHaveCount(0);
  await ana.page.locator("h2", { hasText: "Visitor" }).first().click();
  await ana.page.keyboard.press("g");
  await ana.page.keyboard.press("r");
  const mine = ana.page.getByRole("main").getByRole("listitem");
  await expect(mine.first()).toBeVisible();
  await ana.isAccessible();
  await maria.leaves();
  await ana.leaves();
});

test("on a phone, in Arabic and in the dark, a proposal is answered with a thumb", async ({ browser }) => {
  const maria = await Visitor.come(browser, { viewport: { width: 390, height: 780 }, colorScheme: "dark", locale: "ar", hasTouch: true, isMobile: true });
  await maria.call("locale", "ar");
  await maria.opens();
  await maria.writes("وصل الوعاء مكسورًا");
  await maria.sees("مكسورًا");
  const ana = await Desk.open(browser);
  await ana.opens("مكسورًا");
  await proposes(ana, "نعتذر جدًا. ماذا تفضّلين؟");
  const offer = card(maria, "ما نقترحه");
  await offer.getByRole("radio").first().tap();
  await isAccessible(maria);
  const accept = offer.getByRole("button", { name: "أوافق" });
  expect((await accept.boundingBox())!.height).toBeGreaterThanOrEqual(44);
  await accept.tap();
  await expect(offer.getByText("وافقتَ")).toBeVisible();
  await maria.leaves();
  await ana.leaves();
});
