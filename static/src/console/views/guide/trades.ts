import type { Trade } from "../../../wire/protocol";

/** The trades that have a starter set, and the facts that its words say. */
export const TRADES: Trade[] = ["shop", "software", "clinic"];
export const FACTS = ["returns", "delivery", "price", "phone", "tone"] as const;
