import { frameOf, violations } from "./axe";
import { Desk } from "./desk";
import { looksAt } from "./look";
import { expect, test, Visitor } from "./people";

const look = looksAt("quick");

test("a visitor reads an answer, still has a question, and the agent knows what they read", async ({ browser, ana }) => {
  const maria = await Visitor.come(browser);
  await maria.opens();
  const answers = maria.panel.getByRole("region", { name: "Quick answers" });
  await expect(answers.getByRole("button", { expanded: false })).toHaveCount(6);
  const returns = answers.getByRole("button", { name: "How do I send something back?" });
  await look(maria, "first");

  await returns.focus();
  await returns.press("Enter");
  await expect(returns).toHaveAttribute("aria-expanded", "true");
  await expect(answers.getByText("Automatic answer")).toBeVisible();
  await expect(answers.getByText("Did this help?")).toBeVisible();
  await look(maria, "open");
  expect(await violations(frameOf(maria))).toEqual([]);
  await answers.getByRole("button", { name: "Yes, thank you" }).click();
  await expect(answers.getByRole("status")).toHaveText("Good to hear.");
  await answers.getByRole("button", { name: "Where is my order?" }).click();
  await expect(returns).toHaveAttribute("aria-expanded", "false");
  await expect(answers.getByText("Did this help?"), "it is asked once").toHaveCount(0);
  expect(await maria.storage(), "reading keeps nothing").toEqual([]);

  await answers.getByRole("button", { name: "I still have a question" }).click();
  await expect(maria.box).toBeFocused();
  const question = `Does that hold for a gift, too? ${Date.now()}`;
  await maria.writes(question);
  await maria.sees(question);
  await expect(answers).toHaveCount(0);
  const { id } = await ana.finds(question);

  const desk = await Desk.open(browser, { bypassCSP: true });
  await desk.go(`/queue/${id}`);
  const read = desk.history.getByText(/Read before writing, automatic answers:/);
  await expect(read).toContainText("How do I send something back? · Where is my order?");
  await expect(desk.coach.getByRole("button", { name: "How do I send something back?" }), "what they know is not offered again").toHaveCount(0);
  await look(desk, "agent");
  await desk.isAccessible();

  await maria.leaves();
  await desk.leaves();
});

test("in a conversation the answers are in the menu, and go along with the next words", async ({ browser, ana }) => {
  const maria = await Visitor.come(browser);
  await maria.opens();
  const hello = `Do you repair lamps? ${Date.now()}`;
  await maria.writes(hello);
  await maria.sees(hello);
  const { id } = await ana.finds(hello);
  const answers = maria.panel.getByRole("region", { name: "Quick answers" });
  await ana.answers(id, "We do, within a week.");
  await maria.sees("We do, within a week.");
  await maria.panel.getByRole("button", { name: "More" }).click();
  await maria.panel.getByRole("menuitem", { name: "Quick answers" }).click();
  await answers.getByRole("button", { name: "How long does delivery take?" }).click();
  await look(maria, "menu");
  await answers.getByRole("button", { name: "I still have a question" }).click();
  await expect(maria.box).toBeFocused();
  const second = `And how long abroad? ${Date.now()}`;
  await maria.writes(second);
  await maria.sees(second);
  const desk = await Desk.open(browser);
  await desk.go(`/open/${id}`);
  await expect(desk.history.getByText(/Read before writing, an automatic answer:/)).toContainText("How long does delivery take?");
  await maria.leaves();
  await desk.leaves();
});

test("the page a visitor is on brings its answers to the top", async ({ browser }) => {
  const tom = await Visitor.come(browser, {}, "cart.html");
  await tom.opens();
  const first = tom.panel.getByRole("region", { name: "Quick answers" }).getByRole("button").first();
  await expect(first).toBeVisible();
  const before = await first.textContent();
  await tom.page.evaluate(() => {
    document.title = "Delivery and shipping";
    history.pushState({}, "", "?delivery");
  });
  await expect(first).toHaveText("How long does delivery take?");
  expect(before).not.toBeNull();
  await tom.leaves();
});

