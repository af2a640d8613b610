import assert from "node:assert/strict";
import { test } from "node:test";
import type { Me, ToAgentFrame } from "../../wire/protocol";
import { forgetAgent } from "./leaving";
import { unreadMentions } from "./lists";
import { hearMention } from "./mentions";
import { me } from "./session";

const named = (site_id: string, conversation_id: string, agents = ["ana"]): Extract<ToAgentFrame, { type: "mention" }> => ({
  type: "mention", site_id, conversation_id, agents, by: { id: "ben", name: "Ben", picture: "" }, text: "Look at this",
});

test("who is named hears of it from every site; the list is the shown site's", () => {
  me.value = { agent: { id: "ana" }, sites: [{ id: "here" }, { id: "other" }], may: [] } as unknown as Me;
  assert.equal(hearMention(named("here", "a")), true);
  assert.equal(hearMention(named("other", "b")), true);
  assert.equal(hearMention(named("other", "c", ["ben"])), false, "somebody else is named");
  assert.deepEqual([...unreadMentions.value], ["a"]);
  forgetAgent();
  assert.deepEqual([...unreadMentions.value], []);
});
