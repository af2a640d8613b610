import { Desk } from "./desk";
import { looksAt } from "./look";
import { expect, test, Visitor, world } from "./people";

const look = looksAt("first-run");

test("the first run: five screens, left and taken up again, to a chat that runs", async ({ browser }) => {
  const ana = await Desk.open(browser);
  const { page } = ana;
  const heading = (name: string) => expect(page.getByRole("heading", { name, level: 1 })).toBeVisible();
  const onward = () => page.getByRole("button", { name: "Save and go on" }).click();
  await ana.go("/site/more");
  await page.getByRole("link", { name: "Go through them" }).click();

  // Only the demonstration is here yet.
  await heading("Your name and colour");
  await page.getByLabel("Name visitors see").fill("Lumen & Clay");
  await page.getByRole("button", { name: "Make the site" }).click();
  await page.getByRole("textbox", { name: "Colour", exact: true }).fill("#7a3b1d");
  await page.getByLabel("Greeting").fill("Welcome to the kiln");
  await expect(page.frameLocator(".live-stage iframe:not([inert])").locator("rapport-chat")).toBeAttached();
  await ana.isAccessible();
  await onward();

  await heading("What you do");
  await page.getByText("Software", { exact: true }).click();
  await page.getByLabel("Returns").fill("within 30 days");
  await onward();
  await heading("When somebody is there");

  // Leaving and coming back begins where one was.
  await page.getByRole("button", { name: "Later" }).click();
  await ana.go("/site/sites");
  await page.getByRole("button", { name: "Set up Lumen & Clay" }).click();
  await heading("When somebody is there");
  await page.getByRole("button", { name: "Back" }).click();
  await expect(page.getByLabel("Returns")).toHaveValue("within 30 days");
  await page.getByRole("navigation", { name: "First steps" }).getByRole("link", { name: "Hours" }).click();
  await page.getByText("At fixed hours").click();
  await ana.isAccessible();
  await onward();

  await heading("Who answers");
  await expect(page.getByText("Nothing reaches you now.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Tell this device" })).toBeVisible();
  await ana.isAccessible();
  await look(ana, "people");
  await page.getByText("Others, too").click();
  const email = `ben-${Date.now()}@example.com`;
  await page.getByLabel("Their e-mail address").fill(email);
  await page.getByRole("button", { name: "Make a link" }).click();
  await expect(page.getByLabel("Link for " + email)).toContainText("/console/join#");
  await onward();

  await heading("On your pages");
  await expect(page.getByLabel("The line")).toContainText("data-site=");
  await expect(page.getByText("Not seen yet.")).toBeVisible();
  await ana.isAccessible();
  await page.getByRole("button", { name: "Done" }).click();
  await expect(page).toHaveURL(/\/console\/queue/);

  // Whoever waits on another site is told here, and one step away.
  const maria = await Visitor.come(browser);
  await maria.opens();
  await maria.writes("Is the green lamp still there?");
  const there = page.getByRole("button", { name: /waits? on Kiln & Wick$/ });
  await expect(there).toBeVisible();
  await expect(page.getByText("Nobody is waiting here.")).toBeVisible();
  await page.getByRole("button", { name: /customers? waits? there$/ }).click();
  await expect(page.getByRole("menuitem", { name: /Kiln & Wick \d+ waits?/ })).toBeVisible();
  await ana.isAccessible();
  await look(ana, "elsewhere");
  await page.keyboard.press("Escape");
  await there.click();
  await expect(ana.rows.filter({ hasText: "Is the green lamp still there?" })).toBeVisible();
  await maria.leaves();
  await page.getByRole("button", { name: /^Site: Kiln & Wick/ }).click();
  await page.getByRole("menuitem", { name: "Lumen & Clay" }).click();

  // Done is done; the site is there, switched off and on again.
  await ana.go("/site/sites");
  const own = page.getByRole("list", { name: "Sites" }).getByRole("listitem").filter({ hasText: "Lumen & Clay" });
  await expect(own).toContainText("You are here");
  await expect(own.getByRole("button", { name: "Set up" })).toHaveCount(0);
  await own.getByRole("button", { name: "Switch off Lumen & Clay" }).click();
  await page.getByRole("button", { name: "Switch off", exact: true }).last().click();
  await expect(own).toContainText("Switched off");
  await own.getByRole("button", { name: "Switch on Lumen & Clay" }).click();
  await expect(own).not.toContainText("Switched off");
  await page.getByRole("list", { name: "Sites" }).getByRole("button", { name: /^Open / }).click();
  await expect(own).not.toContainText("You are here");
  await ana.isAccessible();
  expect(world().site_key).toMatch(/^demo/);
  await ana.leaves();
});
