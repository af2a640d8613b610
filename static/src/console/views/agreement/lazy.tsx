/** What the console shows of cards and promises comes in one piece, after the first screen. */
import type { ComponentType } from "preact";
import { part } from "../../ui/part";
import type * as Parts from "./parts";

type Props<K extends keyof typeof Parts> = (typeof Parts)[K] extends (props: infer P extends object) => unknown ? P : object;

const of = <K extends keyof typeof Parts>(name: K, quiet = true) =>
  part<Props<K>>(() => import("./parts").then((m) => ({ default: m[name] as unknown as ComponentType<Props<K>> })), quiet);

export const Here = of("Here");
export const Beside = of("Beside");
export const Deeds = of("Deeds");
export const AgreementLine = of("AgreementLine");
export const Closing = of("Closing");
export const Ledger = of("Ledger", false);
export const OpenPromises = of("OpenPromises");
