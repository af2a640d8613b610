import type { Page } from "@playwright/test";

/** Takes screenshots of a part for people to look at: only where LOOK names the folder that they go to. */
export const looksAt = (part: string) => async ({ page }: { page: Page }, name: string): Promise<void> => {
  const folder = process.env["LOOK"];
  if (folder) await page.screenshot({ path: `${folder}/${part}-${name}.png`, fullPage: true });
};
