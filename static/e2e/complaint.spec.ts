import type { Browser, Locator } from "@playwright/test";
import { Desk } from "./desk";
import { expect, test, Visitor } from "./people";

const track = (ana: Desk): Locator => ana.coach.getByRole("region", { name: "Complaint" });
const stage = (ana: Desk, name: string): Locator => track(ana).getByRole("checkbox", { name });

async function complains(browser: Browser, text: string): Promise<{ ana: Desk; maria: Visitor }> {
  const maria = await Visitor.come(browser);
  await maria.opens();
  await maria.writes(text);
  await maria.sees(text);
  const ana = await Desk.open(browser);
  await ana.opens(text);
  return { ana, maria };
}

test("Maria complains, Ana leads her through the seven stages, and the team sees it", async ({ browser }) => {
  const words = `This is unacceptable! My bowl number ${Date.now()} arrived broken and nobody answers.`;
  const { ana, maria } = await complains(browser, words);
  await ana.at(words.slice(0, 50), (row) => expect(row).toContainText("complaint", { timeout: 1_500 }));
  await track(ana).getByRole("button", { name: "Open complaint track" }).click();
  await expect(track(ana)).toContainText("0 of 7");
  await expect(track(ana)).toContainText("not about you");

  await ana.writes("I'm so sorry, that must be really frustrating. What happened when it arrived?");
  await expect(stage(ana, "Listen")).toBeChecked();
  await expect(stage(ana, "Feelings, then facts")).toBeChecked();
  await maria.sees("What happened when it arrived?");
  await maria.writes("The box was open and the bowl in two pieces.");

  await ana.page.keyboard.press("Alt+b");
  const said = ana.page.getByRole("form", { name: "Say it back" });
  await said.getByLabel("What you understood").fill("Your bowl came in two pieces, and nobody answered you.");
  await said.getByRole("button", { name: "Ask: did we get this right?" }).click();
  await maria.panel.getByRole("button", { name: "Yes, that's it" }).click();
  await expect(stage(ana, "Say it back")).toBeChecked();

  await ana.writes("What would you like us to do to make it right?");
  await maria.sees("make it right?");
  await maria.writes("I want a new bowl before Friday.");
  await expect(stage(ana, "What they expect")).toBeChecked();
  await track(ana).getByText("Recorded", { exact: false }).first().click();
  await expect(track(ana).getByRole("button", { name: /They expect: I want a new bowl before Friday/ })).toBeVisible();

  await ana.page.keyboard.press("Alt+p");
  const offer = ana.page.getByRole("form", { name: "Propose" });
  await offer.getByLabel("What you offer").fill("We send you a new bowl by courier.");
  await offer.getByRole("button", { name: "Send proposal" }).click();
  await maria.panel.getByRole("button", { name: /^(Yes, please|Accept|Yes)/ }).first().click();
  await expect(stage(ana, "A solution")).toBeChecked();

  // By hand, and back again.
  await stage(ana, "Is it resolved?").click();
  await expect(stage(ana, "Is it resolved?")).toBeChecked();
  await stage(ana, "Is it resolved?").click();
  await expect(stage(ana, "Is it resolved?")).not.toBeChecked();
  await stage(ana, "Is it resolved?").press("Space");
  await expect(track(ana)).toContainText("6 of 7");
  await ana.isAccessible();

  await ana.page.keyboard.press("Alt+e");
  const cause = ana.page.getByRole("dialog", { name: "What was behind this complaint?" });
  await cause.getByLabel("Root cause").selectOption({ label: "Delivery" });
  await ana.isAccessible();
  await cause.getByRole("button", { name: "Close conversation" }).click();
  const breath = ana.page.getByRole("dialog", { name: "That was a hard one" });
  await breath.getByRole("button", { name: "I am fine" }).click();
  await expect(breath).toHaveCount(0);
  await expect(maria.panel.getByText("ask you whether everything has stayed right").first()).toBeVisible();

  await ana.go("/complaints");
  const row = ana.page.getByRole("listitem").filter({ hasText: "I want a new bowl before Friday." }).last();
  await expect(row).toContainText("7 of 7: Follow up");
  await expect(row).toContainText("Delivery");
  await expect(row).toContainText("With Ana Ruiz");
  await ana.isAccessible();
  await row.getByRole("link").click();
  await expect(track(ana)).toContainText("6 of 7");

  await ana.go("/promises");
  const due = ana.page.getByRole("listitem").filter({ hasText: "ask you whether everything has stayed right" }).last();
  await expect(due).toBeVisible();
  await ana.leaves();
  await maria.leaves();
});

