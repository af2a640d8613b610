import { Desk } from "./desk";
import { expect, test, Visitor } from "./people";

/** A square of one colour, made by the browser. */
async function square(desk: Desk): Promise<Buffer> {
  const url = await desk.page.evaluate(() => {
    const canvas = Object.assign(document.createElement("canvas"), { width: 400, height: 400 });
    const pen = canvas.getContext("2d")!;
    pen.fillStyle = "#c33";
    pen.fillRect(0, 0, 400, 400);
    return canvas.toDataURL("image/png");
  });
  return Buffer.from(url.split(",")[1]!, "base64");
}

test("the preview is the chat itself, takes no focus, and a page in conversation follows within seconds", async ({ browser }) => {
  const maria = await Visitor.come(browser);
  await maria.opens();
  const said = `Is the blue one back? ${Date.now()}`;
  await maria.writes(said);
  await maria.sees(said);

  const ana = await Desk.open(browser, { bypassCSP: true });
  await ana.go("/site/look");
  const drawn = ana.page.frameLocator(".live iframe:not([inert])");
  const launcher = drawn.locator("rapport-chat button");
  await expect(launcher).toBeVisible();
  await ana.page.getByText("Picture and words", { exact: true }).click();
  const label = ana.page.getByLabel("Words on the button");
  await label.pressSequentially("Ask the kiln");
  await expect(launcher).toContainText("Ask the kiln");
  await expect(label, "who types goes on typing").toBeFocused();
  await ana.page.getByText("Left", { exact: true }).click();
  await ana.page.getByLabel("From below, in pixels").fill("64");
  await ana.page.locator("input[type=file]").setInputFiles({ name: "logo.png", mimeType: "image/png", buffer: await square(ana) });
  await expect(ana.page.getByAltText("The picture as visitors see it")).toBeVisible();
  await ana.page.locator(".live-tools").getByText("Dark", { exact: true }).click();
  const panel = drawn.frameLocator("rapport-chat iframe");
  await expect(panel.locator("html[data-theme=dark] img.logo")).toBeVisible();
  await panel.getByRole("textbox").fill("Only trying");
  await panel.getByRole("textbox").press("Enter");
  await expect(ana.page.getByText("This is a preview: nothing was sent.")).toBeVisible();
  await ana.isAccessible();

  const before = await maria.launcher.boundingBox();
  await ana.page.getByRole("button", { name: "Save" }).click();
  await expect(ana.page.getByText("Saved", { exact: true })).toBeVisible();
  await expect(maria.launcher, "no longer than some seconds").toContainText("Ask the kiln", { timeout: 15_000 });
  const after = await maria.launcher.boundingBox();
  expect(after!.x).toBeLessThan(before!.x);
  await maria.sees(said);
  await ana.page.getByRole("button", { name: "Remove" }).click();
  await ana.page.getByText("Picture", { exact: true }).click();
  await ana.page.getByText("Right", { exact: true }).click();
  await ana.page.getByRole("button", { name: "Save" }).click();
  await expect(maria.launcher).not.toContainText("Ask the kiln", { timeout: 15_000 });
  await maria.leaves();
  await ana.leaves();
});

test("each language has words of its own, and one speaks with everybody else", async ({ browser }) => {
  const ana = await Desk.open(browser);
  await ana.go("/site/words");
  await ana.page.getByLabel("For everybody else").selectOption("ar");
  const inWords = ana.page.getByRole("group", { name: "Your words in" });
  await inWords.getByText("English").click();
  await ana.page.getByLabel("Greeting").fill("Welcome to the kiln");
  await ana.page.getByRole("button", { name: "Save" }).click();
  await expect(ana.page.getByText("Saved", { exact: true })).toBeVisible();

  const french = await Visitor.come(browser, { locale: "fr-FR" });
  await french.page.evaluate(() => document.documentElement.setAttribute("lang", "fr"));
  await french.call("locale", "fr");
  await french.opens();
  await expect(french.panel.locator("html[lang=ar][dir=rtl]")).toBeVisible();
  const here = french.panel.locator(".welcome .status");
  await expect(here).toContainText("Ana");
  expect(await here.evaluate((p) => getComputedStyle(p.lastElementChild ?? p).direction), "a name in other letters turns no sentence around").toBe("rtl");
  const english = await Visitor.come(browser);
  await english.opens();
  await expect(english.panel.getByText("Welcome to the kiln")).toBeVisible();
  await french.leaves();
  await english.leaves();

  await inWords.getByText("English").click();
  await ana.page.getByLabel("Greeting").fill("");
  await ana.page.getByLabel("For everybody else").selectOption("en");
  await ana.page.getByRole("button", { name: "Save" }).click();
  await expect(ana.page.getByText("Saved", { exact: true }).last()).toBeVisible();
  await ana.leaves();
});
