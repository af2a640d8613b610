import { Desk } from "./desk";
import { looksAt } from "./look";
import { link, Mailbox, type Letter } from "./mailbox";
import { Agent, expect, test, Visitor } from "./people";
import type { Stop } from "./start";

let box: Mailbox;
let stop: Stop;

// A server of its own, with a mail server, that takes a second for having left.
test.beforeAll(async () => {
  box = await Mailbox.open();
  stop = await Desk.house("--smtp", box.url, "--mail-from", "hello@shop.example");
});
test.afterAll(async () => {
  await stop();
  box.close();
});

const picture = looksAt("mail");

async function look(desk: Desk, name: string): Promise<void> {
  await desk.isAccessible();
  await picture(desk, name);
}

test("who has left says by one tap that it is not solved, and the next time that it is", async ({ browser }) => {
  const agent = await Agent.signIn();
  const ana = await Desk.open(browser, { bypassCSP: true });
  await ana.go("/site/after");
  await ana.page.getByRole("switch", { name: "Ask by e-mail whether it is solved" }).click();
  await expect(ana.page.getByText("Saved")).toBeVisible();
  await look(ana, "site");

  const maria = await Visitor.come(browser);
  await maria.opens();
  await maria.writes("My lamp hums.");
  const { id, person } = await agent.finds("My lamp hums.");
  await agent.addresses(person.id, "maria@example.org");
  await agent.answers(id, "We send a new one today.");
  await maria.sees("We send a new one today.");
  await maria.leaves();
  await agent.closes(id);

  const first: Letter = await box.next("Did that solve it?");
  expect(first.to).toBe("maria@example.org");
  const stopLink = link(first, "Do not ask me this by e-mail again");
  expect(first.header).toContain(`List-Unsubscribe: <${stopLink}>`);
  expect(first.header).toContain("List-Unsubscribe-Post: List-Unsubscribe=One-Click");

  const phone = new Desk(await (await browser.newContext({ viewport: { width: 360, height: 740 }, bypassCSP: true, colorScheme: "dark" })).newPage());
  await phone.page.goto(link(first, "Not yet"));
  await look(phone, "not-yet");
  await phone.page.getByLabel("What is missing?").fill("It still hums.");
  await phone.page.getByRole("button", { name: "Not yet, please go on" }).press("Enter");
  await expect(phone.page.getByText("It is open again")).toBeVisible();
  await look(phone, "open-again");
  await ana.opens("We send a new one today.", "/mine");
  await expect(ana.history).toContainText("it is not solved yet");
  await expect(ana.history).toContainText("It still hums.");

  await agent.closes(id);
  const second = await box.next("Did that solve it?");
  await phone.page.goto(link(second, "Yes, solved"));
  await look(phone, "solved");
  await phone.page.getByRole("button", { name: "Yes, solved" }).click();
  await look(phone, "rate");
  await phone.page.getByRole("button", { name: "5", exact: true }).click();
  await expect(phone.page.getByText("Good to know.")).toBeVisible();
  await phone.page.goto(link(second, "Yes, solved"));
  await expect(phone.page.getByRole("heading", { name: "This link no longer opens anything" })).toBeVisible();

  await phone.page.goto(stopLink);
  await look(phone, "stop");
  await phone.page.getByRole("button", { name: "Yes, do not ask again" }).click();
  await expect(phone.page.getByText("We do not ask you this by e-mail again.")).toBeVisible();
  await phone.leaves();
  await ana.leaves();
});
