import type { Locator } from "@playwright/test";
import { Desk } from "./desk";
import { expect, test, Visitor } from "./people";

/** A word that no other run of a test has used. */
const fresh = () => Math.random().toString(36).slice(2, 8);

test("a template is read as a real customer would read it, with what is missing", async ({ browser, ana }) => {
  const word = fresh();
  const tom = await Visitor.come(browser);
  await tom.opens();
  await tom.writes(`Where is order ${word}?`);
  const { id, person } = await ana.finds(word);
  await ana.addresses(person.id, `tom-${word}@mail.example`);
  // Of those who talk now only some are offered.
  await ana.closes(id);

  const desk = await Desk.open(browser, { bypassCSP: true, reducedMotion: "reduce" });
  await desk.go("/templates");
  await desk.page.getByRole("button", { name: "New template" }).first().click();
  const editor = desk.page.getByRole("dialog");
  await editor.getByLabel("Words", { exact: true }).fill("Hello {{customer.first_name|there}}, we wrote to {{customer.email}} about {{customer.attribute.order}}.");
  const preview = editor.getByRole("group", { name: "How it reads" });
  await expect(preview).toContainText("Hello Maria, we wrote to maria@mail.example");
  await editor.getByLabel("How it reads for").selectOption({ label: `Visitor ${person.id.slice(-4)}` });
  await expect(preview).toContainText(`Hello there, we wrote to tom-${word}@mail.example about {{customer.attribute.order}}.`);
  await expect(editor.getByText("Not known: customer.attribute.order. Whoever sends it is asked for it.")).toBeVisible();
  await desk.isAccessible();
  await desk.page.route("**/v1/console/conversations/*", (route) => route.abort());
  await editor.getByLabel("How it reads for").selectOption("");
  await editor.getByLabel("How it reads for").selectOption({ label: `Visitor ${person.id.slice(-4)}` });
  await expect(editor.getByRole("alert")).toContainText("connection");
  await tom.leaves();
  await desk.leaves();
});

test("what came after a template is counted, told, and ranks it", async ({ browser, ana }) => {
  const word = fresh();
  const eva = await Visitor.come(browser);
  await eva.opens();
  await eva.writes(`The handle of cup ${word} came off.`);
  const { id } = await ana.finds(word);
  const thanks = await ana.template("thanks");
  for (let round = 1; round <= 5; round++) {
    if (round > 1) {
      await eva.writes(`And there is a crack too, number ${round} ${word}.`);
      await ana.finds(`number ${round} ${word}`);
    }
    await ana.answers(id, round === 5 ? `Round ${round} is mended.` : thanks.body, "reply", thanks.id);
    await ana.closes(id);
    await expect(eva.panel.getByRole("button", { name: "Yes, solved" })).toBeVisible();
    await eva.writes(`Thank you so much!`);
    await expect(eva.message("Thank you so much!")).toHaveCount(round);
  }
  const desk = await Desk.open(browser, { bypassCSP: true, reducedMotion: "reduce" });
  await expect(async () => {
    await desk.go("/templates");
    await expect(desk.page.locator(".template", { hasText: "/thanks" })).toContainText("Solved 5 of 5 times", { timeout: 2_000 });
  }).toPass();
  await desk.page.locator(".template", { hasText: "/thanks" }).getByRole("button").first().click();
  const editor = desk.page.getByRole("dialog");
  await editor.locator("summary", { hasText: "What came after" }).click();
  const line = (name: string) => editor.getByRole("row", { name: new RegExp(`^${name}`) }).getByRole("cell");
  await expect(line("Replies")).toHaveText(["4", "1"]);
  await expect(line("Called it solved")).toHaveText(["4 of 4", "1 of 1"]);
  await expect(line("Came back to it")).toHaveText(["4 of 4", "0 of 1"]);
  await desk.isAccessible();
  await desk.page.keyboard.press("Escape");
  await eva.writes(`One last word on ${word}.`);
  await desk.opens(`One last word on ${word}.`);
  await desk.box.pressSequentially("/thanks");
  await expect(desk.page.getByRole("listbox", { name: "Templates and answers" }).getByRole("option").first()).toHaveAttribute("title", /[Ss]olved 5 of 5 times$/);
  await eva.leaves();
  await desk.leaves();
});