test("After a hard complaint Ana takes five minutes, and comes back early", async ({ browser }) => {
  const words = `This is unacceptable! I am furious about vase ${Date.now()}, it came broken again.`;
  const { ana, maria } = await complains(browser, words);
  await track(ana).getByRole("button", { name: "Open complaint track" }).click();
  await expect(track(ana)).toContainText("0 of 7");
  await ana.writes("I'm so sorry. A new one is on its way to you.");
  await maria.sees("A new one is on its way to you.");
  const cause = ana.page.getByRole("dialog", { name: "What was behind this complaint?" });
  const breath = ana.page.getByRole("dialog", { name: "That was a hard one" });
  await ana.page.keyboard.press("Alt+e");
  await cause.getByLabel("Root cause").selectOption({ label: "Delivery" });
  await cause.getByRole("button", { name: "Close conversation" }).click();
  await expect(cause).toHaveCount(0);
  await ana.isAccessible();
  await breath.getByRole("button", { name: "Take five minutes" }).click();
  await expect(breath).toHaveCount(0);
  await expect(ana.page.getByText(/^Nothing new until/)).toBeVisible();
  await expect(ana.page.getByRole("button", { name: /nothing new until.*Your menu/i })).toBeVisible();
  await ana.page.locator(".toast", { hasText: "Nothing new until" }).getByRole("button", { name: "Undo" }).click();
  await expect(ana.page.getByRole("button", { name: /Online\. Your menu/ })).toBeVisible();
  await ana.leaves();
  await maria.leaves();
});

test("A track opened by its key is dropped again, and an agent trained for complaints is marked", async ({ browser }) => {
  const words = `Where is parcel ${Date.now()}?`;
  const { ana, maria } = await complains(browser, words);
  await ana.page.keyboard.press("Alt+c");
  await expect(track(ana)).toContainText("0 of 7");
  await track(ana).getByRole("button", { name: "It is no complaint after all" }).click();
  await expect(track(ana).getByRole("list", { name: "Stages of the complaint" })).toHaveCount(0);
  await trains(ana, true);
  await ana.page.reload();
  await expect(ana.page.getByRole("listitem").filter({ hasText: "ana@example.com" })).toContainText("Complaints");
  await ana.isAccessible();
  await ana.go("/complaints");
  await ana.page.getByLabel("One a line, at most 30").fill("The kiln\nThe kiln\n");
  await ana.page.getByRole("button", { name: "Save" }).click();
  await expect(ana.page.getByText("Causes saved")).toBeVisible();
  await expect(ana.page.getByLabel("One a line, at most 30")).toHaveValue("The kiln");
  await trains(ana, false);
  await ana.leaves();
  await maria.leaves();
});

async function trains(ana: Desk, on: boolean): Promise<void> {
  await ana.go("/team");
  await ana.page.getByRole("button", { name: "Change Ana Ruiz" }).click();
  const editor = ana.page.getByRole("dialog", { name: "Ana Ruiz on the team" });
  await editor.getByRole("switch", { name: "Complaints" }).setChecked(on);
  await editor.getByRole("button", { name: "Save" }).click();
  await expect(editor).toBeHidden();
}
