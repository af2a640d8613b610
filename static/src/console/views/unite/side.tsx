import type { ComponentChildren } from "preact";
import type { UniteSide } from "../../../wire/protocol";
import { t } from "../../i18n";
import { now } from "../../state/clock";
import { ago, dayName, exactTime, stepName } from "../../words";

/** One of both in short: since when, the last line, who has it, what is open. */
export function Side({ side, on, keep }: { side: UniteSide; on: boolean; keep: (id: string) => void }) {
  const { row } = side;
  const closed = row.state === "closed";
  const matters = closed ? [] : side.matters.filter((m) => m.need);
  return (
    <div class={`pair-side ${on ? "on" : ""}`}>
      <label class="unite-head">
        <input type="radio" name="unite-stays" checked={on} onChange={() => keep(row.id)} />
        <strong class="grow">{dayName(side.started_at, now.value)}</strong>
        <span class="badge">{t("unite_messages", { n: side.messages })}</span>
      </label>
      <dl>
        <Fact name={t("unite_began")}>
          <span title={exactTime(side.started_at)}>{ago(side.started_at, now.value)}</span>
        </Fact>
        <Fact name={t("unite_last")}>
          <bdi title={exactTime(row.last.at)}>{row.last.text || t("unite_unread")}</bdi>
        </Fact>
        <Fact name={t("unite_has")}>{closed ? t("unite_was_closed") : <bdi>{row.assignee?.name ?? t("unite_nobody")}</bdi>}</Fact>
        <Fact name={t("unite_matters")}>
          <List empty={t("unite_nothing")}>{matters.map((m) => [m.id, `${m.need} · ${stepName(m.step)}`] as const)}</List>
        </Fact>
        <Fact name={t("unite_promises")}>
          <List empty={t("unite_nothing")}>{side.promises.map((p) => [p.id, p.text] as const)}</List>
        </Fact>
      </dl>
    </div>
  );
}

function Fact({ name, children }: { name: string; children: ComponentChildren }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function List({ children, empty }: { children: readonly (readonly [string, string])[]; empty: string }) {
  if (children.length === 0) return <span class="quiet">{empty}</span>;
  return (
    <ul>
      {children.map(([id, text]) => (
        <li key={id}>
          <bdi>{text}</bdi>
        </li>
      ))}
    </ul>
  );
}
