/** Protocol v1: colleagues who answer beside who has a conversation. See protocol.ts. */
import type { AgentCard, Author } from "./protocol";

/** Who was asked to join, came, and left; the customer hears of the latter two. from has it and was to be helped: absent where they stepped in. */
export type GuestEvent =
  | { type: "guest.joined"; agent: AgentCard; from?: AgentCard }
  // why: they were gone; agents only.
  | { type: "guest.left"; agent: AgentCard; why?: string }
  // Agents only, from here on:
  // by: who asks, where it is not from.
  | { type: "guest.asked"; agent: AgentCard; from: AgentCard; by?: Author }
  | { type: "guest.passed"; agent: AgentCard; from: AgentCard; why: string };
