import { test } from "node:test";
import assert from "node:assert/strict";
import { learn, locale } from "../../i18n";
import words from "../../i18n/agreement.json";
import { bothWords, elsewhere } from "./theirs";

learn(words);
// What a browser has and the test runner may not.
globalThis.document ??= { documentElement: { lang: "en" } } as Document;
globalThis.navigator ??= { language: "en-GB" } as Navigator;

/** 21 November 2026, 14:00 UTC, on a machine whose zone the test runner chose. */
const at = Date.UTC(2026, 10, 21, 14);
const here = Intl.DateTimeFormat().resolvedOptions().timeZone;

test("a time is named in their zone only where it reads otherwise there", () => {
  assert.equal(elsewhere(at, undefined), "");
  assert.equal(elsewhere(at, here), "");
  assert.equal(elsewhere(at, "Mars/Olympus"), "");
  const there = new Date(at).getUTCHours() === new Date(at).getHours() ? "Asia/Tokyo" : "UTC";
  const clock = new Intl.DateTimeFormat(locale(), { hour: "numeric", minute: "2-digit", timeZone: there }).format(at);
  assert.ok(elsewhere(at, there).endsWith(clock), elsewhere(at, there));
});

test("another day is named with its day", () => {
  const far = new Date(at).getHours() < 12 ? "Pacific/Pago_Pago" : "Pacific/Kiritimati";
  const day = new Intl.DateTimeFormat(locale(), { weekday: "long", timeZone: far }).format(at);
  assert.notEqual(day, new Intl.DateTimeFormat(locale(), { weekday: "long" }).format(at));
  assert.ok(elsewhere(at, far).startsWith(day), elsewhere(at, far));
});

test("both are told by the first name", () => {
  const there = new Date(at).getUTCHours() === new Date(at).getHours() ? "Asia/Tokyo" : "UTC";
  assert.match(bothWords(at, { id: "x", name: "Maria Lopez", zone: there }), /\(.+ for Maria\)$/);
  assert.doesNotMatch(bothWords(at, { id: "x", name: "Maria Lopez", zone: here }), /Maria/);
  assert.doesNotMatch(bothWords(at, null), /\(/);
});
