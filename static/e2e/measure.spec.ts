/**
 * What only a browser can measure. It wants a machine with nothing else to do:
 * MEASURE=1 npx playwright test measure --workers 1
 */
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { Browser, Page } from "@playwright/test";
import { Desk } from "./desk";
import { expect, test } from "./people";
import { world } from "./start";

test.skip(!process.env["MEASURE"], "measures for minutes: MEASURE=1 npx playwright test measure --workers 1");
test.setTimeout(600_000);

/** What `rapport bench hold` prints. */
interface Held {
  console: string;
  email: string;
  password: string;
}

const SCREENS = [
  "/queue", "/mine", "/open", "/closed", "/all", "/search?q=blue", "/promises", "/board", "/visitors", "/complaints", "/templates", "/team", "/audit", "/authority", "/account",
  ...["look", "words", "form", "place", "hours", "waiting", "identity", "mail", "after", "routing", "handover", "visitors", "late", "coach", "sites", "more"].map((section) => `/site/${section}`),
];

test("opening any screen with 100,000 conversations", async ({ browser }) => {
  const conversations = process.env["CONVERSATIONS"] ?? "100000";
  const server = spawn(process.env["RAPPORT_PROGRAM"]!, ["bench", "hold", "--conversations", conversations], { stdio: ["pipe", "pipe", "ignore"] });
  try {
    const line = await new Promise<string>((tell) => createInterface({ input: server.stdout }).once("line", tell));
    const held = JSON.parse(line) as Held;
    const page = await signIn(browser, held);
    const opened = [...(await opens(page, SCREENS)), ...(await opens(page, await threads(page, held)))];
    opened.sort((a, b) => b.again - a.again);
    console.table(opened);
    const all = opened.map((o) => o.again);
    console.log(JSON.stringify({ name: "screens", params: { conversations: Number(conversations) }, figures: { screens: all.length, p50_ms: all[all.length >> 1], worst_ms: all[0], first_worst_ms: Math.max(...opened.map((o) => o.first)) } }));
  } finally {
    server.stdin.end();
  }
});

test("a list of 5,000 visitors with 500 changes a second", async ({ browser }) => {
  const [visitors, changes] = [Number(process.env["VISITORS"] ?? 5_000), Number(process.env["CHANGES"] ?? 500)];
  const stop = await Desk.house();
  const ana = await Desk.open(browser);
  await ana.go("/site/visitors");
  const saved = ana.page.waitForResponse((r) => r.request().method() === "PATCH" && r.ok());
  await ana.page.getByRole("switch", { name: "List who looks around" }).check();
  await saved;
  const crowd = new Crowd(visitors);
  await crowd.comes();
  crowd.movesOn(changes);
  await ana.go("/visitors");
  await expect(ana.page.getByText(/here now/)).toContainText(String(visitors), { timeout: 30_000 });
  const list = ana.page.getByRole("list", { name: "Visitors" });
  await list.getByRole("listitem").nth(3).hover();
  const marked = () => ana.page.evaluate(() => document.querySelector<HTMLElement>("[role=listitem]:hover")!.dataset["marked"] === "yes");
  await ana.page.evaluate(() => (document.querySelector<HTMLElement>("[role=listitem]:hover")!.dataset["marked"] = "yes"));
  await ana.page.waitForTimeout(4_000);
  const cdp = await ana.page.context().newCDPSession(ana.page);
  await cdp.send("Performance.enable", { timeDomain: "threadTicks" });
  const busy = async () => (await cdp.send("Performance.getMetrics")).metrics.find((m) => m.name === "TaskDuration")!.value;
  const [before, told, began] = [await busy(), crowd.told, Date.now()];
  await ana.page.waitForTimeout(20_000);
  const seconds = (Date.now() - began) / 1000;
  const figures = { cpu_percent: round((100 * ((await busy()) - before)) / seconds), changes_per_s: round((crowd.told - told) / seconds), row_stayed: await marked() };
  await crowd.stops();
  await stop();
  console.log(JSON.stringify({ name: "visitors", params: { visitors, changes }, figures }));
  expect(figures.row_stayed).toBe(true);
});

