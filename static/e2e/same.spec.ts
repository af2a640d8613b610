import { Desk } from "./desk";
import { looksAt } from "./look";
import { expect, test, Visitor } from "./people";

const look = looksAt("same");

test("a customer who came on two devices is brought together, and taken apart again", async ({ browser }) => {
  const name = `Mari${Date.now()}`;
  const [first, second] = [`On my laptop ${Date.now()}`, `On my phone ${Date.now()}`];
  const laptop = await Visitor.come(browser);
  await laptop.opens();
  await laptop.writes(first);
  await laptop.sees(first);
  const phone = await Visitor.come(browser, { viewport: { width: 390, height: 780 } });
  await phone.opens();
  await phone.writes(second);
  await phone.sees(second);
  await phone.call("identify", { name });

  const ana = await Desk.open(browser, { bypassCSP: true });
  await ana.opens(first);
  await ana.page.getByRole("button", { name: "Same person as …" }).click();
  const dialog = ana.page.getByRole("dialog");
  await expect(dialog.getByText("Nobody else on this site has this address.")).toBeVisible();
  await look(ana, "begin");
  await dialog.getByLabel("Find them").fill(name);
  const found = dialog.getByRole("button", { name: new RegExp(name) });
  await expect(found).toContainText(second);
  await look(ana, "found");
  await ana.isAccessible();
  await found.click();

  await expect(dialog.getByRole("heading", { name: "Are they one person?" })).toBeVisible();
  await expect(dialog.getByText("They will see both histories")).toBeVisible();
  await expect(dialog.getByRole("radio")).toHaveCount(2);
  const bring = dialog.getByRole("button", { name: "Bring together" });
  await expect(bring).toBeDisabled();
  await dialog.getByLabel("I am sure that they are one person").check();
  await look(ana, "compare");
  await ana.isAccessible();
  await bring.click();

  const together = ana.page.getByText(new RegExp(`^Brought together with ${name} `));
  await expect(together).toBeVisible();
  await ana.isAccessible();
  await look(ana, "together");
  await laptop.panel.getByRole("button", { name: "More" }).click();
  await laptop.panel.getByRole("menuitem", { name: "Earlier conversations" }).click();
  await expect(laptop.panel.getByText(second)).toBeVisible();

  await ana.page.getByRole("button", { name: "Take apart …" }).click();
  const sure = ana.page.getByRole("alertdialog");
  await expect(sure.getByText(`${name} gets back their own conversations`)).toBeVisible();
  await look(ana, "apart");
  await sure.getByRole("button", { name: "Take apart", exact: true }).click();
  await expect(together).toHaveCount(0);
  await expect(laptop.panel.getByText(second)).toHaveCount(0);
  await expect(laptop.panel.getByText(first)).toBeVisible();

  // The log has both deeds, and knows that there is nothing left to undo.
  await ana.go("/audit");
  const log = ana.page.getByRole("list", { name: "What was done" });
  await expect(log).toContainText("took two profiles of a customer apart");
  await log.getByRole("listitem").filter({ hasText: "brought two profiles" }).first().getByRole("button", { name: "Take apart …" }).click();
  await sure.getByRole("button", { name: "Take apart", exact: true }).click();
  await expect(ana.page.getByText("They were taken apart already.")).toBeVisible();
  await look(ana, "log");

  await laptop.leaves();
  await phone.leaves();
  await ana.leaves();
});
