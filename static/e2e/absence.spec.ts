import type { Browser, Locator } from "@playwright/test";
import { Desk } from "./desk";
import { looksAt } from "./look";
import { expect, test, Visitor } from "./people";

const look = looksAt("absence");

const editor = (desk: Desk): Locator => desk.page.getByRole("form", { name: "Promise something" });

/** Opens the editor of promises and fills in what and by when; the button stays to be pressed. */
async function promises(desk: Desk, what: string, when: "In half an hour" | "In two hours" | "Tomorrow at 10"): Promise<Locator> {
  await desk.page.getByRole("button", { name: "Promise something" }).click();
  const form = editor(desk);
  await form.getByLabel("What is promised").fill(what);
  await form.getByRole("button", { name: when }).first().click();
  return form;
}

/** A customer writes, and a colleague of Ana's has answered and promised something. */
async function promised(browser: Browser, name: string, words: string, what: string): Promise<{ ana: Desk; ben: Desk; maria: Visitor }> {
  const ana = await Desk.open(browser, { bypassCSP: true });
  const ben = await ana.invites(browser, name);
  const maria = await Visitor.come(browser);
  await maria.opens();
  await maria.writes(words);
  await ben.opens(words);
  await ben.writes("Hello, let me see.");
  await maria.sees("Hello, let me see.");
  const form = await promises(ben, what, "In two hours");
  await form.getByRole("button", { name: "Promise it" }).click();
  await expect(ben.history.getByText(`Promised: ${what}`)).toBeVisible();
  return { ana, ben, maria };
}

test("Ben is away: what he promised goes to Ana, who is told, and comes back only when he takes it", async ({ browser }) => {
  const { ana, ben, maria } = await promised(browser, "Ben", "Is the kiln repaired?", "call the potter");
  await ana.go("/queue");
  await expect(ana.page.getByText("1 colleague here")).toBeVisible();

  await ben.page.getByRole("button", { name: /^Ben, Online/ }).click();
  await ben.page.getByRole("menuitem", { name: "Away until …" }).click();
  const away = ben.page.getByRole("region", { name: "Away for a while" });
  await away.getByRole("button", { name: "In a week" }).click();
  await expect(away.getByText("1 promise is handed on:")).toBeVisible();
  await expect(away.getByText("call the potter")).toBeVisible();
  await away.getByLabel("Who answers meanwhile").selectOption({ label: "Ana Ruiz" });
  await look(ben, "form");
  await away.getByRole("button", { name: "Hand on and be away" }).click();
  await expect(away.getByText(/^Away until .+, Ana Ruiz answers meanwhile$/)).toBeVisible();
  await expect(away.getByText("with Ana Ruiz")).toBeVisible();
  await look(ben, "stands");

  await expect(ana.page.getByText(/^Ben is away, so this is yours now, by .+: call the potter$/)).toBeVisible();
  await ana.opens("Hello, let me see.");
  await expect(ana.history.getByText("Ben is away. Handed on to Ana Ruiz: call the potter")).toBeVisible();
  const form = await promises(ana, "write to you", "In half an hour");
  await expect(form.getByRole("status").filter({ hasText: /^Ben is away until/ })).toBeVisible();
  await expect(form.getByLabel("Who answers for it").locator("option:checked")).toHaveText("Ana Ruiz");
  await expect(form.getByRole("option", { name: /^Ben, away until/ })).toBeDisabled();
  await ana.isAccessible();
  await look(ana, "editor");
  await form.getByRole("button", { name: "Put away" }).click();

  await ana.go("/promises");
  const row = ana.page.getByRole("listitem").filter({ hasText: "call the potter" });
  await expect(row).toContainText("handed on from Ben");
  await ana.isAccessible();
  await look(ana, "ledger");
  await ana.go("/team");
  await expect(ana.page.getByRole("listitem").filter({ hasText: "Ben" }).getByText(/^Away until .+, Ana Ruiz answers meanwhile$/)).toBeVisible();
  await ana.isAccessible();
  await look(ana, "team");

  await away.getByRole("button", { name: "I am back" }).click();
  await expect(away.getByText("You were away. This was handed on")).toBeVisible();
  await expect(away.getByText("with Ana Ruiz")).toBeVisible();
  await look(ben, "back");
  await away.getByRole("button", { name: "Take it back call the potter" }).click();
  await expect(away.getByText("with Ben")).toBeVisible();
  await maria.leaves();
  await ben.leaves();
  await ana.leaves();
});

