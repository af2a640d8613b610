/** The way to the server: whether it stands, and how to send on it. */
import { signal } from "@preact/signals";
import type { AgentFrame } from "../../wire/protocol";
import type { Line } from "../../wire";
import type { ToAgentFrame } from "../../wire/protocol";
import { may, me } from "./session";

/** live; short: down, but not long enough to speak of; offline: the banner shows; stopped: this tab was told to stay away. */
export const link = signal<"live" | "short" | "offline" | "stopped">("short");

type ConsoleLine = Line<AgentFrame, ToAgentFrame>;
let line: ConsoleLine | null = null;

export function attach(to: ConsoleLine | null): void {
  line = to;
}
/** What a customer hears of who only reads: nothing. */
const HEARD: readonly AgentFrame["type"][] = ["delivered", "read", "typing"];

/** Sends a frame now; false while there is no connection. */
export function send(frame: AgentFrame): boolean {
  if (HEARD.includes(frame.type) && me.value && !may("conversation.answer")) return true;
  return line?.send(frame) ?? false;
}
/** Tries at once instead of waiting for the next attempt. */
export function retryNow(): void {
  if (line?.status.state === "stopped") line.start();
  else line?.nudge();
}
export function restart(): void {
  line?.restart();
}
