import assert from "node:assert/strict";
import { test } from "node:test";
import type { ComponentChild, VNode } from "preact";
import { Markdown } from "./markdown";

interface Shape {
  type: unknown;
  props: Record<string, unknown> & { children?: ComponentChild };
}

/** The elements as plain nested text: tag(children), links with their address. */
function text(node: unknown): string {
  if (Array.isArray(node)) return node.map(text).join("");
  if (node === null || node === undefined || typeof node === "boolean") return "";
  if (typeof node !== "object") return String(node as string);
  const { type, props } = node as Shape;
  const inside = text(props.children);
  if (typeof type !== "string") return inside;
  return type === "a" ? `a<${props["href"] as string}>(${inside})` : `${type}(${inside})`;
}
const render = (source: string) => text((Markdown as (p: { text: string }) => VNode)({ text: source }));

test("the subset", () => {
  const table: [string, string][] = [
    ["plain words", "p(plain words)"],
    ["two\nlines", "p(two\nlines)"],
    ["**bold** and *italic* and _also_", "p(strong(bold) and em(italic) and em(also))"],
    ["run `npm test` now", "p(run code(npm test) now)"],
    ["see https://a.example/b?c=d.", "p(see a<https://a.example/b?c=d>(https://a.example/b?c=d).)"],
    ["(https://a.example/b)", "p((a<https://a.example/b>(https://a.example/b)))"],
    ["[our page](https://a.example)", "p(a<https://a.example>(our page))"],
    ["[mail](mailto:a@b.example)", "p(a<mailto:a@b.example>(mail))"],
    ["- one\n- two", "ul(li(one)li(two))"],
    ["first:\n1. one\n2. two\nthen", "p(first:)ol(li(one)li(two))p(then)"],
    ["2 * 3 * 4 and snake_case_name", "p(2 * 3 * 4 and snake_case_name)"],
    ["* not closed", "ul(li(not closed))"],
    ["**", "p(**)"],
  ];
  for (const [source, expected] of table) assert.equal(render(source), expected, source);
});

test("markup and strange addresses stay text", () => {
  const harmless = [
    "<img src=x onerror=alert(1)>", "[x](javascript:alert(1))", "[x](data:text/html,<b>)", "javascript:alert(1)",
    "<script>alert(1)</script>", "[x](https://a.example onclick=y)", "[`x`](vbscript:x)", "&lt;b&gt;",
  ];
  for (const source of harmless) {
    const out = render(source);
    assert.ok(!/a<(?!https?:|mailto:)/.test(out), out);
    assert.ok(!/\b(img|script|b)\(/.test(out), out);
  }
});

test("odd and huge input takes no odd time", () => {
  for (const piece of ["*", "_", "`", "[", "**a", "[a](", "https://", "- ", "1. ", "_*_"]) {
    const source = piece.repeat(10_000 / piece.length);
    const out = render(source);
    assert.ok(out.length > 0);
  }
});
