import { TriangleAlert } from "lucide-preact";
import { useEffect, useState } from "preact/hooks";
import type { Compared, SamePerson as Side } from "../../../wire/protocol";
import { api, type ApiError } from "../../api";
import { t } from "../../i18n";
import { now } from "../../state/clock";
import { Button } from "../../ui/button";
import { useWork } from "../../ui/busy";
import { Face } from "../../ui/face";
import { Skeleton, Trouble } from "../../ui/state";
import { ago, exactTime, personName } from "../../words";
import { bringTogether } from "./deeds";
import { fromWhom, mayChoose } from "./sides";

/** Both customers beside each other; whose profile stays, and what comes of it. */
export function Compare({ id, one, other, back, onClose }: { id: string; one: string; other: string; back: () => void; onClose: () => void }) {
  const [both, show] = useState<Compared | null>(null);
  const [trouble, fail] = useState("");
  const read = () => {
    fail("");
    api.get<Compared>(`people/${one}/same/${other}`).then(show, (err: ApiError) => fail(err.message));
  };
  useEffect(read, [one, other]);
  if (trouble) return <Trouble message={trouble} retry={read} />;
  if (!both) return <Skeleton lines={5} />;
  return <Choose id={id} both={both} back={back} onClose={onClose} />;
}

function Choose({ id, both, back, onClose }: { id: string; both: Compared; back: () => void; onClose: () => void }) {
  const [stays, keep] = useState(() => mayChoose(both.sides));
  const [sure, beSure] = useState(false);
  const work = useWork();
  const pair = fromWhom(both.sides, stays);
  return (
    <form
      onSubmit={(e) => {
        e.preventDefault();
        if (pair && sure && !work.busy) work.run(() => bringTogether(id, pair.stays.person.id, pair.goes.person).then(onClose));
      }}
    >
      <fieldset class="pair">
        <legend class="field-label">{t("same_stays")}</legend>
        {both.sides.map((side) => (
          <Card key={side.person.id} side={side} on={stays === side.person.id} barred={!side.may_stay && both.problem === ""} keep={keep} />
        ))}
      </fieldset>
      {both.problem && (
        <p class="notice notice-amber" role="status">
          {both.problem}
        </p>
      )}
      {pair && <Consequences {...pair} />}
      {pair && (
        <label class="same-sure">
          <input type="checkbox" checked={sure} onChange={(e) => beSure(e.currentTarget.checked)} /> {t("same_sure")}
        </label>
      )}
      {work.error && (
        <p class="field-error" role="alert">
          {work.error}
        </p>
      )}
      <div class="dialog-actions">
        <Button onClick={back}>{t("same_back")}</Button>
        <Button kind="primary" type="submit" disabled={!pair || !sure} busy={work.busy}>
          {t("same_do")}
        </Button>
      </div>
    </form>
  );
}

function Card({ side, on, barred, keep }: { side: Side; on: boolean; barred: boolean; keep: (id: string) => void }) {
  const { person, last } = side;
  return (
    <label class={`pair-side same-side ${on ? "on" : ""} ${barred ? "same-barred" : ""}`}>
      <span class="same-head">
        <input type="radio" name="same-stays" checked={on} disabled={!side.may_stay} onChange={() => keep(person.id)} />
        <Face id={person.id} name={person.name} size="small" />
        <bdi class="grow same-name">{personName(person)}</bdi>
      </span>
      <span class="same-badges">
        <span class={`badge ${person.verified ? "badge-good" : ""}`}>{t(person.verified ? "same_signed" : "same_unsigned")}</span>
        {(person.blocked_at ?? 0) > 0 && <span class="badge">{t("same_blocked")}</span>}
      </span>
      {barred && <span class="quiet">{t("same_cannot_stay")}</span>}
      <dl>
        <Fact name={t("same_email")} value={person.email} />
        <Fact name={t("same_first_seen")} value={ago(person.first_seen_at, now.value)} title={exactTime(person.first_seen_at)} />
        <Fact name={t("same_has_talks")} value={String(side.conversations)} />
        <Fact name={t("same_last")} value={last?.text ?? ""} {...(last && { title: exactTime(last.at) })} />
        <Fact name={t("same_notes")} value={String(side.notes)} />
        <Fact name={t("same_browsers")} value={String(side.browsers)} />
        <Fact name={t("same_known")} value={person.attributes.map((a) => `${a.key}: ${a.value}`).join(" · ")} />
      </dl>
    </label>
  );
}

function Fact({ name, value, title }: { name: string; value: string; title?: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd {...(title && { title })}>{value ? <bdi>{value}</bdi> : <span class="quiet">{t("same_nothing")}</span>}</dd>
    </div>
  );
}

/** What comes of it, before it is done: above all who will read what. */
function Consequences({ stays, goes }: { stays: Side; goes: Side }) {
  const names = { stays: personName(stays.person), goes: personName(goes.person) };
  const blocked = [stays, goes].filter((s) => (s.person.blocked_at ?? 0) > 0).length === 1;
  return (
    <>
      <p class="same-fills">{t("same_fills", names)}</p>
      {stays.person.verified && goes.person.email && !stays.person.email && <p class="same-fills">{t("same_email_stays_behind", names)}</p>}
      {blocked && <p class="same-fills">{t("same_block_goes_over")}</p>}
      <div class="notice notice-amber same-see">
        <TriangleAlert size={16} aria-hidden="true" />
        <p>
          <strong>{t("same_both_see")}</strong> {stays.person.verified !== goes.person.verified && t("same_unsigned_reads", { name: names.stays })}
        </p>
      </div>
    </>
  );
}
