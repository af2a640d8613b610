import { prepare } from "./axe";
import { Desk } from "./desk";
import { expect, test } from "./people";
import type { Stop } from "./start";

let stop: Stop;

// A house of its own: quiet hours are the owner's.
test.beforeAll(async () => {
  stop = await Desk.house();
});
test.afterAll(() => stop());

test("the account page says plainly who is reached, and keeps quiet hours", async ({ browser }) => {
  const ana = await Desk.signIn(browser);
  await ana.go("/account");
  const section = ana.page.locator("section", { has: ana.page.getByRole("heading", { name: "When the console is closed" }) });
  await expect(section.getByRole("status")).toContainText("Nothing reaches you now");
  await expect(section.getByRole("button", { name: "Tell this device" })).toBeVisible();
  await section.getByRole("switch", { name: "Quiet hours" }).check();
  await section.getByLabel("From").fill("20:15");
  await section.getByLabel("Until").fill("06:30");
  await prepare(ana.page);
  await ana.isAccessible();
  await section.getByRole("button", { name: "Save" }).click();
  await expect(section.getByRole("button", { name: "Save" })).toBeDisabled();
  await ana.page.reload();
  await expect(section.getByLabel("From")).toHaveValue("20:15");
  await expect(section.getByLabel("Until")).toHaveValue("06:30");
  const promise = section.getByRole("table", { name: "What calls you" }).getByRole("checkbox", { name: "A promise is due: Sound" });
  const kept = ana.page.waitForResponse(/\/me\/reach$/);
  await promise.uncheck();
  await kept;
  await ana.page.reload();
  await expect(promise).not.toBeChecked();
  await expect(section.getByRole("checkbox", { name: "A promise is due: Desktop" })).toBeChecked();
  if (process.env["LOOK"]) {
    await section.screenshot({ path: `${process.env["LOOK"]}/calls.png` });
    await ana.page.emulateMedia({ colorScheme: "dark" });
    await ana.page.setViewportSize({ width: 390, height: 780 });
    await section.screenshot({ path: `${process.env["LOOK"]}/calls-phone.png` });
    await ana.page.setViewportSize({ width: 1440, height: 900 });
  }
  await section.getByLabel("Until").fill("20:15");
  await section.getByRole("button", { name: "Save" }).click();
  await expect(section.getByRole("alert")).toContainText("Choose another time");
  await ana.leaves();
});

test("a call shows on the device, and a console without its server says so", async ({ browser }) => {
  const ana = await Desk.signIn(browser);
  const { page } = ana;
  const context = page.context();
  await context.grantPermissions(["notifications"], { origin: new URL(page.url()).origin });
  await page.evaluate(() => navigator.serviceWorker.ready);
  const origin = new URL(page.url()).origin;
  const client = await context.newCDPSession(page);
  const registered = new Promise<string>((found) => {
    client.on("ServiceWorker.workerRegistrationUpdated", ({ registrations }) => {
      const own = registrations.find((r) => r.scopeURL === `${origin}/console/`);
      if (own) found(own.registrationId);
    });
  });
  await client.send("ServiceWorker.enable");
  const registrationId = await registered;
  const push = (note: object) => client.send("ServiceWorker.deliverPushMessage", { origin, registrationId, data: JSON.stringify(note) });
  const shown = () => page.evaluate(async () => (await (await navigator.serviceWorker.ready).getNotifications()).map((n) => `${n.title}: ${n.body}`));
  // Pushed again until it shows: a worker that has only just come to be may miss the first.
  const tells = (note: object, seen: string) =>
    expect(async () => {
      await push(note);
      await expect.poll(shown, { timeout: 2_000 }).toContain(seen);
    }).toPass();
  await tells({ tag: "talk", title: "Somebody is waiting", body: "Shop · for 30 seconds", open: "/console/queue", quiet: false }, "Somebody is waiting: Shop · for 30 seconds");
  await tells({ tag: "talk", title: "Answered", body: "Shop · nothing left to do here", open: "/console/mine", quiet: true }, "Answered: Shop · nothing left to do here");
  expect(await shown(), "it took the place of the call").toHaveLength(1);
  await tells({ title: "Come here", open: "https://evil.example/" }, "Rapport: Something is waiting for you in the console.");

  await context.setOffline(true);
  await page.goto(`${origin}/console/account`);
  await expect(page.getByRole("heading", { name: "No connection" })).toBeVisible();
  await context.setOffline(false);
  await page.getByRole("link", { name: "Try again" }).click();
  await expect(page.getByRole("heading", { name: "When the console is closed" })).toBeVisible();
  const manifest = await page.evaluate(async () => (await fetch("/console/manifest.webmanifest")).headers.get("content-type"));
  expect(manifest).toBe("application/manifest+json");
  await ana.leaves();
});
