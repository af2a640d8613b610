import { useEffect, useState } from "preact/hooks";
import type { IdentitySecret, Site } from "../../../wire/protocol";
import { api, type ApiError } from "../../api";
import { ask } from "../../ask";
import { explain } from "../../desk";
import { t } from "../../i18n";
import { now as clock } from "../../state/clock";
import { Button } from "../../ui/button";
import { Trouble } from "../../ui/state";
import { ago, exactTime } from "../../words";

/** Secrets that were replaced and still work: until when, whether anybody comes with them, and an end to them. Nothing where there are none. */
export function Grace({ now }: { now: Site }) {
  const [old, setOld] = useState<IdentitySecret[]>([]);
  const [trouble, setTrouble] = useState("");
  const place = `sites/${now.id}/identity-secret`;
  const read = () => {
    setTrouble("");
    api.get<{ secrets: IdentitySecret[] }>(place).then((found) => setOld(found.secrets.filter((s) => s.retires_at > 0)), (err: ApiError) => setTrouble(err.message));
  };
  useEffect(read, [now.id, now.identity_kid]);
  const end = async (s: IdentitySecret) => {
    const body = s.uses ? t("grace_end_used", { n: s.uses, time: ago(s.used_at, Date.now()) }) : t("grace_end_unused");
    if (!(await ask({ title: t("grace_end_title"), body, yes: t("grace_end"), danger: true }))) return;
    try {
      await api.remove(`${place}/${s.kid}`);
      setOld((list) => list.filter((other) => other.kid !== s.kid));
    } catch (err) {
      explain(err);
    }
  };
  if (trouble) return <Trouble message={trouble} retry={read} />;
  if (old.length === 0) return null;
  return (
    <ul class="people" aria-label={t("grace")}>
      {old.map((s) => (
        <li key={s.kid} class="person">
          <div class="grow">
            <span>{t("grace_until", { time: exactTime(s.retires_at) })}</span>
            <p class="quiet">{s.uses ? t("grace_uses", { n: s.uses, time: ago(s.used_at, clock.value) }) : t("grace_unused")}</p>
          </div>
          <Button kind="quiet" onClick={() => void end(s)}>
            {t("grace_end")}
          </Button>
        </li>
      ))}
    </ul>
  );
}