test("Ana disables a colleague, and whoever has time takes what was promised", async ({ browser }) => {
  const { ana, ben, maria } = await promised(browser, "Cleo", "Do you still make saucers?", "look for the mould");
  await ana.go("/team");
  await ana.page.getByRole("listitem").filter({ hasText: "Cleo" }).getByRole("button", { name: "Disable" }).click();
  const sure = ana.page.getByRole("alertdialog", { name: "Disable Cleo?" });
  await expect(sure.getByLabel("Their open promises go to")).toBeVisible();
  await look(ana, "disable");
  await sure.getByRole("button", { name: "Disable" }).click();
  await expect(ana.page.getByText(/^Cleo is away\. Anyone can take this, by .+: look for the mould$/)).toBeVisible();

  await ana.go("/promises");
  await ana.page.getByText("For anyone", { exact: true }).click();
  const row = ana.page.getByRole("listitem").filter({ hasText: "look for the mould" });
  await expect(row).toContainText("for anyone");
  await ana.isAccessible();
  await look(ana, "anyone");
  await row.getByRole("button", { name: "I’ll take it" }).click();
  await expect(row.getByRole("button", { name: "I’ll take it" })).toHaveCount(0);
  await ana.page.getByText("Mine", { exact: true }).click();
  await expect(row).toBeVisible();
  await maria.leaves();
  await ben.leaves();
  await ana.leaves();
});

test("Ana in Berlin and a customer in Tokyo read one due time, each on their own clock", async ({ browser }) => {
  const maria = await Visitor.come(browser, { timezoneId: "Asia/Tokyo" });
  await maria.opens();
  await maria.writes("When does the glaze course begin?");
  const ana = await Desk.open(browser, { timezoneId: "Europe/Berlin", bypassCSP: true });
  await ana.opens("When does the glaze course begin?");
  await ana.writes("Hello, I will ask.");
  await maria.sees("Hello, I will ask.");
  const form = await promises(ana, "tell you the date", "In half an hour");
  await expect(form.getByRole("status").filter({ hasText: / for them/ })).toBeVisible();
  await ana.isAccessible();
  await look(ana, "zones-editor");
  await form.getByRole("button", { name: "Promise it" }).click();
  const line = ana.history.getByText(/^Promised: tell you the date, by .+ \(.+ for them\)/);
  await expect(line).toBeVisible();
  const due = maria.panel.locator(".next-promise time");
  await expect(due).toBeVisible();
  // Seven or eight hours lie between them, so the hours differ, and the minutes do not.
  const [hers, mine] = [await due.innerText(), await line.innerText()].map((text) => text.match(/\d+:\d\d/)![0]);
  expect(hers).not.toBe(mine);
  expect(hers!.split(":")[1]).toBe(mine!.split(":")[1]);
  expect(await line.innerText()).toContain(hers);

  const promise = ana.page.getByRole("listitem").filter({ has: ana.page.getByRole("button", { name: "Keep", exact: true }) });
  await promise.getByRole("button", { name: /^More about/ }).click();
  await ana.page.getByRole("menuitem", { name: "Move" }).click();
  const move = ana.page.getByRole("form", { name: "Move" });
  await move.getByRole("button", { name: "In two hours" }).click();
  await move.getByLabel("Why, in words for the customer").fill("The teacher is out until then.");
  await move.getByRole("button", { name: "Move and tell them" }).click();
  await expect(maria.panel.getByText("The teacher is out until then.")).toBeVisible();
  await expect(ana.history.getByText(/^Moved to .+ \(.+ for them\): tell you the date/)).toBeVisible();
  await look(ana, "zones");
  await ana.go("/promises");
  await expect(ana.page.getByRole("listitem").filter({ hasText: "tell you the date" })).toContainText("for them");
  await look(ana, "zones-ledger");
  await maria.leaves();
  await ana.leaves();
});
