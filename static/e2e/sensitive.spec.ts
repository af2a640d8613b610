import { Desk } from "./desk";
import { looksAt } from "./look";
import { expect, test, Visitor } from "./people";

const look = looksAt("sensitive");

test("a customer agrees to a sensitive note, and reads what was noted", async ({ browser }) => {
  const words = `I cannot stand turpentine, please remember ${Date.now()}`;
  const note = `No turpentine ${Date.now()}`;
  const maria = await Visitor.come(browser);
  await maria.opens();
  await maria.writes(words);
  await maria.sees(words);
  const ana = await Desk.open(browser, { bypassCSP: true });
  await ana.opens(words);
  await ana.page.getByText("Notes about them").click();
  await ana.page.getByRole("button", { name: "Add a sensitive note …" }).click();
  const dialog = ana.page.getByRole("dialog");
  const keep = dialog.getByRole("button", { name: "Keep the note" });
  await dialog.getByLabel("Note", { exact: true }).fill(note);
  await expect(keep).toBeDisabled();
  await dialog.getByRole("button", { name: "Take their last message" }).click();
  await expect(dialog.getByLabel("How they agreed")).toHaveValue(`“${words}”`);
  await dialog.getByText("6 months").click();
  await look(ana, "write");
  await ana.isAccessible();
  await keep.click();
  const kept = ana.page.getByRole("listitem").filter({ hasText: note });
  await expect(kept).toContainText(/Sensitive, kept until .*They agreed: “I cannot stand/);
  await ana.isAccessible();
  await look(ana, "kept");

  await maria.panel.getByRole("button", { name: "More" }).click();
  await maria.panel.getByRole("menuitem", { name: "What we know about you" }).click();
  await expect(maria.panel.getByText(note)).toBeVisible();
  await expect(maria.panel.getByText(/^Noted as you agreed, until /)).toBeVisible();
  await look(maria, "known");
  await maria.leaves();
  await ana.leaves();
});