test("who changed what stands in the history, and goes back", async ({ browser }) => {
  const word = fresh();
  const desk = await Desk.open(browser, { bypassCSP: true, reducedMotion: "reduce" });
  await desk.go("/templates");
  await desk.page.getByRole("button", { name: "New template" }).first().click();
  const editor = desk.page.getByRole("dialog");
  const words = editor.getByLabel("Words", { exact: true });
  await editor.getByLabel("Title", { exact: true }).fill(`Lids ${word}`);
  await words.fill("The blue lid is on its way to you.");
  await editor.getByRole("button", { name: "Save" }).click();
  const row = desk.page.getByRole("button", { name: new RegExp(`^Lids ${word}`) });
  await row.click();
  await words.fill("The green lid is on its way to you.");
  await editor.getByLabel("Title", { exact: true }).fill(`Lids ${word} and pots`);
  await editor.getByRole("button", { name: "Save" }).click();
  await expect(row).toContainText("green lid");
  await row.click();
  await editor.getByText("History").click();
  const changed = editor.getByRole("listitem").filter({ hasText: "In use" });
  await expect(changed).toContainText(`Title: Lids ${word} → Lids ${word} and pots`);
  await expect(changed.locator("del")).toHaveText("blue ");
  await expect(changed.locator("ins")).toHaveText("green ");
  await expect(editor.getByRole("listitem").filter({ hasText: "As it began" })).toContainText("The blue lid is on its way to you.");
  await desk.isAccessible();
  await editor.getByRole("button", { name: "Put back" }).click();
  await expect(words).toHaveValue("The blue lid is on its way to you.");
  await editor.getByRole("button", { name: "Save" }).click();
  await expect(row).toContainText("blue lid");
  await desk.leaves();
});

test("a rule is explained and tried on a line", async ({ browser }) => {
  const desk = await Desk.open(browser, { bypassCSP: true, reducedMotion: "reduce" });
  await desk.go("/templates/prompts");
  await desk.page.getByRole("button", { name: "New prompt" }).click();
  const editor = desk.page.getByRole("dialog");
  const rule = editor.getByLabel("Ticks itself when a reply shows");
  const line = editor.getByLabel("Try a line");
  await line.fill("It rained all day.");
  await expect(editor.getByText("This line shows nothing that a rule looks for.")).toBeVisible();
  await line.fill("That must be frustrating. What happened?");
  await editor.getByRole("button", { name: "Named how it feels" }).click();
  await expect(rule).toHaveValue("feeling_named");
  await expect(editor.getByText("Yes, it ticks at “That must be frustrating.”")).toBeVisible();
  await expect(editor.getByText(/A feeling is said in words/)).toBeVisible();
  await rule.selectOption("greeted");
  await expect(editor.getByText("No, this line does not show it.")).toBeVisible();
  await line.press("Enter");
  await expect(editor, "Enter tries and does not save").toBeVisible();
  await desk.isAccessible();
  await rule.selectOption("solved");
  await expect(line).toHaveCount(0);
  await desk.leaves();
});

const names = (rows: Locator) => rows.locator(".template-title bdi").allInnerTexts();

test("standards are put into order by keyboard and by pointer", async ({ browser }) => {
  const desk = await Desk.open(browser, { bypassCSP: true, reducedMotion: "reduce" });
  await desk.go("/templates/standards");
  const rows = desk.page.getByRole("main").getByRole("listitem");
  await expect(rows.first()).toBeVisible();
  const [first, second, third] = (await names(rows)) as [string, string, string];
  const handle = (name: string) => desk.page.getByRole("button", { name: `Move “${name}”`, exact: true });
  await handle(first).focus();
  await handle(first).press("ArrowDown");
  await expect.poll(async () => (await names(rows)).slice(0, 3)).toEqual([second, first, third]);
  await expect(handle(first), "the handle keeps the focus").toBeFocused();
  await expect(desk.page.getByText(`“${first}” is number 2 of`)).toBeAttached();
  await desk.isAccessible();

  const from = (await handle(third).boundingBox())!;
  const to = (await rows.first().boundingBox())!;
  const saved = desk.page.waitForResponse((r) => r.url().endsWith("/standards/order"));
  await desk.page.mouse.move(from.x + from.width / 2, from.y + from.height / 2);
  await desk.page.mouse.down();
  await desk.page.mouse.move(from.x + from.width / 2, to.y + to.height, { steps: 4 });
  await desk.page.mouse.move(from.x + from.width / 2, to.y + 2, { steps: 4 });
  await desk.page.mouse.up();
  await saved;
  await desk.page.reload();
  await expect.poll(async () => (await names(rows)).slice(0, 3)).toEqual([third, second, first]);
  await desk.leaves();
});

