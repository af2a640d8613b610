/** What happens is told to the site's own server: added, tried, refused, sent again, paused and removed on the screen. */
import { createHmac } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { Desk } from "./desk";
import { looksAt } from "./look";
import { expect, test, Visitor } from "./people";
import type { Stop } from "./start";

test.slow();

let stop: Stop;
let shop: Server;
/** What the shop answers. */
let answer = 200;
const told: { id: string; stamp: string; signature: string; body: string }[] = [];

test.beforeAll(async () => {
  shop = createServer((request, response) => {
    let body = "";
    request.on("data", (some: Buffer) => (body += some.toString()));
    request.on("end", () => {
      const { "webhook-id": id, "webhook-timestamp": stamp, "webhook-signature": signature } = request.headers;
      told.push({ id: String(id), stamp: String(stamp), signature: String(signature), body });
      response.writeHead(answer).end();
    });
  });
  await new Promise<void>((ready) => shop.listen(0, "127.0.0.1", ready));
  stop = await Desk.house("--webhooks-to", `127.0.0.1:${(shop.address() as AddressInfo).port}`);
});
test.afterAll(async () => {
  await stop();
  shop.close();
});

const look = looksAt("webhooks");
const bodies = () => told.map((r) => JSON.parse(r.body) as { type: string; data: { message?: { text: string } } | null });

test("an owner has the shop's server told, and sees what it takes", async ({ browser }) => {
  const ana = await Desk.open(browser, { bypassCSP: true });
  const { page } = ana;
  await ana.go("/site/webhooks");
  await expect(page.getByText("Nothing is told to your server yet.")).toBeVisible();
  await look(ana, "empty");
  await page.getByRole("button", { name: "Add a webhook" }).focus();
  await page.keyboard.press("Enter");
  const form = page.getByRole("form", { name: "A new webhook" });
  const url = form.getByLabel("Address on your server");
  await expect(url).toBeFocused();
  await url.fill("http://shop.example/told");
  await page.keyboard.press("Enter");
  await expect(form.getByRole("alert")).toContainText("begin with https://");
  await url.fill("https://10.0.0.7/told");
  await page.keyboard.press("Enter");
  await expect(form.getByRole("alert")).toContainText("not on the public internet");
  await ana.isAccessible();
  await look(ana, "form");
  await url.fill("https://shop.example/told");
  await page.keyboard.press("Enter");
  const secret = (await page.getByLabel("Secret for https://shop.example/told", { exact: true }).innerText()).trim();
  expect(secret).toMatch(/^whsec_.{44}$/);
  const list = page.getByRole("list", { name: "Webhooks" });
  await expect(list.getByText("Nothing sent yet")).toBeVisible();

  await list.getByRole("button", { name: "Send a test to" }).click();
  await expect(page.getByText("The test arrived")).toBeVisible();
  const { id, stamp, signature, body } = told[0]!;
  expect(signature).toBe("v1," + createHmac("sha256", Buffer.from(secret.slice(6), "base64")).update(`${id}.${stamp}.${body}`).digest("base64"));
  const shown = /```js\n(import \{ createHmac[^]*?)```/.exec(readFileSync("../README.md", "utf8"))![1]!;
  const { verify } = (await import("data:text/javascript," + encodeURIComponent(shown))) as { verify(secret: string, headers: Record<string, string>, body: Buffer): boolean };
  const headers = { "webhook-id": id, "webhook-timestamp": stamp, "webhook-signature": signature };
  expect(verify(secret, headers, Buffer.from(body)), "what the README shows takes it").toBe(true);
  expect(verify(secret, headers, Buffer.from(body + " "))).toBe(false);
  expect(verify(secret, { ...headers, "webhook-timestamp": "1" }, Buffer.from(body))).toBe(false);
  expect((await page.getByLabel("How your server checks a signature").innerText()).replace(/\/\/.*\n/, "").trim(), "the screen shows the same").toBe(shown.trim());

  await list.getByRole("button", { name: "Sent last to" }).click();
  const sent = page.getByRole("list", { name: "Sent last to" });
  await expect(sent.getByText("Taken")).toBeVisible();

  answer = 503;
  const tom = await Visitor.come(browser);
  await tom.opens();
  await tom.writes("Is my lamp repaired?");
  await expect.poll(() => bodies().some((b) => b.type === "conversation.started")).toBe(true);
  await page.reload();
  await expect(list.getByText(/^Not taken since/)).toBeVisible();
  await list.getByRole("button", { name: "Sent last to" }).click();
  await expect(sent.getByText("Refused").first()).toBeVisible();
  await ana.isAccessible();
  await look(ana, "waits");
  answer = 200;
  await list.getByRole("button", { name: "Try now" }).click();
  await expect.poll(() => bodies().some((b) => b.data?.message?.text === "Is my lamp repaired?")).toBe(true);
  await page.reload();
  await expect(list.getByText(/^Delivering, last/)).toBeVisible();

  await list.getByRole("button", { name: "Sent last to" }).click();
  const before = told.length;
  await sent.getByRole("button", { name: "Send again from" }).last().click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Send again from here" }).click();
  await expect.poll(() => told.length).toBeGreaterThan(before);
  expect(told.slice(0, before).map((r) => r.id), "it has the id that it had").toContain(told[before]!.id);

  await list.getByRole("button", { name: "Pause" }).click();
  await expect(list.getByText(/^Paused\./)).toBeVisible();
  await page.keyboard.press("z");
  await expect(list.getByText(/^Paused\./)).toBeHidden();
  await list.getByRole("button", { name: "New secret" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "New secret" }).click();
  await expect(list.getByText(/^The secret before signs, too/)).toBeVisible();
  await page.emulateMedia({ colorScheme: "dark" });
  await look(ana, "dark");
  await page.setViewportSize({ width: 360, height: 780 });
  await look(ana, "phone");
  await ana.isAccessible();
  await page.emulateMedia({ colorScheme: "light" });
  await page.evaluate(() => (document.documentElement.dir = "rtl"));
  await look(ana, "rtl");
  await list.getByRole("button", { name: "Remove" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Remove" }).click();
  await expect(page.getByText("Nothing is told to your server yet.")).toBeVisible();
  await tom.leaves();
  await ana.leaves();
});
