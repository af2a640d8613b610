import { Desk } from "./desk";
import { looksAt } from "./look";
import { expect, test, Visitor } from "./people";

test("a follow-up is planned by key, waits, and is taken back; the site's rule is chosen on its page", async ({ browser, ana }) => {
  const tom = await Visitor.come(browser);
  await tom.opens();
  await tom.writes("Will the cake be here on Saturday?");
  const { id } = await ana.finds("Will the cake be here on Saturday?");
  await ana.answers(id, "It will, by ten.");
  const desk = await Desk.open(browser, { bypassCSP: true });
  await desk.opens("It will, by ten.", "/mine");
  await desk.box.press("Alt+f");
  const editor = desk.page.getByRole("form", { name: "Follow up later" });
  const words = editor.getByRole("textbox", { name: "What they hear" });
  await expect(words).toBeFocused();
  await expect(words).toHaveValue(/is everything still all right\?$/);
  await words.fill("How was the party?");
  await desk.isAccessible();
  await looksAt("follow-up")(desk, "window");
  await words.press("Control+Enter");
  await expect(desk.page.getByText(/They hear from you/)).toBeVisible();

  await desk.box.press("Alt+f");
  await expect(editor.getByRole("status")).toContainText("One is planned");
  await expect(words).toHaveValue("How was the party?");
  await editor.getByRole("button", { name: "Take it back" }).click();
  await expect(desk.page.getByText("Nothing is sent")).toBeVisible();

  await desk.go("/site/after");
  await desk.page.getByText("After two", { exact: true }).click();
  const said = desk.page.getByRole("textbox", { name: "What they hear then" });
  await expect(said).toHaveValue(/customer\.first_name/);
  await desk.page.reload();
  await expect(said).toHaveValue(/customer\.first_name/);
  await desk.isAccessible();
  await desk.page.getByText("Never", { exact: true }).click();
  await expect(said).toHaveCount(0);
  await tom.leaves();
  await desk.leaves();
});
