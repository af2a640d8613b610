/**
 * One believable afternoon, and the README's pictures of it. It runs by itself, on a new server:
 * UPDATE_SCREENS=1 npx playwright test screens
 */
import { mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Page } from "@playwright/test";
import { Desk } from "./desk";
import { expect, test, Visitor } from "./people";

const kept = join(dirname(fileURLToPath(import.meta.url)), "../../.github/screens");

async function picture(page: Page, name: string): Promise<void> {
  mkdirSync(kept, { recursive: true });
  await page.evaluate(() => document.fonts.ready);
  await page.screenshot({ path: join(kept, `${name}.png`), animations: "disabled", caret: "hide" });
}

test.skip(!process.env["UPDATE_SCREENS"], "wants a desk with nobody else at it: UPDATE_SCREENS=1 npx playwright test screens");

test("Maria's parcel: the shop, the console and the phone", async ({ browser }) => {
  const passerBy = await Visitor.come(browser);
  await passerBy.opens();
  await passerBy.writes("Hello, do you ship to Norway?");
  await passerBy.sees("Norway");

  const maria = await Visitor.come(browser, { viewport: { width: 1280, height: 860 } }, "account.html");
  await maria.page.getByRole("button", { name: /maria/i }).first().click();
  await maria.go("product.html");
  await maria.opens();
  await maria.writes("Hi! My parcel says delivered, but it isn't here. I need it before Friday.");
  await maria.sees("before Friday");

  const ana = await Desk.open(browser);
  await ana.go("/");
  await ana.opens("before Friday");
  await ana.writes("Hi Maria, thank you for telling us, and I am sorry about that. What does the tracking page say?");
  await maria.sees("tracking page");
  await maria.writes("It says it was left with a neighbour, but nobody here has it.");
  await expect(ana.message("left with a neighbour")).toBeVisible();
  await ana.writes("I understand, that is no fun before Friday. I can send a new one today, or you pick it up at the shop. Which would you like?");
  await maria.sees("pick it up");
  await expect(ana.coach.getByText("Understanding").first()).toBeVisible();
  await picture(ana.page, "console-light");
  await picture(maria.page, "widget-light");

  await ana.page.emulateMedia({ colorScheme: "dark" });
  await picture(ana.page, "console-dark");

  const phone = await Visitor.come(browser, { viewport: { width: 390, height: 780 }, colorScheme: "dark", locale: "ar", hasTouch: true, isMobile: true });
  await phone.call("locale", "ar");
  await phone.opens();
  await phone.writes("مرحبا، هل المصباح متوفر؟");
  await phone.sees("المصباح");
  await ana.opens("المصباح");
  await ana.writes("مرحبا! نعم، لدينا ستة منه على الرف اليوم.");
  await phone.sees("على الرف");
  await picture(phone.page, "widget-phone-dark");
  for (const person of [passerBy, maria, phone]) await person.leaves();
});