const round = (n: number) => Math.round(n * 100) / 100;

/** Visitors who go from page to page, as their beacons tell it. */
class Crowd {
  told = 0;
  private next = 0;
  private under = 0;
  private timer: ReturnType<typeof setInterval> | undefined;

  constructor(private readonly size: number) {}

  async comes(): Promise<void> {
    while (this.next < this.size) await Promise.all(Array.from({ length: 50 }, () => this.tell()));
  }

  movesOn(perSecond: number): void {
    const [began, had] = [Date.now(), this.told];
    this.timer = setInterval(() => {
      for (let due = ((Date.now() - began) / 1000) * perSecond - (this.told - had) - this.under; due > 0 && this.under < 200; due--) void this.tell();
    }, 20);
  }

  async stops(): Promise<void> {
    clearInterval(this.timer);
    await expect.poll(() => this.under).toBe(0);
  }

  private async tell(): Promise<void> {
    const { origin } = new URL(world().widget);
    const n = this.next++;
    this.under++;
    const answer = await fetch(`${origin}/v1/widget/here`, {
      method: "POST",
      headers: { "Content-Type": "text/plain;charset=UTF-8", Origin: origin },
      body: JSON.stringify({ site: world().site_key, id: (n % this.size).toString(16).padStart(32, "0"), url: `${origin}/demo/p${n}`, title: `Page ${n} of the shop`, referrer: "https://search.example", device: "", hidden: false, gone: false }),
    });
    const words = await answer.text();
    this.under--;
    this.told++;
    if (!answer.ok) throw new Error(words);
  }
}

async function signIn(browser: Browser, held: Held): Promise<Page> {
  const page = await (await browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage();
  await page.goto(held.console + "/console/");
  await page.getByLabel("E-mail").fill(held.email);
  await page.getByLabel("Password").fill(held.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("option").first().waitFor();
  return page;
}

/** Five open conversations, by address. */
async function threads(page: Page, held: Held): Promise<string[]> {
  const me = (await (await page.request.get(held.console + "/v1/console/me")).json()) as { sites: { id: string }[] };
  const list = await page.request.get(`${held.console}/v1/console/conversations?site=${me.sites[0]!.id}&list=open&limit=5`);
  return ((await list.json()) as { rows: { id: string }[] }).rows.map(({ id }) => "/open/" + id);
}

interface Opened {
  screen: string;
  /** ms the first time, its parts fetched. */
  first: number;
  /** ms afterwards, the median of five. */
  again: number;
}

async function opens(page: Page, screens: string[]): Promise<Opened[]> {
  const out: Opened[] = [];
  for (const screen of screens) {
    const times: number[] = [];
    for (let n = 0; n < 6; n++) {
      await go(page, screen === "/account" ? "/team" : "/account");
      times.push(await go(page, screen));
    }
    const [first, ...rest] = times as [number, ...number[]];
    out.push({ screen, first, again: rest.toSorted((a, b) => a - b)[2]! });
  }
  return out;
}

/**
 * Follows a link within the console and returns the ms until the last element that came with the
 * screen was painted: nothing has been added for half a second after it.
 */
function go(page: Page, path: string): Promise<number> {
  return page.evaluate(
    (href) =>
      new Promise<number>((tell) => {
        const link = document.createElement("a");
        link.href = href;
        document.body.append(link);
        let last = performance.now();
        let painted = last;
        const began = last;
        const watch = new MutationObserver((changes) => {
          if (!changes.some((c) => [...c.addedNodes].some((n) => n instanceof Element))) return;
          last = performance.now();
          requestAnimationFrame(() => (painted = performance.now()));
        });
        watch.observe(document.body, { childList: true, subtree: true });
        link.click();
        link.remove();
        const wait = setInterval(() => {
          if (performance.now() - last < 500) return;
          clearInterval(wait);
          watch.disconnect();
          tell(Math.round((painted - began) * 10) / 10);
        }, 50);
      }),
    "/console" + path,
  );
}
