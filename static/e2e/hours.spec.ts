/** Opening hours: a week filled in, what visitors read of it, and an address left instead of waiting. */
import { violations } from "./axe";
import { Desk } from "./desk";
import { looksAt } from "./look";
import { expect, test, Visitor } from "./people";

const look = looksAt("hours");

/** All days closed, so that it is night wherever and whenever this runs. */
async function closeAllDays({ page }: Desk): Promise<void> {
  const week = page.getByRole("list", { name: "An ordinary week" });
  const remove = week.getByRole("button", { name: /^Remove the period/ });
  while ((await remove.count()) > 0) await remove.first().click();
}

test("hours are filled in once, copied, and tell when it opens", async ({ browser }) => {
  const ana = await Desk.open(browser);
  await ana.go("/site/hours");
  await ana.page.getByRole("switch", { name: /Keep opening hours/ }).check();
  const week = ana.page.getByRole("list", { name: "An ordinary week" });
  await closeAllDays(ana);
  await week.getByRole("button", { name: "Open on Monday" }).click();
  await ana.page.getByLabel("Monday: closes").fill("12:00");
  await week.getByRole("button", { name: "Another period on Monday" }).click();
  await week.getByRole("button", { name: "Copy Monday to" }).click();
  await ana.page.getByRole("menuitem", { name: "Monday to Friday" }).click();
  await expect(week.getByLabel("Friday: opens")).toHaveCount(2);
  await ana.page.getByLabel("Time zone").selectOption("Europe/Berlin");
  await ana.page.getByLabel("Holidays of").selectOption("DE-BY");
  await expect(ana.page.getByRole("checkbox", { name: /Neujahr/ }).first()).toBeChecked();
  await ana.page.getByRole("button", { name: "Add a day" }).click();
  await ana.page.getByLabel("What it is").fill("Stocktaking");
  await expect(ana.page.getByText(/With these hours you are (open|closed) now/)).toBeVisible();
  expect(await violations(ana.page)).toEqual([]);
  await look(ana, "week");
  await ana.page.getByRole("button", { name: "Save" }).click();
  await expect(ana.page.getByText("Saved", { exact: true }).first()).toBeVisible();
  await ana.page.reload();
  await expect(ana.page.getByLabel("Friday: opens")).toHaveCount(2);
  await expect(ana.page.getByLabel("What it is")).toHaveValue("Stocktaking");
  const phone = await Desk.open(browser, { viewport: { width: 390, height: 844 }, colorScheme: "dark" });
  await phone.go("/site/hours");
  await expect(phone.page.getByLabel("Friday: opens")).toHaveCount(2);
  expect(await violations(phone.page)).toEqual([]);
  await look(phone, "phone");
  await phone.leaves();
  await ana.page.getByRole("switch", { name: /Keep opening hours/ }).uncheck();
  await ana.page.getByRole("button", { name: "Save" }).click();
  await expect(ana.page.getByRole("button", { name: "Save" })).toBeDisabled();
  await ana.leaves();
});

test("who writes while it is closed hears so, leaves an address and is promised an answer", async ({ browser }) => {
  const ana = await Desk.open(browser);
  await ana.go("/site/hours");
  await ana.page.getByRole("switch", { name: /Keep opening hours/ }).check();
  await closeAllDays(ana);
  // Open for an hour on one day of next week: closed now, and there is a next opening.
  const soon = new Date(Date.now() + 3 * 86_400_000);
  const day = soon.toLocaleDateString("en", { weekday: "long" });
  const week = ana.page.getByRole("list", { name: "An ordinary week" });
  await week.getByRole("button", { name: `Open on ${day}` }).click();
  await ana.page.getByLabel("Holidays of").selectOption("");
  const own = ana.page.getByRole("list", { name: "Own days" }).getByRole("button", { name: /^Remove/ });
  while ((await own.count()) > 0) await own.first().click();
  await ana.page.getByRole("button", { name: "Save" }).click();
  await expect(ana.page.getByRole("button", { name: "Save" })).toBeDisabled();

  const maria = await Visitor.come(browser, { timezoneId: "UTC" });
  await maria.opens();
  await expect(maria.panel.getByText(/^Closed until /)).toBeVisible();
  await look(maria, "panel-first");
  const said = `Is anybody there at ${Date.now()}?`;
  await maria.writes(said);
  await expect(maria.panel.getByText(/We are closed just now\. We open again on \w+day at /)).toBeVisible();
  await expect(maria.panel.getByText("Automatic reply").first()).toBeVisible();
  await expect(maria.panel.getByText(/We promise: answer you here, by/).first()).toBeVisible();
  expect(await violations(maria.page)).toEqual([]);
  await maria.panel.getByLabel("You need not wait: where can we reach you?").fill("maria@example.org");
  await look(maria, "panel-leave");
  await maria.panel.getByRole("button", { name: "Leave it" }).click();
  await expect(maria.panel.getByRole("status").filter({ hasText: "You have our answer by" })).toBeVisible();

  await ana.go("/queue");
  await ana.at(said, (row) => row.click({ timeout: 1_500 }));
  await expect(ana.history.getByText(said)).toBeVisible();
  await expect(ana.page.getByText("maria@example.org").first()).toBeVisible();
  await expect(ana.page.getByText(/We are closed, and open /).first()).toBeVisible();
  await look(ana, "desk");
  await ana.go("/site/hours");
  await ana.page.getByRole("switch", { name: /Keep opening hours/ }).uncheck();
  await ana.page.getByRole("button", { name: "Save" }).click();
  await expect(ana.page.getByRole("button", { name: "Save" })).toBeDisabled();
  await maria.leaves();
  await ana.leaves();
});

test("words of one's own stand beside what visitors read of them", async ({ browser }) => {
  const ana = await Desk.open(browser);
  await ana.go("/site/waiting");
  const preview = ana.page.getByRole("complementary", { name: "What visitors read" });
  await expect(preview.getByText("You are number 2 in the queue", { exact: false }).first()).toBeVisible();
  await ana.page.getByLabel("When nobody is there").fill("Back soon.");
  await expect(preview.getByText("Back soon.")).toBeVisible();
  await preview.getByText("Arabic").click();
  await expect(preview.getByText("رقمك في الدور", { exact: false }).first()).toBeVisible();
  expect(await violations(ana.page)).toEqual([]);
  await look(ana, "words");
  await ana.page.getByLabel("When nobody is there").fill("Back {{soon}}.");
  await expect(preview.getByRole("alert")).toContainText("can never be filled in");
  await ana.leaves();
});
