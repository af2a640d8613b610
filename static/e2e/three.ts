import type { Browser } from "@playwright/test";
import { Desk } from "./desk";
import { Visitor } from "./people";

/** Ana has Tom's conversation and has greeted him; Ben, or whose name is given, is there beside her. said is what Tom wrote. */
export async function three(browser: Browser, words: string, hello: string, name = "Ben"): Promise<{ ana: Desk; ben: Desk; tom: Visitor; said: string }> {
  const ana = await Desk.open(browser);
  const ben = await ana.invites(browser, name);
  await ben.go("/queue");
  const said = `${words} ${Date.now()}`;
  const tom = await Visitor.come(browser);
  await tom.opens();
  await tom.writes(said);
  await ana.go("/queue");
  await ana.rows.filter({ hasText: said }).click();
  await ana.writes(hello);
  await ana.page.getByRole("log").click();
  return { ana, ben, tom, said };
}
