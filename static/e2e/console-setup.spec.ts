import { Desk } from "./desk";
import { expect, test, Visitor } from "./people";
import { start, type Stop } from "./start";

let setup = "";
let stop: Stop;

// A house that nobody owns yet, beside the one that the other tests share.
test.beforeAll(async () => {
  ({ setup, stop } = await start());
});
test.afterAll(() => stop());

test("the first start: a link makes the owner once, who signs out and in again", async ({ browser }) => {
  const eve = new Desk(await (await browser.newContext()).newPage());
  const { origin } = new URL(setup);
  await eve.page.goto(`${origin}/console/`);
  await expect(eve.page.getByText("Open the set-up link that the server printed")).toBeVisible();

  await eve.page.goto(setup);
  await eve.page.getByLabel("Your name").fill("Eve Adler");
  await eve.page.getByLabel("E-mail").fill("eve@example.com");
  await eve.page.getByLabel("Password").fill("1234567890");
  await eve.page.getByRole("button", { name: "Create my account" }).click();
  await expect(eve.page.getByRole("alert"), "a password that everybody guesses").toBeVisible();
  await expect(eve.page.getByLabel("Your name")).toHaveValue("Eve Adler");
  await eve.page.getByLabel("Password").fill("the third lamp from the left");
  await eve.page.getByRole("button", { name: "Create my account" }).click();
  await expect(eve.page.getByRole("heading", { name: "Your name and colour" })).toBeFocused();
  await eve.page.getByRole("button", { name: "Later" }).click();
  await expect(eve.page).toHaveURL(/\/console\/queue/);
  await expect(eve.page.getByText("Nobody is waiting. Enjoy the quiet.")).toBeVisible();

  await eve.page.getByRole("button", { name: /Your menu/ }).click();
  await eve.page.getByRole("menuitem", { name: "Sign out" }).click();
  await eve.page.getByLabel("E-mail").fill("eve@example.com");
  await eve.page.getByLabel("Password").fill("not the lamp");
  await eve.page.getByRole("button", { name: "Sign in" }).click();
  await expect(eve.page.getByRole("alert")).toBeVisible();
  await eve.page.getByLabel("Password").fill("the third lamp from the left");
  await eve.page.getByRole("button", { name: "Sign in" }).click();
  await expect(eve.page.getByText("Nobody is waiting. Enjoy the quiet.")).toBeVisible();

  const maria = new Visitor(await (await browser.newContext()).newPage());
  await maria.page.goto(`${origin}/demo/`);
  await maria.opens();
  await maria.writes("Is anybody there?");
  await eve.page.goto(`${origin}/console/mine`);
  await expect(eve.page.getByText("1 customer waits for an answer")).toBeVisible();
  await eve.page.getByRole("link", { name: "See the queue" }).first().click();
  await expect(eve.rows).toContainText("Is anybody there?");
  await maria.leaves();

  const mallory = new Desk(await (await browser.newContext()).newPage());
  await mallory.page.goto(setup);
  await mallory.page.getByLabel("Your name").fill("Mallory");
  await mallory.page.getByLabel("E-mail").fill("mallory@example.com");
  await mallory.page.getByLabel("Password").fill("the fourth lamp from the left");
  await mallory.page.getByRole("button", { name: "Create my account" }).click();
  await expect(mallory.page.getByRole("alert"), "the link works once").toBeVisible();
  await mallory.leaves();
  await eve.leaves();
});
