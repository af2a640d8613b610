import { useEffect, useState } from "preact/hooks";
import type { Unitable, UniteSide } from "../../../wire/protocol";
import { api, type ApiError } from "../../api";
import { t } from "../../i18n";
import { now } from "../../state/clock";
import { Button } from "../../ui/button";
import { Skeleton, Trouble } from "../../ui/state";
import { ago, exactTime, personName } from "../../words";
import type { Ask } from "../order/asked";
import { uniteSoon } from "./deeds";
import { Side } from "./side";

/** Two conversations of one customer beside each other, and what becomes of them. */
export function Unite({ ids, close }: Ask) {
  const [found, show] = useState<Unitable | null>(null);
  const [trouble, fail] = useState("");
  const read = () => {
    fail("");
    api.get<Unitable>(`conversations/${ids[0]}/unite`).then(show, (err: ApiError) => fail(err.message));
  };
  useEffect(read, [ids[0]]);
  if (trouble) return <Trouble message={trouble} retry={read} />;
  if (!found) return <Skeleton lines={5} />;
  if (found.others.length > 0) return <Choose found={found} first={ids[1] ?? ""} close={close} />;
  return (
    <>
      <p>{t("unite_none")}</p>
      <div class="dialog-actions">
        <Button onClick={close}>{t("cancel")}</Button>
      </div>
    </>
  );
}

function Choose({ found, first, close }: { found: Unitable; first: string; close: () => void }) {
  const [with_, choose] = useState(() => found.others.find((o) => o.row.id === first) ?? found.others[0]!);
  const [stays, keep] = useState(() => older(found.this, with_).row.id);
  const pair = [found.this, with_];
  const kept = pair.find((s) => s.row.id === stays) ?? pair[0]!;
  const goes = pair.find((s) => s !== kept)!;
  const turn = (other: UniteSide) => {
    choose(other);
    keep(older(found.this, other).row.id);
  };
  return (
    <form
      onSubmit={(e) => {
        e.preventDefault();
        uniteSoon(goes, kept);
        close();
      }}
    >
      {found.others.length > 1 && (
        <fieldset class="unite-with">
          <legend class="field-label">{t("unite_with")}</legend>
          {found.others.map((o) => (
            <label key={o.row.id}>
              <input type="radio" name="unite-with" checked={o === with_} onChange={() => turn(o)} />
              <bdi class="grow">{o.row.last.text || t("unite_unread")}</bdi>
              <time title={exactTime(o.row.last.at)}>{ago(o.row.last.at, now.value)}</time>
            </label>
          ))}
        </fieldset>
      )}
      <fieldset class="pair">
        <legend class="field-label">{t("unite_stays")}</legend>
        {pair.map((side) => (
          <Side key={side.row.id} side={side} on={side === kept} keep={keep} />
        ))}
      </fieldset>
      <What goes={goes} stays={kept} />
      <div class="dialog-actions">
        <Button onClick={close}>{t("cancel")}</Button>
        <Button kind="primary" type="submit">
          {t("unite_do")}
        </Button>
      </div>
    </form>
  );
}

/** The one that is under way stays, and of two such the older one. */
function older(a: UniteSide, b: UniteSide): UniteSide {
  if ((a.row.state === "closed") !== (b.row.state === "closed")) return a.row.state === "closed" ? b : a;
  return a.started_at <= b.started_at ? a : b;
}

/** What happens, in words, before it does. */
function What({ goes, stays }: { goes: UniteSide; stays: UniteSide }) {
  const name = personName(goes.row.person);
  return (
    <section class="unite-what">
      <h3>{t("unite_what")}</h3>
      <ul>
        <li>{t("unite_goes", { name })}</li>
        <li>{t("unite_carries")}</li>
        {stays.row.state === "closed" && <li>{t("unite_opens")}</li>}
        <li>{t("unite_takes_back")}</li>
        <li>{t("unite_final", { name })}</li>
      </ul>
    </section>
  );
}
