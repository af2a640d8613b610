import type { Agent, AuditChange, AuditEntry } from "../../../wire/protocol";
import { t } from "../../i18n";
import { me } from "../../state/session";
import { exactTime } from "../../words";
import { UndoLogged } from "../same/lazy";
import { deedWords, valueWords } from "./words";

/** A looking on, whose change is the time that it took. */
const LOOKED = /^conversation\.watch/;

/** One line of the log; what was changed from and to unfolds. */
export function Entry({ entry, agents }: { entry: AuditEntry; agents: readonly Agent[] }) {
  const by = entry.by === "" ? t("audit_server") : (agents.find((a) => a.id === entry.by)?.name ?? t("audit_gone"));
  const looked = LOOKED.test(entry.action);
  // Whose conversation it was stands beside its id.
  const about = nameOf(looked ? entry.detail : entry.object, entry.by, agents);
  return (
    <li class="audit-entry">
      <span class="audit-time">{exactTime(entry.at)}</span>
      <div class="grow">
        <p>
          <strong>
            <bdi>{by}</bdi>
          </strong>{" "}
          {deedWords(entry.action)} {about && <bdi class="quiet">{about}</bdi>}
        </p>
        {entry.action === "person.merged" && <UndoLogged entry={entry} />}
        {entry.change && looked && <p class="quiet">{t("audit_looked", { from: exactTime(Number(entry.change[0]!.from)), to: exactTime(Number(entry.change[0]!.to)) })}</p>}
        {entry.change && !looked && (
          <details class="fold">
            <summary>{t("audit_change")}</summary>
            <dl class="audit-change">
              {entry.change.map((c) => (
                <Change key={c.field} change={c} />
              ))}
            </dl>
          </details>
        )}
      </div>
    </li>
  );
}

/** Whom or what an id means, where that is known here; "" for oneself and for what has no name. */
function nameOf(id: string, by: string, agents: readonly Agent[]): string {
  if (id === by) return "";
  return agents.find((a) => a.id === id)?.name ?? me.value?.sites.find((s) => s.id === id)?.name ?? "";
}

function Change({ change }: { change: AuditChange }) {
  return (
    <>
      <dt>{change.field}</dt>
      <dd>
        <del dir="auto">{valueWords(change.from)}</del>
        <ins dir="auto">{valueWords(change.to)}</ins>
      </dd>
    </>
  );
}
