import { Desk } from "./desk";
import { expect, test, Visitor } from "./people";

test.slow();

/** Screenshots to be looked at, where somebody wants them. */
async function look(where: { page: Desk["page"] }, name: string): Promise<void> {
  if (process.env["LOOK"]) await where.page.screenshot({ path: `${process.env["LOOK"]}/privacy-${name}.png`, fullPage: true });
}

test("a customer is erased by an agent: gone from the list, the thread, and their own chat", async ({ browser }) => {
  const words = `Please forget me ${Date.now()}`;
  const maria = await Visitor.come(browser);
  await maria.opens();
  await maria.writes(words);
  const ana = await Desk.open(browser, { bypassCSP: true });
  await ana.opens(words);
  await ana.writes("Hello, how can I help?");
  await maria.sees("Hello, how can I help?");

  await ana.page.getByRole("button", { name: "Erase this customer …" }).click();
  const dialog = ana.page.getByRole("alertdialog");
  await expect(dialog.getByRole("button", { name: "Erase for good" })).toBeDisabled();
  await dialog.getByLabel(/^Type “erase”/).fill("erase");
  await look(ana, "erase");
  await ana.isAccessible();
  await dialog.getByRole("button", { name: "Erase for good" }).click();

  await expect(ana.page.getByText("This customer was erased. Nothing of them is left.")).toBeVisible();
  await expect(ana.rows.filter({ hasText: words })).toHaveCount(0);
  await expect(maria.message(words)).toHaveCount(0);
  await expect(maria.message("Hello, how can I help?")).toHaveCount(0);
  await look(ana, "erased");
  await look(maria, "erased-chat");
  // What they write from now on is somebody new's.
  const again = `Somebody new ${Date.now()}`;
  await maria.writes(again);
  await ana.opens(again);
  await expect(ana.history).not.toContainText(words);
  await maria.leaves();
  await ana.leaves();
});
