import { Desk } from "./desk";
import { Agent, expect, test, Visitor } from "./people";
import type { Stop } from "./start";

let stop: Stop;

// A house of its own: what is asked first is asked of every visitor, and nobody may be there.
test.beforeAll(async () => {
  stop = await Desk.house();
});
test.afterAll(() => stop());

test("what is asked first is answered once, with what was typed before, and stands beside the customer", async ({ browser }) => {
  const ana = await Desk.open(browser, { bypassCSP: true });
  await ana.go("/site/form");
  await ana.page.getByRole("switch", { name: "Ask before the first message" }).click();
  await ana.page.getByRole("button", { name: "Ask one more thing" }).click();
  const third = ana.page.locator(".form-field").nth(2);
  await third.getByRole("textbox", { name: "Words" }).fill("About");
  await third.getByLabel("Kind").selectOption("choice");
  await ana.page.getByLabel("Answers, one in each line").fill("An order\nSomething <b>else</b>");
  await ana.page.getByLabel("What they agree to").fill("That you keep what I write.");
  const drawn = ana.page.frameLocator(".live iframe:not([inert])").frameLocator("rapport-chat iframe");
  await expect(drawn.getByLabel("That you keep what I write.")).toBeVisible();
  await ana.isAccessible();
  await ana.page.getByRole("button", { name: "Save" }).click();
  await expect(ana.page.getByText("Saved", { exact: true })).toBeVisible();

  const tom = await Visitor.come(browser, { bypassCSP: true });
  const said = `Where is my lamp? ${Date.now()}`;
  await tom.call("message", said);
  const go = tom.panel.getByRole("button", { name: "Start the chat" });
  await go.waitFor();
  await tom.panel.getByLabel("Your name").fill("Tom <script>alert(1)</script>");
  await tom.panel.getByLabel("About").selectOption("Something <b>else</b>");
  await go.click();
  await expect(go, "without consent nothing begins").toBeVisible();
  await tom.panel.getByLabel("That you keep what I write.").check();
  await go.press("Enter");
  await expect(tom.box, "what was typed is still there").toHaveValue(said);
  await tom.box.press("Enter");
  await tom.sees(said);
  await tom.panel.getByRole("button", { name: "More" }).click();
  await tom.panel.getByRole("menuitem", { name: /End/ }).click();
  await tom.page.reload();
  await tom.opens();

  await ana.opens(said, "/closed");
  await expect(ana.page.getByText("Something <b>else</b>").first()).toBeVisible();
  await expect(ana.page.getByText("Tom <script>alert(1)</script>").first()).toBeVisible();
  await expect(ana.page.getByText(/^\d{4}-.*That you keep what I write\.$/).first()).toBeVisible();
  await ana.go("/site/form");
  await ana.page.getByLabel("What they agree to").fill("");
  await ana.page.getByRole("switch", { name: "Ask before the first message" }).click();
  await ana.page.getByRole("button", { name: "Save" }).click();
  await expect(ana.page.getByText("Saved", { exact: true }).last()).toBeVisible();
  await tom.leaves();
  await ana.leaves();
});

test("while nobody is there a message is left with an address, and waits in the queue", async ({ browser }) => {
  const ana = await Desk.open(browser);
  await ana.go("/site/form");
  await ana.page.getByText("Leave a message", { exact: true }).click();
  await ana.page.getByRole("button", { name: "Save" }).click();
  await expect(ana.page.getByText("Saved", { exact: true })).toBeVisible();
  await ana.turnsAway();
  await ana.leaves();

  const tom = await Visitor.come(browser, { viewport: { width: 360, height: 740 } });
  const send = tom.panel.getByRole("button", { name: "Leave the message" });
  await tom.launcher.click();
  const said = `Nobody home ${Date.now()}`;
  await tom.panel.getByLabel("Your message").fill(said);
  await tom.panel.getByLabel("Your e-mail address").fill("tom@example.com");
  await send.click();
  await tom.sees(said);
  const agent = await Agent.here();
  const { id } = await agent.finds(said);
  expect(await agent.person(id)).toMatchObject({ email: "tom@example.com", verified: false });
  await tom.leaves();
});
