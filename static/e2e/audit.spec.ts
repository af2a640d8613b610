import { Desk } from "./desk";
import { expect, test } from "./people";

test("what was done: a change with its before and after, found by its kind, in a chain that is whole", async ({ browser }) => {
  const ana = await Desk.open(browser);
  const { page } = ana;
  const greeting = `Welcome at ${Date.now()}`;
  await ana.go("/site/words");
  await page.getByLabel("Greeting").fill(greeting);
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Saved", { exact: true }).last()).toBeVisible();

  await ana.go("/team");
  await page.getByRole("link", { name: "What was done" }).click();
  const log = page.getByRole("list", { name: "What was done" });
  await page.getByLabel("About").selectOption("Sites and their settings");
  await page.getByLabel("Done by").selectOption("Ana Ruiz");
  const entry = log.getByRole("listitem").first();
  await expect(entry).toContainText("Ana Ruiz changed the settings of Kiln & Wick");
  await entry.getByText("What changed").click();
  await expect(entry.locator("ins").filter({ hasText: greeting })).toBeVisible();
  await expect(entry.locator("del").first()).toBeVisible();
  await page.getByRole("button", { name: "Check the chain" }).click();
  await expect(page.getByText(/It is whole: \d+ entries/)).toBeVisible();
  await ana.isAccessible();
  await page.getByLabel("About").selectOption("Complaints");
  await expect(page.getByText("Nothing of this kind was done.")).toBeVisible();
  await ana.leaves();
});
