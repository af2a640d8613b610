import assert from "node:assert/strict";
import { test } from "node:test";
import type { ToHost, ToPanel } from "../loader/port";
import { findHost, originAllowed } from "./host";

test("origins match whole, or by whole labels", () => {
  const allowed = ["https://shop.example", "https://*.shop.example", "http://127.0.0.1:8080"];
  const table: [string, boolean][] = [
    ["https://shop.example", true], ["https://www.shop.example", true], ["https://a.b.shop.example", true], ["http://127.0.0.1:8080", true],
    ["http://shop.example", false], ["https://evilshop.example", false], ["https://shop.example.evil", false], ["https://shop.example:444", false],
    ["https://.shop.example", false], ["null", false], ["", false], ["http://127.0.0.1:80801", false],
  ];
  for (const [origin, expected] of table) assert.equal(originAllowed(allowed, origin), expected, origin);
  assert.equal(originAllowed([], "https://shop.example"), false);
});

/** Runs fn in a window of its own: a page, or a frame in one. */
function inWindow<T>(framed: boolean, fn: (window: EventTarget & { parent: unknown }) => T): T {
  const window = Object.assign(new EventTarget(), { parent: null as unknown });
  window.parent = framed ? new EventTarget() : window;
  const location = { origin: "https://chat.example" };
  const globals = { window, location, addEventListener: window.addEventListener.bind(window) };
  const before = Object.keys(globals).map((name) => [name, Object.getOwnPropertyDescriptor(globalThis, name)] as const);
  for (const [name, value] of Object.entries(globals)) Object.defineProperty(globalThis, name, { value, configurable: true });
  try {
    return fn(window);
  } finally {
    for (const [name, was] of before) {
      if (was) Object.defineProperty(globalThis, name, was);
      else Reflect.deleteProperty(globalThis, name);
    }
  }
}

test("the host's origin comes with what it says, and only an allowed one is heard", async () => {
  const heard: string[] = [];
  const ports = inWindow(true, (window) => {
    findHost(["https://*.shop.example"], (m, origin) => void heard.push(`${m.t} ${origin}`));
    return ["https://evil.example", "https://a.shop.example", "https://b.shop.example"].map((origin) => {
      const { port1, port2 } = new MessageChannel();
      window.dispatchEvent(Object.assign(new Event("message"), { source: window.parent, origin, data: "rapport", ports: [port2] }));
      port1.postMessage({ t: "reset" } satisfies ToPanel);
      return port1;
    });
  });
  const moment = () => new Promise((done) => setTimeout(done, 20));
  for (let n = 0; n < 100 && !heard.length; n++) await moment();
  await moment();
  for (const port of ports) port.close();
  assert.deepEqual(heard, ["reset https://a.shop.example"]);
});

test("as a page of its own the panel reads what it kept", async () => {
  const heard: ToPanel[] = [];
  const say: (m: ToHost) => void = inWindow(false, () => findHost([], (m) => void heard.push(m)));
  await Promise.resolve();
  say({ t: "keep", kept: "all" });
  say({ t: "read" });
  await Promise.resolve();
  assert.deepEqual(heard.map((m) => (m.t === "kept" ? m.kept : m.t)), ["init", "open", "all"]);
});
