/** The protocol's page, as a developer reads it. */
import { Desk } from "./desk";
import { expect, test, world } from "./people";

for (const colorScheme of ["light", "dark"] as const) {
  test(`the documentation is accessible and can be filtered, ${colorScheme}`, async ({ browser }) => {
    const reader = new Desk(await (await browser.newContext({ colorScheme })).newPage());
    await reader.page.goto(new URL("/docs", world().widget).href);
    await expect(reader.page.getByRole("heading", { level: 1 })).toBeVisible();
    await expect(reader.page.getByText("/v1/widget/session").first()).toBeVisible();
    await reader.isAccessible();
    await reader.page.keyboard.press("/");
    await reader.page.keyboard.type("identity-secret");
    await expect(reader.page.getByText("/identity-secret").first()).toBeVisible();
    await expect(reader.page.getByText("/v1/widget/forget").first()).toBeHidden();
    await reader.leaves();
  });
}
