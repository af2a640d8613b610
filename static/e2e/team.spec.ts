import { Desk } from "./desk";
import { looksAt } from "./look";
import { expect, test, Visitor } from "./people";

test("a role of one's own, given to a colleague, signs them out and lets them only read", async ({ browser }) => {
  const ana = await Desk.open(browser);
  const stamp = Date.now();
  const rita = await ana.invites(browser, `Rita${stamp}`);
  const maria = await Visitor.come(browser);
  await maria.opens();
  await maria.writes(`Is parcel ${stamp} on its way?`);

  await ana.go("/team");
  await ana.page.getByRole("button", { name: "New role" }).click();
  const role = ana.page.getByRole("dialog", { name: "New role" });
  await role.getByRole("textbox", { name: "Name" }).fill(`Reader ${stamp}`);
  await expect(role.getByRole("checkbox", { name: "See conversations and customers" })).toBeChecked();
  await role.getByRole("checkbox", { name: "Read reports" }).check();
  await role.getByRole("button", { name: "Save" }).click();
  await expect(ana.page.getByRole("listitem").filter({ hasText: `Reader ${stamp}` })).toContainText("2 permissions");

  await ana.page.getByRole("button", { name: `Change Rita${stamp}` }).click();
  const person = ana.page.getByRole("dialog", { name: `Rita${stamp} on the team` });
  await person.getByLabel("Role").selectOption({ label: `Reader ${stamp}` });
  await expect(person.getByText("Another role signs them out")).toBeVisible();
  await person.getByRole("button", { name: "Save" }).click();
  await expect(ana.page.getByRole("listitem").filter({ hasText: `Rita${stamp}` }).first()).toContainText(`Reader ${stamp}`);

  await expect(rita.page.getByText("Your session has ended.")).toBeVisible();
  await rita.page.getByLabel("Password").fill("another quiet sentence");
  const email = await ana.page.getByRole("listitem").filter({ hasText: `Rita${stamp}` }).first().getByText("@example.com").innerText();
  await rita.page.getByLabel("E-mail").fill(email.split("·").pop()!.trim());
  await rita.page.getByRole("button", { name: "Sign in" }).click();
  await rita.isIn();
  await rita.opens(`Is parcel ${stamp} on its way?`, "/queue");
  await expect(rita.page.getByText("Your role reads conversations here and does not answer them.")).toBeVisible();
  await expect(rita.box).toHaveCount(0);
  await rita.leaves();
  await maria.leaves();
  await ana.leaves();
});

test("a team is made with people, skills and a template, and somebody is invited into it", async ({ browser }) => {
  const ana = await Desk.open(browser);
  const stamp = Date.now();
  await (await ana.invites(browser, `Tess${stamp}`)).leaves();
  await ana.go("/team");
  await ana.page.getByRole("button", { name: "New team" }).click();
  const team = ana.page.getByRole("dialog", { name: "New team" });
  await team.getByLabel("Name").fill(`Repairs ${stamp}`);
  await team.getByText(`Tess${stamp}`).click();
  await team.getByText("complaint", { exact: true }).click();
  await team.getByLabel("Languages").fill("de, en");
  await ana.isAccessible();
  await team.getByRole("button", { name: "Save" }).click();
  const row = ana.page.getByRole("listitem").filter({ hasText: `Repairs ${stamp}` }).last();
  await expect(row).toContainText("complaint, de, en");
  await expect(row).toContainText(`Tess${stamp}`);

  await ana.page.getByRole("button", { name: "Invite somebody" }).click();
  const invite = ana.page.getByRole("dialog", { name: "Invite somebody" });
  await invite.getByLabel("E-mail").fill(`una-${stamp}@example.com`);
  await invite.getByText(`Repairs ${stamp}`).click();
  await invite.getByRole("button", { name: "Make the link" }).click();
  await ana.page.getByRole("button", { name: "Done" }).click();
  await expect(ana.page.getByRole("listitem").filter({ hasText: `una-${stamp}` })).toContainText(`Repairs ${stamp}`);

  await ana.page.getByRole("button", { name: `Change Tess${stamp}` }).click();
  const person = ana.page.getByRole("dialog", { name: `Tess${stamp} on the team` });
  await person.getByLabel("Conversations at once").fill("7");
  await person.getByRole("switch", { name: "Has working hours" }).check();
  await person.getByLabel("Monday, until").fill("16:30");
  await person.getByRole("button", { name: "Copy Monday to Tuesday till Friday" }).click();
  await expect(person.getByLabel("Friday, until")).toHaveValue("16:30");
  await ana.isAccessible();
  await person.getByRole("button", { name: "Save" }).click();
  await expect(ana.page.getByRole("listitem").filter({ hasText: `Tess${stamp}` }).first()).toContainText("7 conversations at once");

  await ana.go("/templates");
  await ana.page.getByRole("button", { name: "New template" }).first().click();
  const template = ana.page.getByRole("dialog", { name: "New template" });
  await template.getByLabel("Title").fill(`Spares ${stamp}`);
  await template.getByRole("textbox", { name: "Words" }).fill("We have that part.");
  await template.getByText("A team", { exact: true }).click();
  await template.getByLabel("Team", { exact: true }).selectOption({ label: `Repairs ${stamp}` });
  await ana.isAccessible();
  await template.getByRole("button", { name: "Save" }).click();
  await expect(ana.page.getByRole("listitem").filter({ hasText: `Spares ${stamp}` })).toContainText(`Repairs ${stamp}`);
  await ana.leaves();
});

test("the limits of a team are those of its members", async ({ browser }) => {
  const ana = await Desk.open(browser);
  const stamp = Date.now();
  const kit = await ana.invites(browser, `Kit${stamp}`);
  await ana.go("/team");
  await ana.page.getByRole("button", { name: "New team" }).click();
  const team = ana.page.getByRole("dialog", { name: "New team" });
  await team.getByLabel("Name").fill(`Claims ${stamp}`);
  await team.getByText(`Kit${stamp}`).click();
  await team.getByRole("button", { name: "Save" }).click();
  await ana.page.getByRole("listitem").filter({ hasText: `Claims ${stamp}` }).first().waitFor();

  await ana.go("/authority");
  await ana.page.getByLabel("For", { exact: true }).selectOption({ label: `Claims ${stamp}` });
  await expect(ana.page.getByText("They stand for each member")).toBeVisible();
  await ana.page.getByLabel("At once: Credit", { exact: true }).fill("70");
  await ana.page.getByLabel("A day: Credit", { exact: true }).fill("80");
  await ana.page.getByLabel("A month: Credit", { exact: true }).fill("90");
  await ana.isAccessible();
  await looksAt("team")(ana, "limits");
  await ana.page.getByRole("button", { name: "Save" }).click();
  await expect(ana.page.getByText("Saved")).toBeVisible();

  await kit.go("/authority");
  await expect(kit.page.getByRole("region", { name: "Your limits" }).first()).toContainText("up to €70.00 at once, €80.00 a day, €90.00 a month");
  await kit.leaves();
  await ana.leaves();
});
