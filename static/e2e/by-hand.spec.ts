import { readFileSync } from "node:fs";
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

test("Ana's replies wait three seconds: one is taken back from another conversation, the others go out in their order", async ({ browser }) => {
  const run = Date.now();
  const [maria, tom] = [await Visitor.come(browser), await Visitor.come(browser)];
  for (const [who, text] of [[maria, `Is the lamp there? ${run}`], [tom, `Where is my vase? ${run}`]] as const) {
    await who.opens();
    await who.writes(text);
    await who.sees(text);
  }
  const ana = await Desk.open(browser);
  await ana.go("/account");
  await ana.page.getByRole("switch", { name: "Replies wait three seconds" }).click();

  await ana.opens(`Is the lamp there? ${run}`);
  await ana.writes("One moment.");
  await ana.writes("Yes, it is.");
  const bar = ana.page.locator(".held-bar");
  await expect(bar).toContainText("Goes out in");
  await maria.sees("Yes, it is.");
  await expect(maria.panel.locator(".message", { hasText: /One moment|Yes, it is/ })).toHaveText([/One moment/, /Yes, it is/]);
  await expect(bar).toHaveCount(0);

  await ana.writes("For somebody else.");
  await ana.box.press("Escape");
  await expect(ana.box).toHaveValue("For somebody else.");

  // Where three seconds are not enough to get there, it is tried again.
  const toms = ana.rows.filter({ hasText: `Where is my vase? ${run}` });
  await expect(async () => {
    await ana.writes("From elsewhere.");
    await toms.click();
    await expect(ana.history).toContainText(`Where is my vase? ${run}`, { timeout: 2_000 });
    await ana.page.keyboard.press("Escape");
    await expect(ana.history).toContainText(`Is the lamp there? ${run}`, { timeout: 1_000 });
  }).toPass();
  await expect(ana.box).toHaveValue("From elsewhere.");

  await ana.box.fill("Anything else?");
  await ana.box.press("Enter");
  await expect(bar).toBeVisible();
  await ana.page.reload();
  await maria.sees("Anything else?");
  await expect(maria.panel.getByText("For somebody else.")).toHaveCount(0);
  await maria.leaves();
  await tom.leaves();
  await ana.leaves();
});

test("Ana enters a call with what she promised, and makes an appointment that Maria finds in her chat and saves", async ({ browser }) => {
  const run = Date.now();
  const maria = await Visitor.come(browser);
  await maria.opens();
  await maria.writes(`Could I see the lamp? ${run}`);
  await maria.sees(`Could I see the lamp? ${run}`);
  const ana = await Desk.open(browser);
  await ana.opens(`Could I see the lamp? ${run}`);

  await ana.page.keyboard.press("Alt+Shift+h");
  const window = ana.page.getByRole("dialog", { name: "Enter by hand" });
  await window.getByRole("button", { name: "Enter it" }).click();
  await expect(window.getByRole("alert")).toHaveText("Write what was said.");
  await window.getByLabel("Minutes").fill("12");
  await window.getByLabel("What was it about?").fill(`The green lamp ${run}`);
  await window.getByLabel("What was said").fill("She rang: is it dimmable?");
  await window.getByText("Something was promised").click();
  await window.getByLabel("What was promised?").fill(`Ask the workshop ${run}`);
  await window.getByRole("button", { name: "In two hours" }).click();
  await ana.isAccessible();
  await window.getByRole("button", { name: "Enter it" }).click();
  await expect(window).toHaveCount(0);
  const customer = ana.page.getByRole("region", { name: "Customer", exact: true });
  const call = customer.locator(".earlier li", { hasText: `The green lamp ${run}` });
  await expect(call.getByLabel("Call")).toBeVisible();
  await call.locator("summary").click();
  await expect(call).toContainText("She rang: is it dimmable?");
  await call.getByRole("button", { name: "Open the whole conversation" }).click();
  await expect(ana.page.getByRole("region", { name: "Call", exact: true })).toContainText("12 minutes");
  await expect(ana.page.getByText(`Ask the workshop ${run}`).first()).toBeVisible();
  await expect(ana.box).toHaveCount(0);
  await ana.isAccessible();

  await ana.opens(`Could I see the lamp? ${run}`);
  await customer.getByRole("button", { name: "Enter by hand" }).click();
  await window.getByText("Appointment", { exact: true }).click();
  await window.getByRole("button", { name: "Tomorrow at 10" }).click();
  await window.getByLabel("What for?").fill(`See the lamp ${run}`);
  await window.getByLabel("Where").fill("Quay 4, upstairs");
  await window.getByRole("button", { name: "Make the appointment" }).click();
  await expect(ana.history).toContainText(`Appointment: See the lamp ${run}`);
  await expect(maria.panel.getByText(`We meet: See the lamp ${run}`)).toBeVisible();
  await maria.panel.locator(".next-promise").click();
  await expect(maria.panel.getByText(`Ask the workshop ${run}`)).toBeVisible();
  const saved = maria.page.waitForEvent("download");
  await maria.panel.getByRole("button", { name: "Save for my calendar" }).click();
  const file = await saved;
  expect(file.suggestedFilename()).toBe("appointment.ics");
  const text = readFileSync(await file.path(), "utf8");
  expect(text).toContain("LOCATION:Quay 4\\, upstairs\r\n");
  expect(text).toContain(`SUMMARY:See the lamp ${run}\r\n`);
  await maria.leaves();
  await ana.leaves();
});

test("Ana brings in orders whose columns have other names, finds what is left out, and takes it all away again", async ({ browser }) => {
  const run = Date.now();
  const ana = await Desk.open(browser);
  await ana.go("/site");
  await ana.page.getByRole("link", { name: /Bring in/ }).click();
  const look = ana.page.getByRole("region", { name: /What would become of/ });
  const chooses = (name: string, text: string) => ana.page.getByLabel("Choose a file").setInputFiles({ name, mimeType: "text/csv", buffer: Buffer.from(text) });
  await chooses(`people-${run}.csv`, `reference,name\nc-${run},Maria Lopez\n`);
  await expect(look.getByRole("status")).toHaveText("One is new.");
  await look.getByRole("button", { name: "Bring one in" }).click();
  await expect(ana.page.getByRole("listitem").filter({ hasText: `people-${run}.csv` })).toContainText("one of them");

  await ana.page.getByText("Orders", { exact: true }).click();
  await chooses(`orders-${run}.csv`, `number,customer,at,amount,currency\no-${run},c-${run},2026-03-14,129.00,EUR\nx-${run},nobody,2026-03-14,1,EUR\n`);
  await look.getByLabel("reference").selectOption("number");
  await expect(look.getByRole("status")).toHaveText("One is new, one is left out.");
  await expect(look).toContainText("Line 3");
  await ana.isAccessible();
  await look.getByRole("button", { name: "Bring one in" }).click();
  const orders = ana.page.getByRole("listitem").filter({ hasText: `orders-${run}.csv` });
  await orders.getByRole("button", { name: "Take it all away" }).click();
  await ana.page.getByRole("alertdialog").getByRole("button", { name: "Take it all away" }).click();
  await expect(orders).toContainText("taken away");
  await ana.leaves();
});
