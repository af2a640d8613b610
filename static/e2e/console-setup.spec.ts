import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { Desk } from "./desk";
import { expect, test } from "./people";

const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
const port = String(Number(process.env["E2E_PORT"] ?? "4331") + 1);
let folder = "";
let server: ChildProcess;
let setup = "";

// A house that nobody owns yet, beside the one that the other tests share.
test.beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "rapport-setup-"));
  const program = join(folder, "rapport");
  execFileSync("go", ["build", "-o", program, "./cmd/rapport"], { cwd: root, stdio: "inherit" });
  server = spawn(program, ["serve", "--addr", `127.0.0.1:${port}`, "--data", join(folder, "data"), "--json", "--log-level", "warn"], { stdio: ["ignore", "pipe", "ignore"] });
  setup = await new Promise((tell, fail) => {
    createInterface({ input: server.stdout! }).once("line", (line) => tell((JSON.parse(line) as { setup: string }).setup));
    server.once("exit", (code) => fail(new Error(`the server ended with ${code}`)));
  });
});
test.afterAll(async () => {
  const gone = new Promise((resolve) => server.once("exit", resolve));
  server.kill("SIGTERM");
  await gone;
  rmSync(folder, { recursive: true, force: true });
});

test("the first start: a link makes the owner once, who signs out and in again", async ({ browser }) => {
  const eve = new Desk(await (await browser.newContext()).newPage());
  const { origin } = new URL(setup);
  await eve.page.goto(`${origin}/console/`);
  await expect(eve.page.getByText("Open the set-up link that the server printed")).toBeVisible();

  await eve.page.goto(setup);
  await eve.page.getByLabel("Your name").fill("Eve Adler");
  await eve.page.getByLabel("E-mail").fill("eve@example.com");
  await eve.page.getByLabel("Password").fill("1234567890");
  await eve.page.getByRole("button", { name: "Create my account" }).click();
  await expect(eve.page.getByRole("alert"), "a password that everybody guesses").toBeVisible();
  await expect(eve.page.getByLabel("Your name")).toHaveValue("Eve Adler");
  await eve.page.getByLabel("Password").fill("the third lamp from the left");
  await eve.page.getByRole("button", { name: "Create my account" }).click();
  await expect(eve.page).toHaveURL(/\/console\/queue/);
  await expect(eve.page.getByText("Nobody is waiting. Enjoy the quiet.")).toBeVisible();

  await eve.page.getByRole("button", { name: /Your menu/ }).click();
  await eve.page.getByRole("menuitem", { name: "Sign out" }).click();
  await eve.page.getByLabel("E-mail").fill("eve@example.com");
  await eve.page.getByLabel("Password").fill("not the lamp");
  await eve.page.getByRole("button", { name: "Sign in" }).click();
  await expect(eve.page.getByRole("alert")).toBeVisible();
  await eve.page.getByLabel("Password").fill("the third lamp from the left");
  await eve.page.getByRole("button", { name: "Sign in" }).click();
  await expect(eve.page.getByText("Nobody is waiting. Enjoy the quiet.")).toBeVisible();

  const mallory = new Desk(await (await browser.newContext()).newPage());
  await mallory.page.goto(setup);
  await mallory.page.getByLabel("Your name").fill("Mallory");
  await mallory.page.getByLabel("E-mail").fill("mallory@example.com");
  await mallory.page.getByLabel("Password").fill("the fourth lamp from the left");
  await mallory.page.getByRole("button", { name: "Create my account" }).click();
  await expect(mallory.page.getByRole("alert"), "the link works once").toBeVisible();
  await mallory.leaves();
  await eve.leaves();
});
