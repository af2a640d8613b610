import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

/** What the server prints when it is asked for JSON, and the owner that every test may be. */
export interface Started {
  console: string;
  demo: string;
  widget: string;
  site_key: string;
  owner: { name: string; email: string; password: string };
}

const owner = { name: "Ana Ruiz", email: "ana@example.com", password: "a lamp beside the harbour" };
const root = join(dirname(fileURLToPath(import.meta.url)), "../..");

/** Builds the program once, for all workers. */
export default function build(): () => void {
  const folder = mkdtempSync(join(tmpdir(), "rapport-e2e-"));
  const program = join(folder, "rapport");
  execFileSync("go", ["build", "-o", program, "./cmd/rapport"], { cwd: root, stdio: "inherit" });
  process.env["RAPPORT_PROGRAM"] = program;
  return () => rmSync(folder, { recursive: true, force: true });
}

export type Stop = () => Promise<void>;

/** Starts the built program on an empty folder and a free port: a house that nobody owns yet. */
export async function start(...args: string[]): Promise<Printed & { stop: Stop }> {
  const folder = mkdtempSync(join(tmpdir(), "rapport-e2e-data-"));
  const server = spawn(process.env["RAPPORT_PROGRAM"]!, ["serve", "--addr", "127.0.0.1:0", "--data", join(folder, "data"), "--json", "--log-level", process.env["E2E_LOG"] ?? "warn", ...args], {
    stdio: ["ignore", "pipe", process.env["E2E_LOG"] ? "inherit" : "ignore"],
  });
  const stop = async () => {
    await new Promise((gone) => {
      server.once("exit", gone);
      server.kill("SIGTERM");
    });
    rmSync(folder, { recursive: true, force: true });
  };
  return { ...(await firstLine(server)), stop };
}

/** Starts a house with its owner, of which world() tells until that is stopped. */
export async function launch(...args: string[]): Promise<Stop> {
  const { stop, ...printed } = await start(...args);
  await becomeOwner(printed);
  const { console, demo, widget, site_key } = printed;
  const outside = here;
  here = { console, demo, widget, site_key, owner };
  return () => {
    here = outside;
    return stop();
  };
}

let here: Started | undefined;

/** The server that the tests talk to. */
export function world(): Started {
  if (!here) throw new Error("no server has been started");
  return here;
}

export type Printed = Omit<Started, "owner"> & { setup: string };

function firstLine(server: ChildProcess): Promise<Printed> {
  return new Promise((tell, fail) => {
    const lines = createInterface({ input: server.stdout! });
    lines.once("line", (line) => tell(JSON.parse(line) as Printed));
    server.once("exit", (code) => fail(new Error(`the server ended with ${code} before it was ready; set E2E_LOG=info to see why`)));
  });
}

async function becomeOwner({ console, setup }: Printed): Promise<void> {
  const url = new URL("/v1/console/setup", console);
  const answer = await fetch(url, {
    method: "POST",
    headers: { "Content-Type": "application/json", Origin: url.origin },
    body: JSON.stringify({ token: setup.split("#")[1], ...owner }),
  });
  if (!answer.ok) throw new Error(`set-up: ${answer.status} ${await answer.text()}`);
}
