import { readFileSync } from "node:fs";
import { Desk } from "./desk";
import { expect, test, Visitor } from "./people";

test("an owner edits a prompt and adds an answer, and finds it with /", async ({ browser }) => {
  const ana = await Desk.open(browser, { bypassCSP: true, reducedMotion: "reduce" });
  await ana.go("/templates/prompts");
  await ana.page.getByRole("button", { name: /^Greet them before you ask anything/ }).click();
  const editor = ana.page.getByRole("dialog");
  await editor.getByLabel("Aim").fill("Say hello before anything else");
  await expect(editor.getByLabel("Ticks itself when a reply shows")).toHaveValue("greeted");
  await ana.isAccessible();
  await editor.getByRole("button", { name: "Save" }).click();
  await expect(ana.page.getByRole("button", { name: /^Say hello before anything else/ })).toBeVisible();
  await ana.isAccessible();

  await ana.page.getByRole("link", { name: "Answers" }).click();
  await ana.page.getByRole("button", { name: "New answer" }).click();
  await editor.getByLabel("Question").fill("Do you mend lamps?");
  await editor.getByLabel("Shortcut").fill("mend");
  await editor.getByLabel("Answer", { exact: true }).fill("Yes, we mend every lamp that we made.");
  await editor.getByLabel("Link to read more").fill("javascript:alert(1)");
  await editor.getByRole("button", { name: "Save" }).click();
  await expect(editor.getByText("Write the whole address, beginning with https://.")).toBeVisible();
  await editor.getByLabel("Link to read more").fill("https://shop.example/mend");
  await editor.getByLabel("Comes up at these words").fill("mend, repair");
  await ana.isAccessible();
  await editor.getByRole("button", { name: "Save" }).click();
  await expect(ana.page.getByText("Do you mend lamps?")).toBeVisible();

  const tom = await Visitor.come(browser);
  await tom.opens();
  await tom.writes("Can you repair the one I dropped?");
  await ana.opens("Can you repair the one I dropped?");
  await expect(ana.coach.getByText("Say hello before anything else")).toBeVisible();
  await expect(ana.coach.getByRole("button", { name: /Do you mend lamps/ })).toBeVisible();
  await ana.isAccessible();
  await ana.box.pressSequentially("/mend");
  await expect(ana.page.getByRole("option", { name: /Do you mend lamps/ })).toBeVisible();
  await ana.isAccessible();
  await ana.box.press("Enter");
  await expect(ana.box).toHaveValue("Yes, we mend every lamp that we made. https://shop.example/mend");
  await tom.leaves();
  await ana.leaves();
});

test("a template keeps its earlier versions, and one is put back", async ({ browser }) => {
  const ana = await Desk.open(browser);
  await ana.go("/templates");
  const editor = ana.page.getByRole("dialog");
  const row = ana.page.getByRole("button", { name: /^A warm hello/ });
  await row.click();
  const words = editor.getByLabel("Words", { exact: true });
  const before = await words.inputValue();
  await words.fill("Good to see you!");
  await editor.getByText("For whom").click();
  await editor.getByText("compliment", { exact: true }).click();
  await editor.getByRole("button", { name: "Save" }).click();
  await expect(row).toContainText("Good to see you!");
  await expect(row).toContainText("compliment");
  await row.click();
  await editor.getByText("History").click();
  await expect(editor.getByText(/^Starter set, /)).toBeVisible();
  await editor.getByRole("button", { name: "Put back" }).click();
  await expect(words).toHaveValue(before);
  await editor.getByRole("button", { name: "Save" }).click();
  await expect(row).toContainText("Hello {{customer.first_name|there}}");
  await ana.leaves();
});

test("all of it goes out as a table and comes in again", async ({ browser }) => {
  const ana = await Desk.open(browser);
  await ana.go("/templates/standards");
  await expect(ana.page.getByText("Every no comes with what is possible")).toBeVisible();
  await ana.page.getByRole("button", { name: "File" }).click();
  const [file] = await Promise.all([ana.page.waitForEvent("download"), ana.page.getByRole("menuitem", { name: /CSV/ }).click()]);
  expect(file.suggestedFilename()).toBe("rapport-guide.csv");
  await ana.page.locator("input[type=file]").setInputFiles(await file.path().then((path) => ({ name: "back.csv", mimeType: "text/csv", buffer: readFileSync(path) })));
  await expect(ana.page.getByText(/^0 added, 0 changed, \d+ as before$/)).toBeVisible();
  await ana.page.locator("input[type=file]").setInputFiles({ name: "bad.json", mimeType: "application/json", buffer: Buffer.from("{}") });
  await expect(ana.page.getByText("Nothing was brought in")).toBeVisible();
  await ana.leaves();
});

test("the owner's facts stand in what templates say", async ({ browser }) => {
  const ana = await Desk.open(browser);
  await ana.go("/site/coach");
  const card = ana.page.locator("section", { has: ana.page.getByRole("heading", { name: "Your trade and five facts" }) });
  await card.getByLabel("Your goodbye").fill("Warm wishes from the kiln");
  await card.getByRole("button", { name: "Save" }).click();
  await expect(ana.page.getByText("Saved").first()).toBeVisible();
  await card.getByText("Software").click();
  await card.getByRole("button", { name: "Add the set of this trade" }).click();
  await expect(ana.page.getByText(/^\d\d added, 0 changed/)).toBeVisible();
  const tom = await Visitor.come(browser);
  await tom.opens();
  await tom.writes("That was all, thank you so much");
  await ana.opens("That was all, thank you so much");
  await ana.box.pressSequentially("/bye");
  await ana.box.press("Enter");
  await expect(ana.box).toHaveValue(/Warm wishes from the kiln!$/);
  await tom.leaves();
  await ana.leaves();
});
