/** How a site's own server vouches for customers: tokens tried out, strangers who only read, and a secret on its way out. */
import { violations, frameOf } from "./axe";
import { Desk } from "./desk";
import { looksAt } from "./look";
import { expect, test, Visitor } from "./people";
import type { Stop } from "./start";

test.slow();

let stop: Stop;

// A house of its own: strangers cannot write there for a while.
test.beforeAll(async () => {
  stop = await Desk.house();
});
test.afterAll(() => stop());

const look = looksAt("identity");

test("a token says who it is or why not, and only signed-in customers can write", async ({ browser }) => {
  const tom = await Visitor.come(browser);
  await tom.opens();
  const said = `Do you repair lamps? ${Date.now()}`;
  await tom.writes(said);
  await tom.sees(said);

  const ana = await Desk.open(browser);
  await ana.go("/site/identity");
  const token = ana.page.getByLabel("Token", { exact: true });
  await ana.page.getByRole("button", { name: "Make one for a test customer" }).click();
  await expect(token).toHaveValue(/^ey.+\..+\..+/);
  await ana.page.getByRole("button", { name: "Who is it?" }).click();
  await expect(ana.page.getByText("This is Test Customer")).toBeVisible();
  await look(ana, "good");
  const good = await token.inputValue();
  await token.fill(good.slice(0, -6));
  await expect(ana.page.getByText("This is Test Customer"), "a verdict stands for what it judged").toBeHidden();
  await ana.page.getByRole("button", { name: "Who is it?" }).click();
  await expect(ana.page.getByText(/Was all of it copied/)).toBeVisible();

  await ana.page.getByRole("button", { name: "Make a new secret" }).click();
  await ana.page.getByRole("alertdialog").getByRole("button", { name: "Make a new secret" }).click();
  const grace = ana.page.getByRole("list", { name: "Secrets that still work beside the new one" });
  await expect(grace).toContainText("Nobody has come with it since");
  await token.fill(good);
  await ana.page.getByRole("button", { name: "Who is it?" }).click();
  await expect(ana.page.getByText(/signed with the secret before the present one/)).toBeVisible();
  await look(ana, "grace");
  await grace.getByRole("button", { name: "End it now" }).click();
  await ana.page.getByRole("alertdialog").getByRole("button", { name: "End it now" }).click();
  await expect(grace).toBeHidden();
  await ana.page.getByRole("button", { name: "Who is it?" }).click();
  await expect(ana.page.getByText(/no secret that works here has this id/)).toBeVisible();

  await ana.page.getByRole("switch", { name: /Only signed-in customers can write/ }).click();
  await ana.page.getByRole("alertdialog").getByRole("button", { name: "Signed-in customers only" }).click();
  await expect(ana.page.getByText("Saved", { exact: true })).toBeVisible();
  await expect(ana.page.getByRole("switch", { name: /Only signed-in customers can write/ })).toBeChecked();
  expect(await violations(ana.page)).toEqual([]);
  await ana.page.emulateMedia({ colorScheme: "dark" });
  await look(ana, "dark");
  await ana.page.setViewportSize({ width: 390, height: 780 });
  await look(ana, "phone");
  await ana.leaves();

  const again = `And tables? ${Date.now()}`;
  await tom.writes(again);
  await tom.sees(again);
  await tom.leaves();

  const eve = await Visitor.come(browser);
  await eve.launcher.click();
  await expect(eve.panel.getByText("Please sign in on this site first")).toBeVisible();
  await expect(eve.box).toBeHidden();
  expect(await violations(frameOf(eve))).toEqual([]);
  await look(eve, "stranger");
  await eve.go("account.html");
  await eve.page.getByRole("button", { name: /tom/i }).first().click();
  // Who they are is asked, and not known yet.
  let go = () => {};
  const held = new Promise<void>((later) => (go = later));
  await eve.page.route("**/v1/widget/session", async (route) => {
    await held;
    await route.continue();
  });
  await eve.go("index.html");
  await eve.opens();
  go();
  await eve.writes(said);
  await eve.sees(said);
  await eve.leaves();
});
