import type { SamePerson } from "../../../wire/protocol";

/** Whose profile stays unless somebody says otherwise: the one that must, else who is known longer; "" where neither may. */
export function mayChoose(sides: readonly SamePerson[]): string {
  const able = sides.filter((s) => s.may_stay);
  return able.toSorted((a, b) => a.person.first_seen_at - b.person.first_seen_at)[0]?.person.id ?? "";
}

/** Who stays and who leads there; null while nobody is chosen. */
export function fromWhom(sides: readonly SamePerson[], stays: string): { stays: SamePerson; goes: SamePerson } | null {
  const kept = sides.find((s) => s.person.id === stays);
  const goes = sides.find((s) => s.person.id !== stays);
  return kept?.may_stay && goes ? { stays: kept, goes } : null;
}
