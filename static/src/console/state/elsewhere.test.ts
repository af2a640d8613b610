import assert from "node:assert/strict";
import test from "node:test";
import type { Me, Row } from "../../wire/protocol";
import { beginWaits, elsewhere, forgetWaits, hearWaits, waitElsewhere } from "./elsewhere";
import { chooseSite, me } from "./session";

me.value = { agent: { id: "ana" }, sites: [{ id: "shop", name: "Shop" }, { id: "studio", name: "Studio" }, { id: "quiet", name: "Quiet" }] } as unknown as Me;
const row = (id: string, patch: Partial<Row> = {}) => ({ id, state: "open", waiting_since: 5, assignee: { id: "ana" }, ...patch }) as Row;
const told = () => elsewhere.value.map(({ site, n }) => `${site.id} ${n}`);

test("who waits on other sites is told at the beginning, kept up by rows, and never counted for the site in hand", () => {
  chooseSite("shop");
  beginWaits({ shop: { queue: 4, mine: ["a"] }, studio: { queue: 1, mine: ["b"] }, quiet: { queue: 0, mine: [] } });
  assert.deepEqual(told(), ["studio 2"]);
  hearWaits({ site_id: "studio", rows: [row("b", { waiting_since: 0 }), row("c"), row("d", { assignee: { id: "ben", name: "", picture: "" } })], counts: { queue: 0 } });
  assert.deepEqual(told(), ["studio 1"]);
  hearWaits({ site_id: "quiet", rows: [row("e")], counts: { queue: 2 } });
  assert.deepEqual([told(), waitElsewhere.value], [["studio 1", "quiet 3"], 4]);
  hearWaits({ site_id: "studio", rows: [row("c", { state: "closed" })], counts: { queue: 0 } });
  forgetWaits("quiet", ["e"]);
  assert.deepEqual(told(), ["quiet 2"]);
  chooseSite("quiet");
  assert.deepEqual(told(), ["shop 5"]);
});
