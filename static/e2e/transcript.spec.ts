import { readFile } from "node:fs/promises";
import { frameOf, violations } from "./axe";
import { Desk } from "./desk";
import { looksAt } from "./look";
import { link, Mailbox } from "./mailbox";
import { Agent, expect, test, Visitor } from "./people";
import type { Stop } from "./start";

let box: Mailbox;
let stop: Stop;

// A server of its own, with a mail server.
test.beforeAll(async () => {
  box = await Mailbox.open();
  stop = await Desk.house("--smtp", box.url, "--mail-from", "hello@shop.example");
});
test.afterAll(async () => {
  await stop();
  box.close();
});

const picture = looksAt("transcript");

/** The visitor's sheet, looked at and without a barrier. */
async function sheet(visitor: Visitor, name: string): Promise<void> {
  expect(await violations(frameOf(visitor))).toEqual([]);
  await picture(visitor, name);
}

async function asks(visitor: Visitor): Promise<void> {
  await visitor.panel.getByRole("button", { name: "More", exact: true }).click();
  await visitor.panel.getByRole("menuitem", { name: "Send me this conversation" }).click();
}

test("Maria has her conversation sent to her, saves it, and Ana sends it once more", async ({ browser }) => {
  const agent = await Agent.signIn();
  const maria = await Visitor.come(browser);
  await maria.opens();
  await maria.writes("My lamp from https://lamps.example hums.");
  await maria.sees("hums.");
  await asks(maria);
  await expect(maria.panel.getByText("once somebody has answered")).toBeVisible();
  await sheet(maria, "too-early");
  await maria.panel.getByRole("button", { name: "Back to the conversation" }).click();

  const { id } = await agent.finds("My lamp from");
  await agent.answers(id, "We send a new one today.");
  await maria.sees("We send a new one today.");
  await asks(maria);
  const address = maria.panel.getByLabel("To which e-mail address?");
  await address.fill("maria@nowhere");
  await sheet(maria, "sheet");
  await address.fill("maria@example.org");
  await address.press("Enter");
  await expect(maria.panel.getByRole("status").getByText("On its way to m…@example.org.")).toBeVisible();
  await sheet(maria, "sent");

  const letter = await box.next("We send a new one today.");
  expect(letter.to).toBe("maria@example.org");
  expect(letter.text).toContain("My lamp from https[://]lamps[.]example hums.");
  expect(letter.header).toContain("List-Unsubscribe-Post: List-Unsubscribe=One-Click");

  const [download] = await Promise.all([maria.page.waitForEvent("download"), maria.panel.getByRole("button", { name: "Save as a file" }).click()]);
  const file = await readFile((await download.path())!, "utf8");
  expect(file).toContain("My lamp from https://lamps.example hums.");
  expect(file).toContain("We send a new one today.");
  await maria.panel.getByRole("button", { name: "Back to the conversation" }).click();
  await expect(maria.panel.getByText("A copy of this conversation is on its way to m…@example.org")).toBeVisible();

  const ana = await Desk.open(browser);
  await ana.opens("We send a new one today.", "/mine");
  await expect(ana.history).toContainText("sent a copy of this conversation to m…@example.org");
  await ana.page.getByRole("button", { name: "More", exact: true }).click();
  await ana.page.getByRole("menuitem", { name: "Send a copy to the customer" }).click();
  const dialog = ana.page.getByRole("dialog");
  await dialog.getByRole("textbox", { name: "E-mail address" }).fill("work@example.org");
  await ana.isAccessible();
  await picture(ana, "dialog");
  await dialog.getByRole("button", { name: "Send the copy" }).click();
  await expect(ana.page.getByText("A copy is on its way to w…@example.org")).toBeVisible();
  await expect(ana.history).toContainText("You sent a copy of this conversation to w…@example.org");
  const second = await box.next("sends you this copy");
  expect(second.to).toBe("work@example.org");
  await expect(maria.panel.getByText("sent a copy of this conversation to w…@example.org")).toBeVisible();

  await agent.closes(id);
  await expect(maria.panel.getByRole("button", { name: "Send me this conversation" })).toBeVisible();
  await sheet(maria, "ended");

  const owner = new Desk(await (await browser.newContext()).newPage());
  await owner.page.goto(link(second, "Send no copies to this address any more"));
  await picture(owner, "stop");
  await owner.page.getByRole("button", { name: "Yes, send none" }).click();
  await expect(owner.page.getByText("We send no copies to this address any more.")).toBeVisible();
  await asks(maria);
  await address.fill("work@example.org");
  await address.press("Enter");
  await expect(maria.panel.getByRole("alert").getByText("It cannot go to this address.")).toBeVisible();
  await expect(address).toHaveValue("work@example.org");
  await owner.leaves();

  await ana.go("/site/mail");
  await ana.page.getByRole("switch", { name: "Customers can have a conversation sent to them" }).waitFor();
  await ana.isAccessible();
  await picture(ana, "site");
  await ana.page.getByRole("switch", { name: "Customers can have a conversation sent to them" }).click();
  await expect(ana.page.getByText("Saved")).toBeVisible();
  await maria.go("index.html");
  await maria.opens();
  await maria.panel.getByRole("button", { name: "More", exact: true }).click();
  await maria.panel.getByRole("menuitem", { name: "Save this conversation" }).click();
  await expect(maria.panel.getByRole("button", { name: "Save as a file" })).toBeVisible();
  await expect(address).toHaveCount(0);
  await ana.page.getByRole("switch", { name: "Customers can have a conversation sent to them" }).click();
  await ana.leaves();
  await maria.leaves();
});

test("the sheet fits a dark phone, and stands from right to left", async ({ browser }) => {
  const agent = await Agent.signIn();
  const huda = await Visitor.come(browser, { viewport: { width: 390, height: 740 }, colorScheme: "dark", locale: "ar" });
  await huda.call("locale", "ar");
  await huda.opens();
  await huda.writes("مصباحي يصدر صوتًا");
  const { id } = await agent.finds("مصباحي");
  await agent.answers(id, "We send a new one.");
  await huda.sees("We send a new one.");
  await huda.panel.getByRole("button", { name: "المزيد" }).click();
  await huda.panel.getByRole("menuitem", { name: "أرسلوا إليّ هذه المحادثة" }).click();
  await huda.panel.getByRole("textbox").fill("huda@example.org");
  await sheet(huda, "arabic-dark-phone");
  await huda.panel.getByRole("textbox").press("Enter");
  await expect(huda.panel.getByRole("status").getByText("h…@example.org")).toBeVisible();
  const letter = await box.next("مصباحي يصدر صوتًا");
  expect(letter.to).toBe("huda@example.org");
  await huda.leaves();
});
