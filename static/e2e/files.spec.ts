import { expect, test, Visitor } from "./people";
import { Desk } from "./desk";

/** A small red square. */
const PICTURE = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAABAAAAAQCAIAAACQkWg2AAAAFklEQVR42mP8z8BQz0AEYBxVSF+FAP5FDvcfRYWgAAAAAElFTkSuQmCC", "base64");
const unique = () => Math.random().toString(36).slice(2, 8);
const file = (name: string, mimeType: string, buffer: Buffer) => ({ name, mimeType, buffer });

test("a picture and a paper go from the visitor to the agent and back", async ({ browser }) => {
  const [cup, slip, back] = [`cup-${unique()}.png`, `slip-${unique()}.pdf`, `form-${unique()}.txt`];
  const ana = await Desk.open(browser);
  const maria = await Visitor.come(browser);
  await maria.opens();
  await maria.panel.getByLabel("Attach a file").setInputFiles([file(cup, "image/png", PICTURE), file(slip, "application/pdf", Buffer.from("%PDF-1.7 no page"))]);
  await expect(maria.panel.getByText("ready", { exact: false }).filter({ visible: true })).toHaveCount(3); // two files, and what is spoken
  const words = `It came broken ${unique()}`;
  await maria.writes(words);
  await maria.sees(words);
  await expect(maria.panel.getByRole("button", { name: `Picture ${cup}, show it large` })).toBeEnabled();

  await ana.opens(words);
  const picture = ana.page.getByRole("button", { name: `Picture ${cup}, show it large` });
  await expect(picture.locator("img")).toHaveJSProperty("naturalWidth", 16);
  await picture.click();
  await expect(ana.page.getByRole("dialog", { name: cup })).toBeVisible();
  await ana.page.keyboard.press("Escape");
  await expect(ana.page.getByRole("dialog", { name: cup })).toBeHidden();
  const asked = ana.page.context().waitForEvent("request", (r) => r.url().includes("/f/"));
  await ana.page.getByRole("button", { name: new RegExp(slip) }).click();
  const saved = await ana.page.request.get((await asked).url());
  expect(await saved.text()).toBe("%PDF-1.7 no page");
  expect(saved.headers()["content-disposition"]).toContain(slip);

  await ana.page.locator(".composer input[type=file]").setInputFiles([file(back, "text/plain", Buffer.from("Fill this in"))]);
  await expect(ana.page.locator(".composer .file-going.there")).toBeVisible();
  await ana.page.getByRole("button", { name: "Send", exact: true }).click();
  await expect(maria.panel.getByRole("button", { name: new RegExp(back) })).toBeVisible();
  await ana.isAccessible();
  await maria.leaves();
  await ana.leaves();
});

test("what is too large, empty or one too many is told, and can be taken out", async ({ browser }) => {
  const maria = await Visitor.come(browser, { viewport: { width: 390, height: 780 }, hasTouch: true });
  await maria.launcher.click();
  await maria.box.waitFor();
  const choose = maria.panel.getByLabel("Attach a file");
  await choose.setInputFiles([file("nothing.txt", "text/plain", Buffer.alloc(0)), ...[1, 2, 3, 4, 5, 6].map((n) => file(`page-${n}.txt`, "text/plain", Buffer.from(`${n}`)))]);
  await expect(maria.panel.getByText("There is nothing in nothing.txt.")).toBeVisible();
  await expect(maria.panel.getByText("1 file more than the 5 that go with one message")).toBeVisible();
  await expect(maria.panel.locator(".file-going.there")).toHaveCount(5);
  await maria.panel.getByRole("button", { name: "Take page-2.txt out" }).click();
  await expect(maria.panel.locator(".file-going")).toHaveCount(4);
  await maria.panel.getByRole("button", { name: "Send", exact: true }).click();
  await expect(maria.panel.getByRole("button", { name: /^page-/ })).toHaveCount(4);
  await maria.leaves();
});

