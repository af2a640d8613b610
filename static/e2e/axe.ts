import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Frame, Page } from "@playwright/test";
import type { Visitor } from "./people";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Runs axe in a document; it is evaluated, since our policy refuses a script element. */
export async function violations(where: Page | Frame): Promise<string[]> {
  await where.evaluate(axe);
  // What is still fading in has the contrast of a moment.
  await where.evaluate(() => Promise.all(document.getAnimations().filter((a) => a.effect?.getComputedTiming().iterations !== Infinity).map((a) => a.finished.catch(() => null))));
  return where.evaluate(async () => {
    const tool = (window as never as { axe: { run(o: object): Promise<{ violations: { id: string; nodes: { target: string[]; failureSummary: string }[] }[] }> } }).axe;
    const { violations: found } = await tool.run({ iframes: false, runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] });
    return found.map((v) => `${v.id}: ${v.nodes.map((n) => `${n.target.join(" ")} ${n.failureSummary}`).join("; ")}`);
  });
}

export function frameOf(visitor: Visitor): Frame {
  return visitor.page.frames().find((f) => f.url().includes("/panel?"))!;
}
