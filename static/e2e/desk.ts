import { expect, type Browser, type BrowserContextOptions, type Locator, type Page } from "@playwright/test";
import { violations } from "./axe";
import { Agent, world } from "./people";
import { launch, type Stop } from "./start";

type StorageState = Exclude<BrowserContextOptions["storageState"], string | undefined>;
const WIDE = { viewport: { width: 1440, height: 900 } };
let cookies: StorageState | undefined;

/** An agent at the console, in a browser of their own. */
export class Desk {
  readonly box: Locator;
  readonly rows: Locator;
  readonly history: Locator;
  readonly coach: Locator;
  readonly problems: string[] = [];

  constructor(readonly page: Page) {
    this.box = page.locator(".composer textarea");
    this.rows = page.getByRole("option");
    this.history = page.getByRole("log");
    this.coach = page.getByRole("region", { name: "Coach", exact: true });
    page.on("pageerror", (e) => this.problems.push(e.message));
    page.on("console", (m) => m.type() === "error" && /Content.Security|Trusted|violates/i.test(m.text()) && this.problems.push(m.text()));
  }

  /** The owner signs in through the page. */
  static async signIn(browser: Browser): Promise<Desk> {
    const context = await browser.newContext(WIDE);
    const desk = new Desk(await context.newPage());
    const { email, password } = world().owner;
    await desk.page.goto(world().console);
    await desk.page.getByLabel("E-mail").fill(email);
    await desk.page.getByLabel("Password").fill(password);
    await desk.page.getByRole("button", { name: "Sign in" }).click();
    await desk.isIn();
    return desk;
  }

  /** The owner, signed in already: once for all tests of a worker, since sign-ins are limited. */
  static async open(browser: Browser, options: BrowserContextOptions = {}): Promise<Desk> {
    cookies ??= await (await Desk.signIn(browser)).handsOver();
    const context = await browser.newContext({ ...WIDE, ...options, storageState: cookies });
    return new Desk(await context.newPage());
  }

  /** The session that tests share has ended. */
  static forget(): void {
    Agent.forget();
    cookies = undefined;
  }

  /** A house of its own for the tests of a file, whose owner this is until it is stopped. */
  static async house(...args: string[]): Promise<Stop> {
    const stop = await launch("--limits", "bench", ...args);
    Desk.forget();
    return async () => {
      Desk.forget();
      await stop();
    };
  }

  /** Shows as away or online from now on, whichever it is not. */
  async turnsAway(): Promise<void> {
    const said = this.page.waitForResponse(/\/me\/status$/);
    await this.page.keyboard.press("Alt+o");
    await said;
  }

  private async handsOver(): Promise<StorageState> {
    const state = await this.page.context().storageState();
    await this.leaves();
    return { ...state, origins: [] };
  }

  /** A colleague comes by an invitation that this agent makes on the team page. */
  async invites(browser: Browser, name: string): Promise<Desk> {
    const email = `${name.toLowerCase()}-${Date.now()}@example.com`;
    await this.go("/team");
    await this.page.getByRole("button", { name: "Invite somebody" }).click();
    await this.page.getByRole("dialog").getByLabel("E-mail").fill(email);
    await this.page.getByRole("button", { name: "Make the link" }).click();
    const link = await this.page.getByLabel("Invitation link").innerText();
    await this.page.getByRole("button", { name: "Done" }).click();
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    const colleague = new Desk(await context.newPage());
    await colleague.page.goto(link.trim());
    await colleague.page.getByLabel("Your name").fill(name);
    await colleague.page.getByLabel("Password").fill("another quiet sentence");
    await colleague.page.getByRole("button", { name: "Join" }).click();
    await colleague.isIn();
    return colleague;
  }

  /** The desk stands, whether somebody waits or not. */
  async isIn(): Promise<void> {
    await this.page.getByRole("button", { name: /Your menu/ }).waitFor();
  }

  async go(path: string): Promise<void> {
    await this.page.goto(new URL("/console" + path, world().console).href);
  }

  /** Opens the conversation whose last words these are. */
  async opens(text: string, list = "/open"): Promise<void> {
    await this.go(list);
    await this.at(text, (row) => row.click({ timeout: 1_500 }));
    await expect(this.history).toContainText(text);
  }

  /**
   * Does something with the row of these words in the list on the screen: soon, and again where it fails. Who waits
   * longest comes first, so the newest may be far below what is drawn, and one at its edge goes again when the list
   * gets shorter.
   */
  async at(text: string, act: (row: Locator) => Promise<void>): Promise<void> {
    const row = this.rows.filter({ hasText: text }).first();
    const box = this.page.getByRole("listbox");
    await box.waitFor();
    await expect(async () => {
      if (!(await row.count())) {
        await box.hover();
        await this.page.mouse.wheel(0, 400);
      }
      await row.waitFor({ timeout: 500 });
      await act(row);
    }).toPass({ intervals: [100] });
  }

  message(text: string): Locator {
    return this.history.locator(".message", { hasText: text });
  }

  async writes(text: string): Promise<void> {
    await this.box.fill(text);
    await this.box.press("Enter");
  }

  /** Every screen is held to the whole of axe. */
  async isAccessible(): Promise<void> {
    expect(await violations(this.page)).toEqual([]);
  }

  async leaves(): Promise<void> {
    await this.page.context().close();
    expect(this.problems, "errors and refused content in the console").toEqual([]);
  }
}
