import assert from "node:assert/strict";
import { mock, test } from "node:test";
import type { AgentCard, Me } from "../../wire/protocol";
import { me } from "./session";
import { colleagueAnswers, hearTyping, watching } from "./team";

const card = (id: string): AgentCard => ({ id, name: id, picture: "" });
const claim = (answering: AgentCard | null) => (watching.value = { c: { agents: [], person_online: true, answering } });

test("a colleague is answering while they write and while the server keeps it for them", () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  me.value = { agent: card("ben") } as unknown as Me;
  assert.equal(colleagueAnswers("c"), null);
  claim(card("ana"));
  assert.equal(colleagueAnswers("c")?.id, "ana");
  claim(card("ben"));
  assert.equal(colleagueAnswers("c"), null, "one's own claim keeps oneself off nothing");
  hearTyping("c", { kind: "agent", id: "noor", name: "noor" }, "note", true);
  assert.equal(colleagueAnswers("c"), null, "a note answers nobody");
  hearTyping("c", { kind: "agent", id: "noor", name: "noor" }, "reply", true);
  assert.equal(colleagueAnswers("c")?.id, "noor");
  hearTyping("c", { kind: "agent", id: "noor", name: "noor" }, "reply", false);
  claim(null);
  assert.equal(colleagueAnswers("c"), null);
});
