import type { Browser } from "@playwright/test";
import { Desk } from "./desk";
import { expect, test, Visitor } from "./people";

/** Maria asks, Ana answers: one matter is under way. n makes the words this test's own. */
async function underWay(browser: Browser, n: number): Promise<{ ana: Desk; maria: Visitor }> {
  const maria = await Visitor.come(browser);
  await maria.opens();
  await maria.writes(`Hi, where is my parcel ${n}?`);
  await maria.sees(`parcel ${n}`);
  const ana = await Desk.open(browser, { reducedMotion: "reduce" });
  await ana.opens(`parcel ${n}`);
  await ana.writes(`Hello, I'm Ana. Parcel ${n} comes tomorrow.`);
  await maria.sees(`Parcel ${n} comes tomorrow`);
  return { ana, maria };
}

test("Maria brings up an invoice: Ana takes it with a key, goes back and forth, and undoes", async ({ browser }) => {
  const n = Date.now();
  const { ana, maria } = await underWay(browser, n);
  const offer = ana.page.getByText(/Something else as well: “By the way, my invoice/);
  const matters = ana.coach.getByRole("region", { name: "2 matters at once" });
  await maria.writes("Lovely. By the way, my invoice has the wrong name on it. Can you fix that?");
  await expect(offer).toBeVisible();
  await ana.isAccessible();

  await ana.page.keyboard.press("Alt+x");
  await expect(offer).toHaveCount(0);
  await ana.page.getByRole("button", { name: "Undo", exact: true }).click();
  await expect(offer).toBeVisible();

  await ana.page.keyboard.press("Alt+a");
  await expect(matters).toBeVisible();
  await expect(offer).toHaveCount(0);
  await expect(matters.getByRole("button", { name: /^2: .*invoice.*Understanding, current/ })).toBeVisible();
  await expect(ana.page.getByRole("region", { name: "Where we are" })).toContainText("my invoice");
  await ana.isAccessible();

  await ana.page.getByRole("button", { name: "Undo", exact: true }).click();
  await expect(matters).toHaveCount(0);
  await expect(ana.page.getByRole("region", { name: "Where we are" })).toContainText(`parcel ${n}`);
  await expect(offer).toBeVisible();
  await ana.page.keyboard.press("Alt+a");
  await expect(matters).toBeVisible();

  // Her words choose; Ana sets it right.
  await maria.writes("And the parcel, will it come in the morning?");
  await expect(matters.getByRole("button", { name: /^1: .*current/ })).toBeVisible();
  await expect(matters).toContainText("Taken as about this one: “And the parcel, will it come in the morning?”");
  await matters.getByRole("button", { name: "It is about 2" }).or(matters.getByRole("button", { name: "It is about 3" })).click();
  await expect(matters.getByRole("button", { name: /^[23]: .*invoice.*current/ })).toBeVisible();
  await matters.getByRole("button", { name: /^Go to 1/ }).click();
  await expect(matters.getByRole("button", { name: /^1: .*current/ })).toBeVisible();
  await ana.leaves();
  await maria.leaves();
});

test("a personal detail is kept with a key, and recalled when Maria comes back", async ({ browser }) => {
  const n = Date.now();
  const { ana, maria } = await underWay(browser, n);
  const offer = ana.page.getByText("Worth remembering? “My mum turns eighty on Sunday.”");
  await maria.writes(`Perfect, parcel ${n} is for her. My mum turns eighty on Sunday.`);
  await expect(offer).toBeVisible();
  await ana.isAccessible();
  await ana.page.keyboard.press("Alt+a");
  await expect(offer).toHaveCount(0);
  const notes = ana.page.getByRole("region", { name: "Customer", exact: true });
  await expect(notes.getByText("“My mum turns eighty on Sunday.”")).toBeVisible();
  const recalled = ana.coach.getByText(/From before: “My mum turns eighty/);
  await expect(recalled, "what is said now needs no recalling").toHaveCount(0);

  await ana.page.keyboard.press("Alt+e");
  await ana.opens(`parcel ${n} is for her`, "/closed");
  await maria.writes(`Hello again, where is the other parcel ${n + 1}?`);
  await ana.opens(`parcel ${n + 1}`);
  await expect(recalled).toBeVisible();
  await ana.isAccessible();
  await recalled.locator("..").getByRole("button", { name: "Dismiss" }).click();
  await expect(recalled).toHaveCount(0);
  await ana.page.reload();
  await expect(ana.message(`parcel ${n + 1}`)).toBeVisible();
  await expect(ana.coach).toBeVisible();
  await expect(recalled).toHaveCount(0);
  await ana.leaves();
  await maria.leaves();
});

test("what this matter does not need is said with its reason, and a no in words brings up goodwill", async ({ browser }) => {
  const n = Date.now();
  const maria = await Visitor.come(browser);
  await maria.opens();
  await maria.writes(`Hi, where is my parcel ${n}?`);
  await maria.sees(`parcel ${n}`);
  const ana = await Desk.open(browser);
  const ben = await ana.invites(browser, "Bertil");
  await ben.opens(`parcel ${n}`);
  await ben.writes(`Hello, I'm Bertil. Parcel ${n} comes tomorrow.`);
  await maria.sees(`Parcel ${n} comes tomorrow`);
  const fold = ben.coach.getByText(/more aims? (is|are) not needed here/);
  await fold.click();
  await expect(ben.coach.getByText(/Made for complaint\. Here: question\./).first()).toBeVisible();
  await ben.isAccessible();

  await ben.writes("I could send you a second one by Friday. Would that suit you?");
  await maria.sees("by Friday");
  await maria.writes("No, that's too late for me.");
  await expect(ben.coach.getByRole("region", { name: "They said no. What else is possible?" })).toBeVisible();
  await ben.leaves();
  await ana.leaves();
  await maria.leaves();
});
