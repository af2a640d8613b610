import assert from "node:assert/strict";
import { mock, test } from "node:test";
import type { Me, Row } from "../wire/protocol";
import { me } from "./state/session";
import { choose } from "./state/settings";

/** A browser's locks, shared by its tabs, as far as calling uses them. */
const held = new Set<string>();
const locks = {
  query: async () => ({ held: [...held].map((name) => ({ name })) }),
  request: async (name: string, _: object, work: (lock: object | null) => Promise<void> | undefined) => {
    if (held.has(name)) return work(null);
    held.add(name);
    await work({});
    held.delete(name);
  },
};
const notes: string[] = [];
class Note {
  static permission = "granted";
  constructor(title: string) {
    notes.push(title);
  }
}
const change = new EventTarget();
const page = { hidden: true, addEventListener: change.addEventListener.bind(change), removeEventListener: change.removeEventListener.bind(change) };
Object.assign(globalThis, { document: page, window: { Notification: Note }, Notification: Note, localStorage: undefined });
Object.defineProperty(globalThis, "navigator", { value: { locks, language: "en" }, configurable: true });
const { notice, noticeRows, tellLooking } = await import("./notify");

const settle = async () => {
  for (let i = 0; i < 20; i++) await Promise.resolve();
};
let turn = 0;
const said = (id: string) => ({ id, site_id: "s", seq: ++turn, assignee: null, unread: 1, last: { by: "person", kind: "reply", text: "Hello?", at: ++turn }, person: { id, name: id } }) as unknown as Row;

test("an agent who looks elsewhere is called once for each customer, by one tab", async () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  me.value = { agent: { id: "ben" }, sites: [{ id: "s" }], may: [] } as unknown as Me;
  choose({ desktop: true });
  const rows = [said("Maria"), said("Tom")];
  noticeRows(rows);
  noticeRows(rows);
  await settle();
  assert.deepEqual(notes, ["Maria", "Tom"], "the second tab found both taken");
  assert.deepEqual([...held].sort(), ["rapport:call:Maria", "rapport:call:Tom", "rapport:chime"], "and one sound is enough for all");
  mock.timers.tick(2_000);
  await settle();
});

test("a hidden tab is silent while another one is looked at", async () => {
  page.hidden = false;
  const stop = tellLooking();
  page.hidden = true;
  noticeRows([said("Noor")]);
  await settle();
  assert.ok(!notes.includes("Noor"));
  change.dispatchEvent(new Event("visibilitychange"));
  await settle();
  noticeRows([said("Noor")]);
  await settle();
  assert.ok(notes.includes("Noor"), "nobody looks any more");
  stop();
  mock.timers.reset();
});

test("what is muted calls nobody, and the rest calls on", async () => {
  notes.length = 0;
  held.clear();
  mock.timers.enable({ apis: ["setTimeout"] });
  me.value = { agent: { id: "ben" }, sites: [{ id: "s" }], may: [], mutes: ["waiting.desktop", "mention.sound"] } as unknown as Me;
  choose({ desktop: true, sound: false });
  noticeRows([said("Lea"), { ...said("Kim"), assignee: { id: "ben" } } as unknown as Row]);
  notice("mention", "c-1", "Ana", "@ben, look");
  notice("promise", "c-2", "Due", "");
  await settle();
  assert.deepEqual(notes, ["Kim", "Ana", "Due"]);
  choose({ sound: true });
  notice("mention", "c-3", "Ana", "and here");
  await settle();
  assert.ok(!held.has("rapport:chime"), "names without a sound");
  notice("mine", "c-4", "Kim", "Hello?");
  await settle();
  assert.ok(held.has("rapport:chime"));
  mock.timers.tick(2_000);
  await settle();
  mock.timers.reset();
});
