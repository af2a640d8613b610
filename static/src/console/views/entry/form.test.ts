import assert from "node:assert/strict";
import { test } from "node:test";
import { lacking, requestOf, type Draft } from "./form";

const NOW = 1_000_000;
const call: Draft = { id: "i", client_id: "c", channel: "call", at: NOW - 1, minutes: "12", party: " Maria ", need: " A lamp ", note: " Rang. ", place: "", promised: false, promise: "", due: 0 };

test("a call needs a time that has passed and its words, an appointment a time to come, how long and what for", () => {
  assert.equal(lacking(call, NOW), "");
  const meet: Draft = { ...call, channel: "appointment", at: NOW + 1, note: "" };
  assert.equal(lacking(meet, NOW), "");
  const wrong: [Partial<Draft>, string][] = [
    [{ at: 0 }, "at"], [{ at: NOW + 1 }, "at"], [{ minutes: "1.5" }, "minutes"], [{ minutes: "1441" }, "minutes"], [{ minutes: "x" }, "minutes"], [{ note: " " }, "note"],
    [{ promised: true }, "promise"], [{ promised: true, promise: "Ring", due: NOW }, "due"],
  ];
  for (const [change, field] of wrong) assert.equal(lacking({ ...call, ...change }, NOW), field, JSON.stringify(change));
  for (const [change, field] of [[{ at: NOW }, "at"], [{ minutes: "" }, "minutes"], [{ need: "" }, "need"]] as const) assert.equal(lacking({ ...meet, ...change }, NOW), field);
  assert.equal(lacking({ ...call, minutes: "" }, NOW), "", "how long is not always known");
});

test("what is asked holds what belongs to it and nothing that was written before", () => {
  assert.deepEqual(requestOf({ ...call, promise: "left over", due: 9 }, "Europe/Berlin"), { id: "i", channel: "call", began_at: NOW - 1, minutes: 12, party: "Maria", need: "A lamp", note: "Rang.", promise: null });
  assert.deepEqual(requestOf({ ...call, promised: true, promise: " Ring ", due: 9 }, "UTC").promise, { client_id: "c", zone: "UTC", text: "Ring", due_at: 9 });
  assert.deepEqual(requestOf({ ...call, channel: "appointment", at: 9, place: " Quay " }, "UTC"), { id: "i", channel: "appointment", minutes: 12, party: "Maria", need: "", note: "", promise: { client_id: "c", zone: "UTC", text: "A lamp", due_at: 9, place: "Quay" } });
});
