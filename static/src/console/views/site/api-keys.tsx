import { useEffect, useState } from "preact/hooks";
import type { APIKey, Site } from "../../../wire/protocol";
import { api, type ApiError } from "../../api";
import { ask } from "../../ask";
import { explain } from "../../desk";
import { t } from "../../i18n";
import { now as clock } from "../../state/clock";
import { Button } from "../../ui/button";
import { useWork } from "../../ui/busy";
import { CopyBox } from "../../ui/copy";
import { TextField } from "../../ui/field";
import { Skeleton, Trouble } from "../../ui/state";
import { ago, exactTime } from "../../words";
import { Section } from "../pages/page";

const sample = (origin: string) => `curl ${origin}/v1/api/delays \\
  -H "Authorization: Bearer $RAPPORT_KEY" -H "Idempotency-Key: late-4411-1" \\
  -H "Content-Type: application/json" \\
  -d '{"customer": "81", "reference": "4411", "what": "your order 4411",
       "reason": "The carrier missed the truck.", "until": ${Math.ceil(Date.now() / 86_400_000 + 2) * 86_400_000}}'`;

/** Keys with which the site's own server tells what is late. */
export function ApiKeys({ now }: { now: Site }) {
  const [keys, setKeys] = useState<APIKey[] | null>(null);
  const [trouble, setTrouble] = useState("");
  const [shown, setShown] = useState<APIKey | null>(null);
  const place = `sites/${now.id}/api-keys`;
  const read = () => {
    setTrouble("");
    api.get<{ keys: APIKey[] }>(place).then((found) => setKeys(found.keys), (err: ApiError) => setTrouble(err.message));
  };
  useEffect(read, [now.id]);
  const revoke = async (key: APIKey) => {
    if (!(await ask({ title: t("revoke_key_title", { name: key.name }), body: t("revoke_key_body"), yes: t("revoke_key"), danger: true }))) return;
    try {
      await api.remove(`${place}/${key.id}`);
      setKeys((list) => list?.filter((k) => k.id !== key.id) ?? null);
      if (shown?.id === key.id) setShown(null);
    } catch (err) {
      explain(err);
    }
  };
  return (
    <Section title={t("api_keys")} lead={t("api_keys_lead")}>
      {shown?.key && (
        <div class="notice notice-amber">
          <div class="grow">
            <p>{t("key_once")}</p>
            <CopyBox label={t("key_of", { name: shown.name })} text={shown.key} secret />
          </div>
        </div>
      )}
      {trouble ? <Trouble message={trouble} retry={read} /> : keys ? <List keys={keys} revoke={(key) => void revoke(key)} /> : <Skeleton kind="row" lines={1} />}
      <Make
        make={async (name) => {
          const made = await api.post<APIKey>(place, { name });
          setShown(made);
          setKeys((list) => [...(list ?? []), { ...made, key: "" }]);
        }}
      />
      <details class="fold">
        <summary>{t("how_to_report")}</summary>
        <p class="card-lead">{t("how_to_report_lead")}</p>
        <CopyBox label={t("how_to_report")} text={sample(location.origin)} />
      </details>
    </Section>
  );
}

function List({ keys, revoke }: { keys: APIKey[]; revoke: (key: APIKey) => void }) {
  if (keys.length === 0) return <p class="quiet">{t("no_keys")}</p>;
  return (
    <ul class="people" aria-label={t("api_keys")}>
      {keys.map((k) => (
        <li key={k.id} class="person">
          <div class="grow">
            <bdi>{k.name}</bdi>
            <p class="quiet" title={exactTime(k.made_at)}>
              {t("key_made", { name: k.by.name, time: exactTime(k.made_at) })} · {k.used_at ? t("key_used", { time: ago(k.used_at, clock.value) }) : t("key_unused")}
            </p>
          </div>
          <Button kind="quiet" onClick={() => revoke(k)} aria-label={t("revoke_key_of", { name: k.name })}>
            {t("revoke_key")}
          </Button>
        </li>
      ))}
    </ul>
  );
}

function Make({ make }: { make(name: string): Promise<void> }) {
  const [name, setName] = useState("");
  const work = useWork();
  return (
    <form
     
      onSubmit={(e) => {
        e.preventDefault();
        if (name.trim()) work.run(() => make(name.trim()).then(() => setName("")));
      }}
    >
      <TextField label={t("key_name")} maxLength={80} value={name} onValue={setName} hint={t("key_name_hint")} error={work.error} />
      <div class="form-actions">
        <Button type="submit" busy={work.busy} disabled={!name.trim()}>
          {t("make_key")}
        </Button>
      </div>
    </form>
  );
}
