/** What the console shows of cards and promises comes in one piece, after the first screen. */
import { partOf } from "../../ui/part";

const parts = () => import("./parts");

export const Here = partOf(parts, "Here", true);
export const Beside = partOf(parts, "Beside", true);
export const Deeds = partOf(parts, "Deeds", true);
export const AgreementLine = partOf(parts, "AgreementLine", true);
export const Closing = partOf(parts, "Closing", true);
export const LastTime = partOf(parts, "LastTime", true);
export const Ledger = partOf(parts, "Ledger");
export const OpenPromises = partOf(parts, "OpenPromises", true);
