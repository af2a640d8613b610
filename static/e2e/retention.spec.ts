import { Desk } from "./desk";
import { looksAt } from "./look";
import { expect, test } from "./people";

const look = looksAt("retention");

test("an owner says how long conversations are kept, and hears first how many go", async ({ browser }) => {
  const ana = await Desk.open(browser, { bypassCSP: true });
  await ana.go("/site/retention");
  const keep = ana.page.getByLabel("Keep closed conversations");
  await expect(ana.page.getByText("Nothing goes by itself.")).toBeVisible();
  await keep.selectOption({ label: "For a year" });
  await expect(ana.page.getByText("Right now none is that old.")).toBeVisible();
  await ana.isAccessible();
  await ana.page.getByRole("button", { name: "Save" }).click();
  const sure = ana.page.getByRole("alertdialog");
  await expect(sure.getByText(/^None goes now/)).toBeVisible();
  await look(ana, "sure");
  await sure.getByRole("button", { name: "Erase by age" }).click();
  await expect(ana.page.getByText(/^The first go /)).toBeVisible();
  await look(ana, "saved");

  await keep.selectOption({ label: "For ever" });
  await ana.page.getByRole("button", { name: "Save" }).click();
  await expect(ana.page.getByText(/^The first go /)).toHaveCount(0);
  await ana.page.reload();
  await expect(keep).toHaveValue("0");
  await ana.leaves();
});
