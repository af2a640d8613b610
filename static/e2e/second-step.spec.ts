import { createHmac } from "node:crypto";
import { Desk } from "./desk";
import { expect, test, world } from "./people";
import type { Stop } from "./start";

let stop: Stop;

// A house of its own: its owner signs in another way afterwards.
test.beforeAll(async () => {
  stop = await Desk.house();
});
test.afterAll(() => stop());

/** What an authenticator app shows for a secret, `ahead` half minutes from now. */
function codeOf(secret: string, ahead = 0): string {
  const bits = [...secret].map((c) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(c).toString(2).padStart(5, "0")).join("");
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((b) => parseInt(b, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + ahead));
  const mac = createHmac("sha1", key).update(counter).digest();
  const at = mac[19]! & 15;
  return String((mac.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

test("the owner sets a second step up, signs in with it, and asks it of administrators too", async ({ browser }) => {
  const ana = await Desk.signIn(browser);
  const ben = await ana.invites(browser, "Ben");
  await ana.go("/account");
  const section = ana.page.locator("section", { has: ana.page.getByRole("heading", { name: "Second step" }) });
  await section.getByRole("button", { name: "Set it up" }).click();
  await section.getByLabel("Password").fill(world().owner.password);
  await section.getByRole("button", { name: "Set it up" }).click();
  await expect(section.getByRole("img", { name: "QR code for your authenticator app" })).toBeVisible();
  const secret = (await section.getByLabel("Or type this into the app").innerText()).trim();
  await section.getByLabel("Code from the app").fill("12");
  await section.getByRole("button", { name: "Turn it on" }).click();
  await expect(section.getByRole("alert")).toContainText("This code is not right");
  await section.getByLabel("Code from the app").fill(codeOf(secret));
  await ana.isAccessible();
  await section.getByRole("button", { name: "Turn it on" }).click();
  const codes = (await section.getByLabel("Your recovery codes").innerText()).trim().split("\n");
  expect(codes).toHaveLength(10);
  await section.getByRole("button", { name: "I have kept them" }).click();
  await expect(section.getByText("10 recovery codes are left")).toBeVisible();

  await ana.page.getByRole("button", { name: /Your menu/ }).click();
  await ana.page.getByRole("menuitem", { name: "Sign out" }).click();
  await ana.page.getByLabel("E-mail").fill(world().owner.email);
  await ana.page.getByLabel("Password").fill(world().owner.password);
  await ana.page.getByRole("button", { name: "Sign in" }).click();
  await expect(ana.page.getByLabel("Code")).toBeFocused();
  await ana.page.getByLabel("Code").fill(codes[2]!);
  await ana.page.getByRole("button", { name: "Sign in" }).click();
  await ana.isIn();

  await ana.go("/team");
  await ana.page.locator("section", { has: ana.page.getByRole("heading", { name: "Signing in" }) }).getByText("Agent", { exact: true }).click();
  await expect(ben.page.getByText("Your session has ended.")).toBeVisible();
  const email = (await ana.page.getByRole("listitem").filter({ hasText: "ben-" }).first().innerText()).match(/ben-\d+@example\.com/)![0];
  await ben.page.getByLabel("E-mail").fill(email);
  await ben.page.getByLabel("Password").fill("another quiet sentence");
  await ben.page.getByRole("button", { name: "Sign in" }).click();
  await expect(ben.page.getByText("Your role signs in with a second step. Set it up now")).toBeVisible();
  await ben.isAccessible();
  await ben.page.getByLabel("Password").fill("another quiet sentence");
  await ben.page.getByRole("button", { name: "Set it up" }).click();
  const his = (await ben.page.getByLabel("Or type this into the app").innerText()).trim();
  await ben.page.getByLabel("Code from the app").fill(codeOf(his));
  await ben.page.getByRole("button", { name: "Turn it on" }).click();
  await ben.page.getByRole("button", { name: "I have kept them" }).click();
  await ben.isIn();
  await ben.leaves();
  await ana.leaves();
});