test("a prompt's earlier words stand in its history, and go back", async ({ browser }) => {
  const word = fresh();
  const desk = await Desk.open(browser, { bypassCSP: true, reducedMotion: "reduce" });
  await desk.go("/templates/prompts");
  await desk.page.getByRole("button", { name: "New prompt" }).first().click();
  const editor = desk.page.getByRole("dialog");
  const aim = editor.getByRole("textbox").first();
  await aim.fill(`Wave gladly ${word}`);
  await editor.getByRole("button", { name: "Save" }).click();
  const row = (aimed: string) => desk.page.getByRole("button", { name: new RegExp(`^Wave ${aimed} ${word}`) });
  await row("gladly").click();
  await aim.fill(`Wave twice ${word}`);
  await editor.getByRole("button", { name: "Save" }).click();
  await row("twice").click();
  await editor.getByText("History").click();
  const changed = editor.getByRole("listitem").filter({ hasText: "In use" });
  await expect(changed.locator("del")).toContainText("gladly");
  await expect(changed.locator("ins")).toContainText("twice");
  await desk.isAccessible();
  await editor.getByRole("button", { name: "Put back" }).click();
  await expect(aim).toHaveValue(`Wave gladly ${word}`);
  await editor.getByRole("button", { name: "Save" }).click();
  await expect(row("gladly")).toBeVisible();
  await desk.leaves();
});

test("prompts are put into order within their step", async ({ browser }) => {
  const desk = await Desk.open(browser, { bypassCSP: true, reducedMotion: "reduce" });
  await desk.go("/templates/prompts");
  const rows = desk.page.getByRole("main").locator("section", { has: desk.page.getByRole("heading", { name: "Agreeing" }) }).getByRole("listitem");
  await expect(rows.first()).toBeVisible();
  const [first, second, third] = (await names(rows)) as [string, string, string];
  const handle = desk.page.getByRole("button", { name: `Move “${first}”`, exact: true });
  const saved = desk.page.waitForResponse((r) => r.url().endsWith("/prompts/order"));
  await handle.focus();
  await handle.press("ArrowDown");
  expect((await saved).status()).toBe(200);
  await expect(handle, "the handle keeps the focus").toBeFocused();
  await expect(desk.page.getByText(`“${first}” is number 2 of`)).toBeAttached();
  await desk.isAccessible();
  await desk.page.reload();
  await expect.poll(async () => (await names(rows)).slice(0, 3)).toEqual([second, first, third]);
  await desk.leaves();
});

test("several templates stand in one reply, and the second time unchanged is pointed out", async ({ browser, ana }) => {
  const word = fresh();
  const tom = await Visitor.come(browser);
  await tom.opens();
  await tom.writes(`May I send the jug ${word} back?`);
  const desk = await Desk.open(browser);
  await desk.opens(`May I send the jug ${word} back?`);
  await desk.box.pressSequentially("/hello");
  await desk.box.press("Enter");
  await expect(desk.box).toHaveValue(/What can I do for you\?$/);
  const first = await desk.box.inputValue();
  await desk.box.press("Enter");
  await tom.sees("What can I do for you?");

  await desk.box.pressSequentially("/hello");
  await desk.box.press("Enter");
  await expect(desk.box).toHaveValue(first);
  await desk.box.pressSequentially(" /reading");
  await desk.box.press("Enter");
  await expect(desk.box).toHaveValue(/in a few minutes\.$/);
  expect(await desk.box.inputValue(), "the first stays whole").toContain(`${first} Hi there`);
  await expect(desk.page.locator(".marks-count")).toBeVisible();
  await desk.box.press("Alt+m");
  await expect(desk.page.getByRole("dialog", { name: /in your reply/ })).toContainText("exactly these words");
  await desk.page.keyboard.press("Escape");
  const uses = async () => Promise.all([ana.template("hello"), ana.template("reading")]).then((both) => both.map((x) => x.uses));
  const before = await uses();
  await desk.box.press("Enter");
  await tom.sees("in a few minutes.");
  expect(await uses(), "both are counted").toEqual(before.map((n) => n + 1));
  await tom.leaves();
  await desk.leaves();
});
