import type { Browser } from "@playwright/test";
import { readFileSync } from "node:fs";
import { Desk } from "./desk";
import { expect, test, Visitor } from "./people";
import type { Stop } from "./start";

let stop: Stop;

// A house of its own: those who wait longest are drawn first, and whoever other tests leave
// waiting would push these below what is drawn.
test.beforeAll(async () => {
  stop = await Desk.house();
});
test.afterAll(() => stop());

/** A whole conversation, from taking it to closing it; the agent's words hold an offer and what is done. */
const TALK: [visitor: string, agent: string][] = [
  ["Hello, the glaze of my lamp has a crack", "Hello, I'm sorry to hear that. Is it the foot or the shade that has the crack?"],
  ["The foot. It came like that.", "So the foot of your lamp arrived with a crack, and the shade is fine. Is that right?"],
  ["Yes, exactly", "I can send you a new foot today, or you send the lamp back and get your money. Which would you rather?"],
  ["A new foot please", "It is packed and on its way to you. Is there anything else I can do for you?"],
  ["No, that was all. Thank you so much, bye!", "Thank you for telling us. Enjoy your evening."],
];

/** What of the coach the agent has: the whole panel, its strip, or nothing of it. */
const COACHES = {
  open: { context: "open", style: "" },
  strip: { context: "strip", style: "" },
  none: { context: "strip", style: ".context-strip, .suggestion, .heard-chips { display: none !important }" },
} as const;

/** Counts every key and click that an agent needs; text counts as nothing. */
class Hands {
  actions = 0;

  constructor(readonly desk: Desk) {}

  async clicks(what: ReturnType<Desk["page"]["locator"]>): Promise<void> {
    this.actions++;
    await what.click();
  }

  async presses(key: string): Promise<void> {
    this.actions++;
    await this.desk.page.keyboard.press(key);
  }

  /** Whatever stands in the way is sent away, at a price. */
  async answers(text: string): Promise<void> {
    if (await this.desk.page.getByRole("dialog").count()) await this.presses("Escape");
    if (!(await this.desk.box.evaluate((box) => box === document.activeElement))) await this.clicks(this.desk.box);
    await this.desk.page.keyboard.insertText(text);
    await this.presses("Enter");
    await expect(this.desk.message(text)).toBeVisible();
  }
}

async function cost(browser: Browser, coach: keyof typeof COACHES): Promise<number> {
  const ana = await Desk.open(browser);
  const { context, style } = COACHES[coach];
  await ana.go("/queue");
  await ana.page.evaluate((c) => localStorage.setItem("rapport:settings", JSON.stringify({ context: c, afterClose: "stay" })), context);
  const maria = await Visitor.come(browser);
  await maria.opens();
  const first = `${TALK[0]![0]} (${coach})`;
  await maria.writes(first);
  await maria.sees(first);
  await ana.go("/queue");
  await ana.page.evaluate((css) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    document.adoptedStyleSheets.push(sheet);
  }, style);

  const hands = new Hands(ana);
  await hands.clicks(ana.rows.filter({ hasText: first }).first());
  for (const [i, [said, answered]] of TALK.entries()) {
    if (i > 0) await maria.writes(said);
    await expect(ana.history).toContainText(said);
    // The coach has had its say before the agent goes on.
    await ana.page.waitForTimeout(400);
    await hands.answers(answered);
  }
  await hands.presses("Alt+e");
  await expect(ana.history).toContainText(/closed/i);
  if (coach === "open") await expect(ana.coach).toContainText("Closing");
  await maria.leaves();
  await ana.leaves();
  return hands.actions;
}

test("A whole conversation costs Ana not one key or click more with the coach than without", async ({ browser }) => {
  const none = await cost(browser, "none");
  const { actions, extra_actions } = JSON.parse(readFileSync(new URL("../../cmd/rapport/bench/coach-cost.json", import.meta.url), "utf8")) as Record<string, number>;
  expect(none, "one click, an Enter for each reply, one chord to close").toBe(actions);
  for (const coach of ["open", "strip"] as const) {
    expect(await cost(browser, coach), `with the coach: ${coach}`).toBe(none + extra_actions!);
  }
});