test("without a connection files wait, and what was written stays", async ({ browser }) => {
  const maria = await Visitor.come(browser);
  await maria.opens();
  const hello = `Hello ${unique()}`;
  await maria.writes(hello);
  await maria.sees(hello);
  await maria.panel.getByLabel("Attach a file").setInputFiles([file("first.txt", "text/plain", Buffer.from("1"))]);
  await expect(maria.panel.locator(".file-going.there")).toHaveCount(1);
  await maria.page.context().setOffline(true);
  const late = `late-${unique()}.txt`;
  await maria.panel.getByLabel("Attach a file").setInputFiles([file(late, "text/plain", Buffer.from("2"))]);
  await maria.box.fill("Here are both");
  await expect(maria.panel.getByText("Waits for the connection. Your words are kept.")).toBeVisible({ timeout: 30_000 });
  await expect(maria.panel.getByRole("button", { name: "Send", exact: true })).toBeDisabled();
  await expect(maria.box).toHaveValue("Here are both");
  await maria.page.context().setOffline(false);
  await expect(maria.panel.locator(".file-going.there")).toHaveCount(2, { timeout: 30_000 });
  await maria.panel.getByRole("button", { name: "Send", exact: true }).click();
  await expect(maria.panel.getByRole("button", { name: new RegExp(late) })).toBeVisible();
  await maria.leaves();
});

test("a pasted picture goes with a note, and never to the customer", async ({ browser }) => {
  const ana = await Desk.open(browser);
  const tom = await Visitor.come(browser);
  await tom.opens();
  const words = `Is it you again ${unique()}`;
  await tom.writes(words);
  await ana.opens(words);
  await ana.page.getByRole("button", { name: "Attach files" }).waitFor();
  await ana.page.getByRole("button", { name: "Note", exact: true }).click();
  await ana.box.evaluate((area, bytes) => {
    const data = new DataTransfer();
    data.items.add(new File([new Uint8Array(bytes)], "van.png", { type: "image/png" }));
    area.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
  }, [...PICTURE]);
  await expect(ana.page.locator(".composer .file-going.there")).toBeVisible();
  await ana.page.getByRole("button", { name: "Add note" }).click();
  await expect(ana.history.getByRole("button", { name: /van.png/ })).toBeVisible();
  const after = `No, of course ${unique()}`;
  await ana.page.getByRole("button", { name: "Reply", exact: true }).click();
  await ana.writes(after);
  await tom.sees(after);
  await expect(tom.panel.getByText("van.png")).toHaveCount(0);
  await tom.leaves();
  await ana.leaves();
});

test("a template's file goes with the reply, unless it is taken out", async ({ browser }) => {
  const word = unique();
  const [form, map] = [`form-${word}.pdf`, `map-${word}.png`];
  const ana = await Desk.open(browser);
  await ana.go("/templates");
  await ana.page.getByRole("button", { name: "New template" }).first().click();
  const editor = ana.page.getByRole("dialog");
  await editor.getByLabel("Title", { exact: true }).fill(`Return form ${word}`);
  await editor.getByLabel("Shortcut").fill(`form-${word}`);
  await editor.getByLabel("Words", { exact: true }).fill("Here is the form to fill in.");
  const kept = editor.getByRole("group", { name: "Goes with every reply from it" });
  await kept.locator("input[type=file]").setInputFiles([file(form, "application/pdf", Buffer.from("%PDF-1.7 a form")), file(map, "image/png", PICTURE), file(`old-${word}.txt`, "text/plain", Buffer.from("old"))]);
  await expect(kept.locator(".file-going.there")).toHaveCount(3);
  await ana.isAccessible();
  await kept.getByRole("button", { name: `Take old-${word}.txt out` }).click();
  await editor.getByRole("button", { name: "Save" }).click();
  await expect(editor).toBeHidden();
  const row = ana.page.locator(".template", { hasText: `Return form ${word}` });
  await expect(row.getByRole("img", { name: "With 2 files" })).toBeVisible();
  await row.getByRole("button").first().click();
  await expect(kept.locator(".file-going.there")).toHaveCount(2);
  await editor.getByRole("button", { name: "Cancel" }).click();

  const maria = await Visitor.come(browser);
  await maria.opens();
  const words = `How do I send it back ${word}?`;
  await maria.writes(words);
  await maria.sees(words);
  await ana.opens(words);
  await ana.page.getByRole("button", { name: "Attach files" }).waitFor();
  await ana.box.pressSequentially(`/form-${word}`);
  const option = ana.page.getByRole("listbox", { name: "Templates and answers" }).getByRole("option", { name: `Return form ${word}` });
  await expect(option.getByRole("img", { name: "With 2 files" })).toBeVisible();
  await option.click();
  await expect(ana.box).toHaveValue("Here is the form to fill in.");
  await expect(ana.page.locator(".composer .file-going.there")).toHaveCount(2);
  await ana.page.getByRole("button", { name: `Take ${map} out` }).click();
  await ana.page.getByRole("button", { name: "Send", exact: true }).click();
  await expect(maria.panel.getByRole("button", { name: new RegExp(form) })).toBeVisible();
  await expect(maria.panel.getByText(map)).toHaveCount(0);
  await maria.leaves();
  await ana.leaves();
});
