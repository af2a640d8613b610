import type { Browser } from "@playwright/test";
import { Desk } from "./desk";
import { expect, test, Visitor, world, type Agent } from "./people";

const day = 86_400_000;
const unique = () => `${Date.now()}${Math.random().toString(36).slice(2, 6)}`;

/** What the shop's own server says. */
async function reports(key: string, body: object): Promise<Response> {
  return fetch(new URL("/v1/api/delays", world().widget), {
    method: "POST",
    headers: { "Content-Type": "application/json", Authorization: `Bearer ${key}`, "Idempotency-Key": `late-${unique()}` },
    body: JSON.stringify(body),
  });
}

/** Somebody waits for an order, and Ana has promised to send it. */
async function waits(browser: Browser, ana: Agent, signIn = false): Promise<{ visitor: Visitor; desk: Desk; order: string }> {
  const order = `P-${unique()}`;
  const visitor = await Visitor.come(browser, {}, signIn ? "account.html" : "index.html");
  if (signIn) await visitor.page.getByRole("button", { name: /Maria Lopez/ }).click();
  await visitor.opens();
  const words = `Where is my order ${order}?`;
  await visitor.writes(words);
  const { id } = await ana.finds(words);
  await ana.promises(id, `Send order ${order}`, Date.now() + day / 12);
  const desk = await Desk.open(browser);
  await desk.opens(words);
  return { visitor, desk, order };
}

test("Ana makes a key; what the shop's server reports is told at once, moves the promise, and ends with the key", async ({ browser, ana }) => {
  const { visitor: maria, desk, order } = await waits(browser, ana, true);
  const settings = await Desk.open(browser);
  await settings.go("/site/identity");
  const name = `Order system ${unique()}`;
  await settings.page.getByLabel("What is the key for?").fill(name);
  await settings.page.getByRole("button", { name: "Make a key" }).click();
  const key = await settings.page.getByLabel(`Key of ${name}`).innerText();
  await settings.isAccessible();

  const told = await reports(key, { customer: "demo-maria", reference: order, what: `your order ${order}`, reason: "The carrier missed the truck.", until: Date.now() + 2 * day });
  expect(await told.json()).toMatchObject({ outcome: "told", promises: [{ effect: "moved" }] });
  await maria.sees(`We are sorry: your order ${order} is late. The carrier missed the truck. The new time is`);
  await expect(maria.panel.getByText("Automatic reply").last()).toBeVisible();
  await expect(desk.history).toContainText(`The site reports that your order ${order} is late`);
  const open = desk.page.getByRole("region", { name: "Open promises" }).getByRole("listitem").filter({ hasText: order });
  await expect(open).toContainText("delay reported");
  await expect(open).toContainText("moved");
  await desk.go("/promises");
  await expect(desk.page.getByRole("listitem").filter({ hasText: order })).toContainText("delay reported");

  await settings.page.getByRole("button", { name: `Revoke the key ${name}` }).click();
  await settings.page.getByRole("button", { name: "Revoke", exact: true }).last().click();
  await expect(settings.page.getByText(name, { exact: true })).toHaveCount(0);
  expect((await reports(key, { reference: order })).status).toBe(401);
  await maria.leaves();
  await desk.leaves();
  await settings.leaves();
});

test("what a page says waits for Ana: one key tells them and moves the promise, another report is set aside", async ({ browser, ana }) => {
  const { visitor: tom, desk, order } = await waits(browser, ana);
  await tom.call("track", "delay", { reference: order, reason: "The kiln, they say, is broken.", until: new Date(Date.now() + 3 * day).toISOString() });
  const late = desk.page.getByRole("list", { name: "Reported to be late" });
  await expect(late).toContainText(`Their page says: ${order} is late. Nobody has proven it.`);
  await expect(late).toContainText("The kiln, they say, is broken. · new time");
  await desk.isAccessible();
  await desk.page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
  await desk.isAccessible();
  await expect(tom.message("We are sorry")).toHaveCount(0);

  await desk.box.focus();
  await desk.page.keyboard.press("Alt+l");
  await tom.sees(`We are sorry: there is a delay with ${order}. The kiln, they say, is broken. The new time is`);
  await expect(late).toHaveCount(0);
  await expect(desk.history).toContainText(`You told them that ${order} is late`);
  await expect(desk.page.getByRole("region", { name: "Open promises" })).toContainText("delay reported");

  // The rate of a page's own words is small: nothing else is told here.
  await tom.call("track", "delay", { reference: `Q-${order}` });
  await expect(late).toContainText(`Q-${order} is late`);
  // No promise names it: which one it is about is Ana's to say.
  await late.getByRole("button", { name: "Which promise is late?" }).click();
  await expect(desk.page.getByRole("menuitem", { name: `Send order ${order}` })).toBeVisible();
  await desk.page.keyboard.press("Escape");
  await desk.page.setViewportSize({ width: 375, height: 740 });
  await expect(late.getByRole("button", { name: "Set this report aside" })).toBeVisible();
  await desk.isAccessible();
  await late.getByRole("button", { name: "Set this report aside" }).click();
  await expect(late).toHaveCount(0);
  await desk.page.reload();
  await expect(desk.history).toContainText(`You set aside that Q-${order} is late`);
  await expect(late).toHaveCount(0);
  await tom.leaves();
  await desk.leaves();
});

test("where nobody knows the new time, Ana is asked for the next word", async ({ browser, ana }) => {
  const { visitor: eva, desk, order } = await waits(browser, ana);
  await eva.call("track", "delay", { reference: order });
  const late = desk.page.getByRole("list", { name: "Reported to be late" });
  await expect(late).toContainText("no new time yet");
  const open = desk.page.getByRole("region", { name: "Open promises" });
  await expect(open).toContainText("may be late");
  await desk.page.context().setOffline(true);
  await late.getByRole("button", { name: "Tell them" }).click();
  await expect(late.getByRole("alert")).toBeVisible();
  await desk.page.context().setOffline(false);
  await late.getByRole("button", { name: "Tell them" }).click();
  await eva.sees(`We are sorry: there is a delay with ${order}. We do not know the new time yet.`);
  await open.getByRole("button", { name: "When do they hear next?" }).click();
  const form = open.getByRole("form", { name: "Move" });
  await form.getByRole("button", { name: "Tomorrow at 10" }).click();
  await form.getByRole("textbox").last().fill("The potter calls back.");
  await form.getByRole("button").last().click();
  await expect(open).not.toContainText("delay reported");
  await expect(eva.panel.getByRole("log")).toContainText("The potter calls back.");
  await eva.leaves();
  await desk.leaves();
});
