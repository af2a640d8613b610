import assert from "node:assert/strict";
import { test } from "node:test";
import type { Authority, GrantKind, Limit } from "../../../wire/protocol";
import { changed, laid, stillWritten, unreadable } from "./laid";

const credit: GrantKind = { key: "credit", name: "Credit", nature: "goodwill", unit: "money" };
const time: GrantKind = { key: "time", name: "Free time", nature: "goodwill", unit: "days" };
const limit = (who: string, kind: string, each: number): Limit => ({ who, kind, each, day: each, month: each });
const form = { currency: "EUR", kinds: [credit, time], limits: [limit("agent", "credit", 5000), limit("supervisor", "credit", 9000), limit("agent", "time", 7)] } as unknown as Authority;
const kindsOf = (a: Authority) => a.limits.map((l) => `${l.who} ${l.kind}`);

test("limits go with the unit or currency in which they were set, and with no other change", () => {
  const written = { credit: { each: "50" }, time: { each: "7" } };
  const days = changed(form, { kinds: [{ ...credit, unit: "days" }, time] });
  assert.deepEqual(kindsOf(days), ["agent time"]);
  assert.deepEqual(stillWritten(written, form, days), { time: { each: "7" } });
  const francs = changed(form, { currency: "CHF" });
  assert.deepEqual(kindsOf(francs), ["agent time"]);
  assert.deepEqual(stillWritten(written, form, francs), { time: { each: "7" } });
  assert.deepEqual(kindsOf(changed(form, { kinds: [credit] })), ["agent credit", "supervisor credit"]);
  const named = changed(form, { kinds: [{ ...credit, name: "Voucher" }, time] });
  assert.deepEqual(named.limits, form.limits);
  assert.deepEqual(stillWritten(written, form, named), written);
});

test("what is no amount is found before it is saved", () => {
  assert.deepEqual(unreadable(credit, { each: "1,000", day: "12,50", month: "x" }, "EUR"), ["each", "month"]);
  assert.deepEqual(unreadable(time, { each: "1.000", day: " ", month: "7" }, "EUR"), ["each"]);
  assert.deepEqual(unreadable(credit, {}, "EUR"), []);
});

test("what was written is laid over the limits of one person or role", () => {
  const limits = laid(form, "agent", { credit: { each: "20", day: "" }, time: { month: "30" } });
  assert.deepEqual(limits, [limit("supervisor", "credit", 9000), { who: "agent", kind: "credit", each: 2000, day: 2000, month: 5000 }, { who: "agent", kind: "time", each: 7, day: 7, month: 30 }]);
});
