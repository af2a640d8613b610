import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Frame, Page } from "@playwright/test";
import type { Visitor } from "./people";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Puts axe into a document and waits until it may judge: what is still fading has the contrast of a moment. */
export async function prepare(where: Page | Frame): Promise<void> {
  // Evaluated, since our policy refuses a script element.
  if (!(await where.evaluate(() => "axe" in window))) await where.evaluate(axe);
  await where.evaluate(() => Promise.all(document.getAnimations().filter((a) => a.effect?.getComputedTiming().iterations !== Infinity).map((a) => a.finished.catch(() => null))));
}

/** What axe finds in a document, by all of its rules but the experimental. */
export async function violations(where: Page | Frame): Promise<string[]> {
  await prepare(where);
  return where.evaluate(async () => {
    const tool = (window as never as { axe: { run(o: object): Promise<{ violations: { id: string; nodes: { target: string[]; failureSummary: string }[] }[] }> } }).axe;
    const { violations: found } = await tool.run({ iframes: false, resultTypes: ["violations"] });
    return found.map((v) => `${v.id}: ${v.nodes.map((n) => `${n.target.join(" ")} ${n.failureSummary}`).join("; ")}`);
  });
}

export function frameOf(visitor: Visitor): Frame {
  return visitor.page.frames().find((f) => f.url().includes("/panel?"))!;
}