test("on a phone, dark and in Arabic it is the same; out of reach it can be asked for again", async ({ browser }) => {
  const sara = await Visitor.come(browser, { viewport: { width: 360, height: 640 }, colorScheme: "dark", locale: "ar", hasTouch: true });
  await sara.page.route("**/v1/widget/answers?*", (route) => route.abort());
  await sara.page.evaluate(() => (document.documentElement.lang = "ar"));
  await sara.call("locale", "ar");
  await sara.opens();
  const trouble = sara.panel.getByRole("alert");
  await expect(trouble).toBeVisible();
  await sara.page.unroute("**/v1/widget/answers?*");
  await trouble.getByRole("button").click();
  const answers = sara.panel.getByRole("region", { name: "إجابات سريعة" });
  await answers.getByRole("button").first().click();
  await expect(answers.getByText("إجابة تلقائية")).toBeVisible();
  await look(sara, "phone");
  expect(await violations(frameOf(sara))).toEqual([]);
  const { width } = (await answers.boundingBox())!;
  expect(await answers.evaluate((e) => e.scrollWidth), "nothing runs out of it").toBeLessThanOrEqual(Math.ceil(width));
  await sara.leaves();
});

test("an owner puts answers in order by keyboard and pointer, and sees what visitors see", async ({ browser }) => {
  const tom = await Visitor.come(browser);
  await tom.opens();
  const counted = tom.page.waitForResponse((r) => r.url().endsWith("/open") && r.ok());
  await tom.panel.getByRole("region", { name: "Quick answers" }).getByRole("button").first().click();
  await counted;
  await tom.leaves();
  const desk = await Desk.open(browser, { bypassCSP: true });
  const { page } = desk;
  await desk.go("/templates/answers");
  const rows = page.locator("li.template");
  const names = async () => (await rows.locator(".template-title bdi").allTextContents()).slice(0, 3);
  const handle = (name: string) => page.getByRole("button", { name: `Move “${name}”`, exact: true });
  await expect(rows.first()).toBeVisible();
  const [first, second, third] = (await names()) as [string, string, string];
  await handle(third).focus();
  await handle(third).press("ArrowUp");
  await expect.poll(names).toEqual([first, third, second]);
  await expect(handle(third), "the handle keeps the focus").toBeFocused();
  await expect(page.getByText(`“${third}” is number 2 of`)).toBeAttached();
  const from = (await handle(second).boundingBox())!;
  const to = (await rows.first().boundingBox())!;
  const saved = page.waitForResponse((r) => r.url().endsWith("/answers/order"));
  await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2);
  await page.mouse.down();
  await page.mouse.move(from.x + from.width / 2, to.y + to.height, { steps: 4 });
  await page.mouse.move(from.x + from.width / 2, to.y + 2, { steps: 4 });
  await page.mouse.up();
  await saved;
  await expect.poll(names).toEqual([second, first, third]);
  await page.getByText("As visitors see them").click();
  const preview = page.locator(".quick-preview");
  await expect(preview.getByRole("listitem")).toHaveCount(6);
  await expect(preview.getByRole("listitem").first()).toHaveText(new RegExp(`^${second.replace("?", "\\?")}`));
  await handle(first).press("ArrowUp");
  await expect(preview.getByRole("listitem").first(), "it follows the order").toContainText(first);
  await expect(preview.getByRole("listitem")).toHaveCount(6);
  await handle(second).press("ArrowUp");
  await expect(preview.getByRole("listitem").first()).toContainText(second);
  await preview.getByLabel("On the page").fill("/contact");
  await expect(preview.getByRole("listitem").first()).toContainText(/phone|somebody here/);
  await preview.getByRole("listitem").first().locator("summary").click();
  await expect(preview.getByText("Automatic answer").first()).toBeVisible();
  await desk.isAccessible();
  await look({ page }, "answers");
  await page.reload();
  await expect.poll(names).toEqual([second, first, third]);
  await expect(page.getByText(/opened (once|\d+ times)/).first()).toBeVisible();
  await page.emulateMedia({ colorScheme: "dark" });
  await page.setViewportSize({ width: 390, height: 844 });
  await look({ page }, "answers-phone");
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await desk.leaves();
});
