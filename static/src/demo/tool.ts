import { chat, chatState, happenings, watch } from "./chat";
import { h, place } from "./dom";

/** Each call with what it does, ready to be tried. */
const tries: [label: string, command: string, args: unknown[]][] = [
  ["Open", "open", []],
  ["Close", "close", []],
  ["Prefill a message", "message", ["Is the Dusk lamp dimmable?"]],
  ["Send a message", "message", ["Hello from the tool page!", { send: true }]],
  ["Hide the launcher", "hide", []],
  ["Show the launcher", "show", []],
  ["Tell an attribute", "update", [{ plan: "pro", basket: "2 lamps" }]],
  ["Tell an event", "track", ["looked at returns", { page: "help" }]],
  ["Tell that something is late", "track", ["delay", { reference: "4411", reason: "The van broke down.", until: "2027-01-08T15:00Z" }]],
  ["Arabic", "locale", ["ar"]],
  ["English", "locale", ["en"]],
  ["Withdraw consent", "consent", [false]],
  ["Give consent", "consent", [true]],
  ["Forget me", "reset", []],
  ["Shut down", "shutdown", []],
  ["Boot", "boot", []],
];

function code(command: string, args: unknown[]): string {
  return `Rapport(${[command, ...args].map((a) => (typeof a === "function" ? "…" : JSON.stringify(a))).join(", ")})`;
}

function plain(detail: unknown): string {
  return JSON.stringify(detail, (_, value: unknown) => (typeof value === "function" ? "function" : value)) ?? "";
}

function draw(): void {
  const rows = happenings.toReversed().map(({ at, kind, name, detail }) => h("tr", { class: kind },
    h("td", { class: "number" }, new Date(at).toLocaleTimeString("en-GB")),
    h("td", {}, h("code", {}, kind === "call" ? code(name, detail as unknown[]) : name)),
    h("td", {}, kind === "call" ? "" : h("code", {}, plain(detail)))));
  place("log")!.replaceChildren(...rows);
  place("state")!.textContent = JSON.stringify(chatState(), null, 2);
}

function copy(button: HTMLElement, text: string): void {
  navigator.clipboard.writeText(text).then(
    () => (button.textContent = "Copied"),
    () => getSelection()?.selectAllChildren(place("snippet")!));
}

export function showTool(): void {
  const snippet = place("snippet");
  if (!snippet) return;
  const script = document.querySelector<HTMLScriptElement>("script[data-site]")!;
  const text = `<script async src="${script.src}" data-site="${script.dataset["site"]}"></script>`;
  snippet.textContent = text;
  place("copy")!.addEventListener("click", (e) => copy(e.currentTarget as HTMLElement, text));
  place("tries")!.append(...tries.map(([label, command, args]) => h("button", { type: "button", class: "try", click: () => chat(command, ...args) },
    h("strong", {}, label), h("code", {}, code(command, args)))));
  place("clear")!.addEventListener("click", () => {
    happenings.length = 0;
    draw();
  });
  watch(draw);
  draw();
}
