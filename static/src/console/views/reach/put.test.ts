import assert from "node:assert/strict";
import { test } from "node:test";
import type { Mute, Reach } from "../../../wire/protocol";
import { Putting } from "./put";

const none: Reach = { key: "", mail_sent: false, mail: false, quiet: false, begins: 0, ends: 0, zone: "", mutes: [], devices: [] };

/** A server that answers each call when it is told to. */
function slow() {
  const calls: { whole: Reach; answer: (good: boolean) => Promise<void> }[] = [];
  const keep = (whole: Reach) =>
    new Promise<Reach>((good, bad) => {
      const answer = async (well: boolean) => {
        if (well) good(whole);
        else bad(new Error("no connection"));
        await new Promise((soon) => setTimeout(soon));
      };
      calls.push({ whole, answer });
    });
  return { calls, keep };
}

const mute = (one: Mute) => ({ mutes }: Reach) => ({ mutes: [...mutes, one] });

test("two quick ticks both hold, put one after another", async () => {
  const { calls, keep } = slow();
  const p = new Putting(none, keep);
  const both = Promise.all([p.put(mute("mine.sound")), p.put(mute("offer.sound"))]);
  assert.deepEqual(p.wanted.value.mutes, ["mine.sound", "offer.sound"], "both show at once");
  await Promise.resolve();
  assert.equal(calls.length, 1);
  await calls[0]!.answer(true);
  assert.deepEqual(calls[1]!.whole.mutes, ["mine.sound", "offer.sound"]);
  await calls[1]!.answer(true);
  await both;
  assert.deepEqual(p.wanted.value.mutes, ["mine.sound", "offer.sound"]);
});

test("a change that the server did not take is gone, and the next one stands without it", async () => {
  const { calls, keep } = slow();
  const p = new Putting(none, keep);
  const first = assert.rejects(p.put(mute("mine.sound")));
  const second = p.put(() => ({ mail: true }));
  await Promise.resolve();
  await calls[0]!.answer(false);
  await first;
  assert.deepEqual([p.wanted.value.mutes, p.wanted.value.mail], [[], true]);
  await calls[1]!.answer(true);
  await second;
  assert.deepEqual(calls[1]!.whole, { ...none, mail: true });
});
