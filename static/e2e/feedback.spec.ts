import { Desk } from "./desk";
import { looksAt } from "./look";
import { expect, test, Visitor } from "./people";

test("not yet opens it again with the same agent; then Maria says it is solved, four of five and why", async ({ browser, ana }) => {
  const maria = await Visitor.come(browser);
  await maria.opens();
  await maria.writes("The teapot leaks at the spout.");
  const { id } = await ana.finds("The teapot leaks");
  await ana.answers(id, "A new one is on its way.");
  await ana.closes(id);
  await expect(maria.panel.getByRole("group", { name: "Did that solve it?" })).toBeVisible();
  await maria.panel.getByRole("button", { name: "Not yet" }).click();
  await expect(maria.panel.getByRole("group", { name: "Did that solve it?" })).toHaveCount(0);

  const desk = await Desk.open(browser);
  await desk.opens("A new one is on its way.", "/mine");
  await expect(desk.history).toContainText("it is not solved yet");
  await desk.writes("Then let me send it by express.");
  await maria.sees("Then let me send it by express.");
  await ana.closes(id);

  await maria.panel.getByRole("button", { name: "Yes, solved" }).click();
  await maria.panel.getByRole("button", { name: "4", exact: true }).click();
  await maria.panel.getByRole("textbox", { name: "Anything to add?" }).fill("Quick in the end.");
  await maria.panel.getByRole("button", { name: "Send", exact: true }).first().click();
  await expect(maria.panel.getByText("Thank you for telling us.")).toBeVisible();
  await expect(desk.history).toContainText("it is solved · 4 of 5 · “Quick in the end.”");
  await desk.page.reload();
  await expect(desk.history).toContainText("it is solved · 4 of 5 · “Quick in the end.”");
  await expect(desk.history.getByText("it is solved")).toHaveCount(1);
  await maria.leaves();
  await desk.leaves();
});

test("by keyboard alone, and without a connection nothing is claimed", async ({ browser, ana }) => {
  const tom = await Visitor.come(browser);
  await tom.opens();
  await tom.writes("Do you wrap presents?");
  const { id } = await ana.finds("Do you wrap presents?");
  await ana.answers(id, "Gladly, and for free.");
  await ana.closes(id);
  const yes = tom.panel.getByRole("button", { name: "Yes, solved" });
  await expect(yes).toBeVisible();
  await tom.page.context().setOffline(true);
  await yes.focus();
  await yes.press("Enter");
  await expect(tom.panel.getByRole("alert").filter({ hasText: "Not sent" })).toBeVisible();
  await tom.page.context().setOffline(false);
  await yes.press("Enter");
  const two = tom.panel.getByRole("button", { name: "2", exact: true });
  await two.focus();
  await two.press("Enter");
  await expect(two).toHaveAttribute("aria-pressed", "true");
  await expect(tom.panel.getByText("Thank you for telling us.")).toBeVisible();
  await tom.leaves();
});

test("who comes back is met with how it ended last time", async ({ browser, ana }) => {
  const eva = await Visitor.come(browser);
  await eva.opens();
  await eva.writes("The saucer came without its cup.");
  const { id } = await ana.finds("The saucer came without its cup.");
  await ana.answers(id, "The cup follows today.");
  await ana.closes(id);
  await eva.panel.getByRole("button", { name: "Not yet" }).waitFor();
  await eva.panel.getByRole("button", { name: "Yes, solved" }).click();
  await eva.panel.getByRole("button", { name: "4", exact: true }).click();
  await eva.panel.getByRole("button", { name: "Start a new conversation" }).click();
  await eva.writes("Do you have plates to go with it?");
  const desk = await Desk.open(browser, { bypassCSP: true });
  await desk.opens("Do you have plates to go with it?");
  await expect(desk.page.getByText("They said it was solved · 4 of 5")).toBeVisible();
  await desk.isAccessible();
  await looksAt("feedback")(desk, "last-time");
  await eva.leaves();
  await desk.leaves();
});
