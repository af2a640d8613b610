/** The protocol's page, as a developer reads it. */
import { Desk } from "./desk";
import { expect, test, world } from "./people";

test("the documentation can be filtered, and is accessible in both lights", async ({ browser }) => {
  const reader = new Desk(await (await browser.newContext()).newPage());
  await reader.page.goto(new URL("/docs", world().widget).href);
  await expect(reader.page.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(reader.page.getByText("/v1/widget/session").first()).toBeVisible();
  await reader.page.keyboard.press("/");
  await reader.page.keyboard.type("identity-secret");
  await expect(reader.page.getByText("/identity-secret").first()).toBeVisible();
  await expect(reader.page.getByText("/v1/widget/forget").first()).toBeHidden();

  // All parts are made alike, and there are too many to be judged in seconds: those stay that were found.
  await reader.page.evaluate(() => document.querySelectorAll(".card[hidden], nav li[hidden]").forEach((part) => part.remove()));
  await reader.page.keyboard.press("Escape");
  await expect(reader.page.getByRole("heading", { level: 1 })).toBeVisible();
  await reader.isAccessible();
  await reader.page.emulateMedia({ colorScheme: "dark" });
  await reader.isAccessible();
  await reader.leaves();
});
