import assert from "node:assert/strict";
import { test } from "node:test";
import { originAllowed } from "./host";

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
