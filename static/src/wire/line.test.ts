import assert from "node:assert/strict";
import { test } from "node:test";
import { Line, type LineStatus } from "./line";
import { FakeWorld } from "./world.test-helper";

interface Frame {
  type: string;
  beat_ms?: number;
  answer?: boolean;
}

function setUp(world = new FakeWorld()) {
  const seen: LineStatus[] = [];
  const hellos: boolean[] = [];
  const frames: string[] = [];
  const line = new Line<Frame, Frame>({
    url: "ws://test",
    env: world.env,
    hello: async (fresh) => {
      hellos.push(fresh);
      return { type: "hello" };
    },
    frame: (f) => void frames.push(f.type),
    change: (s) => void seen.push(s),
  });
  const welcome = () => world.socket!.onmessage!(JSON.stringify({ type: "hello", beat_ms: 20_000 }));
  const live = async () => {
    line.start();
    await world.settle();
    world.socket!.onopen!();
    welcome();
  };
  return { world, line, seen, hellos, frames, live, welcome };
}

test("says hello first and is live when the server greets", async () => {
  const { world, line, live } = setUp();
  assert.equal(line.send({ type: "typing" }), false);
  await live();
  assert.deepEqual(world.socket!.sent, ['{"type":"hello"}']);
  assert.equal(line.status.state, "live");
  assert.equal(line.status.downSince, 0);
  assert.equal(line.send({ type: "typing" }), true);
});

test("comes back for ever, each wait below its ceiling of 30 s", async () => {
  const { world, line } = setUp(new FakeWorld(() => 0.999));
  line.start();
  for (let i = 0; i < 12; i++) {
    await world.settle();
    assert.ok(world.socket, `attempt ${i} was made`);
    world.socket.onclose!(1006);
    assert.equal(line.status.state, "waiting");
    const wait = world.nextTimer();
    assert.ok(wait <= Math.min(30_000, 500 * 2 ** i), `wait ${wait} after attempt ${i}`);
    assert.ok(wait > Math.min(30_000, 500 * 2 ** i) * 0.9, `wait ${wait} after attempt ${i} uses the range`);
    world.socket = null;
    world.advance(wait);
  }
});

test("a server that leaves in good order is no failure, and one that takes nobody is", async () => {
  const { world, live } = setUp(new FakeWorld(() => 0.999));
  for (let i = 0; i < 5; i++) {
    await live();
    world.advance(1_000);
    world.socket!.onclose!(1001);
    assert.ok(world.nextTimer() <= 500, `waits ${world.nextTimer()} after the farewell number ${i}`);
    world.advance(world.nextTimer());
  }
  await world.settle();
  world.socket!.onclose!(1001);
  assert.ok(world.nextTimer() > 500, "no hello came before");
});

test("obeys the close codes", async () => {
  for (const [code, state, prompt] of [[4003, "stopped", false], [4000, "stopped", false], [4004, "waiting", true], [4002, "waiting", true], [1001, "waiting", false]] as const) {
    const { world, line, live, hellos } = setUp(new FakeWorld(() => 0.9));
    await live();
    world.advance(6_000);
    world.socket!.onclose!(code);
    assert.equal(line.status.state, state, `${code}`);
    if (state === "stopped") continue;
    assert.equal(world.nextTimer() === 0, prompt, `${code} at once`);
    world.advance(world.nextTimer());
    await world.settle();
    assert.equal(hellos.at(-1), code === 4002, `${code} asks for a new token`);
  }
});

test("answers beats that want an answer, and leaves a silent server", async () => {
  const { world, live, seen } = setUp();
  await live();
  world.socket!.onmessage!('{"type":"beat","answer":false}');
  assert.equal(world.socket!.sent.length, 1);
  world.socket!.onmessage!('{"type":"beat","answer":true}');
  assert.equal(world.socket!.sent.at(-1), '{"type":"beat"}');
  const old = world.socket!;
  world.advance(70_000);
  assert.ok(seen.some((s) => s.reason === "silence"));
  assert.equal(old.closed, true);
});

test("a live connection that falls silent is noticed within 25 s of its last word", async () => {
  const { world, live, seen } = setUp();
  await live();
  const dead = () => seen.some((s) => s.reason === "silence");
  for (const quiet of [20_000, 13_000, 23_900, 20_000]) {
    world.advance(quiet);
    world.socket!.onmessage!('{"type":"beat","answer":false}');
  }
  assert.equal(dead(), false, "a beat that comes a little late is no silence");
  world.advance(24_000);
  assert.equal(dead(), false);
  world.advance(1_000);
  assert.equal(dead(), true);
});

test("goes away when the network does, and retries at once when it is back", async () => {
  const { world, line, live, seen } = setUp(new FakeWorld(() => 0.999));
  await live();
  world.happens("lost");
  assert.equal(line.status.state, "waiting");
  const since = line.status.downSince;
  world.advance(100);
  world.happens("wake");
  await world.settle();
  assert.equal(line.status.state, "connecting");
  assert.equal(line.status.downSince, since, "downSince is the first moment of the break");
  assert.ok(seen.length > 3);
});

test("ignores what an old socket still says", async () => {
  const { world, line, live, frames } = setUp();
  await live();
  const speak = world.socket!.onmessage!;
  world.socket!.onclose!(4005);
  world.advance(0);
  await world.settle();
  const before = frames.length;
  speak('{"type":"events"}');
  assert.equal(frames.length, before);
  assert.equal(line.status.state, "connecting");
});

test("a stopped line stays away until it is started", async () => {
  const { world, line, live } = setUp();
  await live();
  line.stop();
  world.happens("wake");
  world.advance(60_000);
  await world.settle();
  assert.equal(line.status.state, "idle");
  line.start();
  await world.settle();
  assert.equal(line.status.state, "connecting");
});
