import { UsersRound } from "lucide-preact";
import type { AuditEntry, Person, PersonMerge } from "../../../wire/protocol";
import { t } from "../../i18n";
import { now, serverNow } from "../../state/clock";
import { may } from "../../state/session";
import { ago, exactTime, personName } from "../../words";
import { askApart, askApartLogged } from "./deeds";
import "./dress";

/** On a customer's card: whom an agent brought together with them, and the way back while there is one. */
export function Together({ id, person, merges }: { id: string; person: Person; merges: readonly PersonMerge[] }) {
  return (
    <ul class="section same-merges">
      {merges.map((m) => (
        <li key={m.id}>
          <UsersRound size={13} aria-hidden="true" />{" "}
          <span title={exactTime(m.at)}>{t("same_since", { name: nameOf(m), ago: ago(m.at, now.value), by: m.by.name })}</span>{" "}
          {may("person.merge") && m.until > serverNow() && (
            <button type="button" class="link" onClick={() => void askApart(person.id, m, id)}>
              {t("same_undo")}
            </button>
          )}
        </li>
      ))}
    </ul>
  );
}

const nameOf = (m: PersonMerge) => m.name || m.email || personName({ id: m.id, name: "" });

/** How long it can be undone, ms. */
const UNDO = 30 * 86_400_000;

/** In the audit log: takes apart what this line tells of. */
export function UndoLogged({ entry }: { entry: AuditEntry }) {
  const merge = entry.detail.split(" ")[0] ?? "";
  if (!may("person.merge") || entry.at + UNDO < serverNow()) return null;
  return (
    <button type="button" class="link" onClick={() => void askApartLogged(entry.object, merge)}>
      {t("same_undo")}
    </button>
  );
}
