import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHmac } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { samples } from "./sign";

const secret = "a secret of this test";
/** What calls the sample for a customer and prints the token, and how that is run. */
const RUN: Record<string, { file: string; call: (code: string) => string; command: readonly string[] }> = {
  node: { file: "sign.mjs", call: (code) => `${code}\nprocess.stdout.write(sign(81, "Zoë", "zoe@example.com"));`, command: ["node"] },
  php: { file: "sign.php", call: (code) => `${code}\necho sign(81, 'Zoë', 'zoe@example.com');`, command: ["php"] },
  python: { file: "sign.py", call: (code) => `${code}\nprint(sign(81, "Zoë", "zoe@example.com"), end="")`, command: ["python3"] },
  ruby: { file: "sign.rb", call: (code) => `${code}\nprint sign(81, "Zoë", "zoe@example.com")`, command: ["ruby"] },
  go: {
    file: "sign.go",
    call: (code) => `${code.replace("package identity", "package main")}\nfunc main() {\n\ttoken, err := Sign("81", "Zoë", "zoe@example.com")\n\tif err != nil {\n\t\tpanic(err)\n\t}\n\tos.Stdout.WriteString(token)\n}\n`,
    command: ["go", "run"],
  },
};

const json = (part: string): Record<string, unknown> => JSON.parse(Buffer.from(part, "base64url").toString()) as Record<string, unknown>;

for (const sample of samples("sitekey", "kid-1")) {
  const { file, call, command } = RUN[sample.id]!;
  const [program, ...before] = command;
  const here = (() => {
    try {
      execFileSync("sh", ["-c", `command -v ${program}`], { stdio: "ignore" });
      return true;
    } catch {
      return false;
    }
  })();
  test(`the sample in ${sample.title} signs what the server takes`, { skip: !here && `${program} is not on this machine` }, () => {
    const folder = mkdtempSync(join(tmpdir(), "rapport-sign-"));
    try {
      writeFileSync(join(folder, file), call(sample.code));
      const token = execFileSync(program!, [...before, join(folder, file)], { env: { ...process.env, RAPPORT_SECRET: secret }, encoding: "utf8" });
      const [head, body, seal] = token.split(".");
      assert.equal(seal, createHmac("sha256", secret).update(`${head}.${body}`).digest("base64url"));
      assert.deepEqual(json(head!), { alg: "HS256", typ: "JWT", kid: "kid-1" });
      const { iat, exp, ...claims } = json(body!);
      assert.deepEqual(claims, { sub: "81", name: "Zoë", email: "zoe@example.com", aud: "sitekey" });
      assert.equal(Number(exp) - Number(iat), 600);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
}
