/** Which marks an agent wants to see, kept in this browser. */
import { signal } from "@preact/signals";
import { keep, recall } from "../state/storage";
import type { MarkKind } from "./mark";

/** On until somebody chooses: those that are right nine times in ten on replies the rules have not seen. */
export const ON: Readonly<Record<MarkKind, boolean>> = {
  name: true,
  unanswered: true,
  promise: true,
  no: true,
  blame: true,
  negative: true,
  guess: true,
  jargon: true,
  long: true,
  shouting: true,
  template: true,
  writing: true,
};

interface Chosen {
  /** False silences all of them and forgets no choice. */
  all: boolean;
  kinds: Partial<Record<MarkKind, boolean>>;
}

export const chosen = signal<Chosen>({ all: true, kinds: {}, ...recall<Partial<Chosen>>("marks", {}) });

export function wants(kind: MarkKind): boolean {
  return chosen.value.all && (chosen.value.kinds[kind] ?? ON[kind]);
}

export function wantAll(all: boolean): void {
  keepChosen({ ...chosen.value, all });
}
export function want(kind: MarkKind, on: boolean): void {
  keepChosen({ ...chosen.value, kinds: { ...chosen.value.kinds, [kind]: on } });
}

function keepChosen(next: Chosen): void {
  chosen.value = next;
  keep("marks", next);
}
