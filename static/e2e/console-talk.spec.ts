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

async function asks(browser: Parameters<typeof Visitor.come>[0], text: string): Promise<Visitor> {
  const visitor = await Visitor.come(browser);
  await visitor.opens();
  await visitor.writes(text);
  await visitor.sees(text);
  return visitor;
}

test("Maria asks, Ana sees her wait, takes it, answers with a template and closes", async ({ browser }) => {
  const ana = await Desk.open(browser);
  await ana.go("/queue");
  const maria = await asks(browser, "Does the tall lamp come in green?");
  const row = ana.rows.filter({ hasText: "Does the tall lamp come in green?" });
  await expect(row).toBeVisible();
  await expect(row.locator(".wait")).toHaveText(/\d\d:\d\d/);
  await row.click();
  await ana.page.getByRole("button", { name: "Take conversation" }).click();
  await expect(maria.panel.getByText("Ana Ruiz has joined")).toBeVisible();

  await ana.box.pressSequentially("Hi. /");
  await expect(ana.page.getByRole("listbox", { name: "Templates" })).toBeVisible();
  await ana.box.press("Enter");
  await expect(ana.box).toHaveValue(/^Hi\. .{10,}/s);
  await expect(ana.box).not.toHaveValue(/\{\{/);
  await ana.box.press("Enter");
  await maria.sees("Hi.");
  await expect(ana.message("Hi.").getByText("Read")).toBeVisible();

  await ana.writes("Moss green, yes.");
  await maria.sees("Moss green, yes.");
  await maria.box.pressSequentially("Wonder");
  await expect(ana.page.getByText(/is typing/)).toBeVisible();
  await maria.writes("Wonderful.");
  await expect(ana.message("Wonderful.")).toBeVisible();
  await ana.page.getByRole("button", { name: "Close conversation" }).click();
  await expect(maria.panel.getByText("Ana Ruiz ended this conversation")).toBeVisible();
  await maria.leaves();
  await ana.leaves();
});

test("a template with a missing value cannot be sent, and the blank is chosen to be filled", async ({ browser }) => {
  const ana = await Desk.open(browser);
  const tom = await asks(browser, "Where is my parcel, please?");
  await ana.opens("Where is my parcel, please?");
  await ana.box.fill("Your order {{order.number}} is on its way.");
  await ana.box.press("Enter");
  await expect(ana.page.getByRole("alert")).toContainText("order.number");
  await expect(ana.box).toHaveValue(/order\.number/);
  await expect.poll(() => ana.box.evaluate((el) => { const area = el as HTMLTextAreaElement; return area.value.slice(area.selectionStart, area.selectionEnd); })).toBe("{{order.number}}");
  await ana.page.keyboard.type("4411");
  await ana.box.press("Enter");
  await tom.sees("Your order 4411 is on its way.");
  await tom.leaves();
  await ana.leaves();
});

test("a note never leaves the team", async ({ browser }) => {
  const ana = await Desk.open(browser);
  const tom = await asks(browser, "Can I return a cracked bowl?");
  await ana.opens("Can I return a cracked bowl?");
  await ana.box.press("Alt+n");
  await expect(ana.page.getByText("Only your team sees this", { exact: true })).toBeVisible();
  await ana.box.fill("Batch 7, we know about it.");
  await ana.page.getByRole("button", { name: "Add note" }).click();
  await expect(ana.message("Batch 7")).toHaveClass(/note/);
  await expect(ana.page.getByRole("button", { name: "Send", exact: true })).toBeVisible();
  await ana.writes("Of course you can.");
  await tom.sees("Of course you can.");
  await expect(tom.panel.getByText("Batch 7")).toHaveCount(0);
  await tom.leaves();
  await ana.leaves();
});

test("offline in the middle of sending, and a reload: kept, and there once", async ({ browser }) => {
  const ana = await Desk.open(browser);
  const maria = await asks(browser, "Is the kiln open on Sunday?");
  await ana.opens("Is the kiln open on Sunday?");
  await ana.writes("Let me look.");
  await maria.sees("Let me look.");
  await ana.page.context().setOffline(true);
  await ana.writes("It opens at ten.");
  await expect(ana.message("It opens at ten.").getByText("Sending")).toBeVisible();
  await expect(ana.page.getByText("No connection. You can go on writing")).toBeVisible();
  await ana.box.fill("Half a thought");
  await ana.page.context().setOffline(false);
  await maria.sees("It opens at ten.");
  await expect(ana.page.getByText("No connection. You can go on writing")).toHaveCount(0);

  await Promise.all([ana.page.waitForResponse((r) => r.url().endsWith("/draft")), ana.box.fill("And closes")]);
  await ana.page.context().setOffline(true);
  await ana.box.fill("And closes at six.");
  await ana.box.press("Enter");
  await ana.page.context().setOffline(false);
  await ana.page.reload();
  await maria.sees("And closes at six.");
  await expect(ana.message("And closes at six.")).toHaveCount(1);
  await expect(ana.message("It opens at ten.")).toHaveCount(1);
  await expect(ana.box, "the server's draft does not bring the words back").toHaveValue("");
  await ana.box.fill("Half a thought");
  await ana.page.reload();
  await expect(ana.box).toHaveValue("Half a thought");
  await maria.leaves();
  await ana.leaves();
});

test("closing goes to who waits next, and can be undone", async ({ browser }) => {
  const ana = await Desk.open(browser);
  const first = await asks(browser, "First in line?");
  const second = await asks(browser, "Second in line?");
  await ana.opens("First in line?");
  await ana.page.getByRole("button", { name: "Take conversation" }).click();
  await expect(ana.page.getByRole("button", { name: "Close conversation" })).toBeVisible();
  await ana.page.locator("h2", { hasText: "Visitor" }).first().click();
  await ana.page.keyboard.press("e");
  await expect(ana.history).not.toContainText("First in line?");
  await ana.page.locator(".toast", { hasText: "Closed" }).getByRole("button", { name: "Undo" }).click();
  await expect(ana.history).toContainText("First in line?");
  await expect(ana.page.getByRole("button", { name: "Close conversation" })).toBeVisible();
  await first.leaves();
  await second.leaves();
  await ana.leaves();
});

test("on another page nothing is read, and no key acts on what was open", async ({ browser }) => {
  const ana = await Desk.open(browser);
  const maria = await asks(browser, "Is the glaze food safe?");
  await ana.opens("Is the glaze food safe?");
  await ana.page.getByRole("button", { name: "Take conversation" }).click();
  await expect(ana.page.getByRole("button", { name: "Close conversation" })).toBeVisible();
  await expect(maria.panel.getByText("Read", { exact: true })).toBeVisible();
  await ana.page.getByRole("link", { name: "Team" }).click();
  await ana.page.getByRole("heading", { name: "Team", exact: true }).waitFor();
  await ana.page.keyboard.press("e");
  await maria.writes("And the blue one too?");
  await expect(maria.panel.getByText("Delivered", { exact: true })).toBeVisible();
  await ana.page.keyboard.press("g");
  await ana.page.keyboard.press("m");
  await expect(ana.message("And the blue one too?"), "the way back leads to it").toBeVisible();
  await expect(ana.page.getByRole("button", { name: "Close conversation" })).toBeVisible();
  await expect(maria.panel.getByText("Read", { exact: true })).toBeVisible();
  await maria.leaves();
  await ana.leaves();
});
