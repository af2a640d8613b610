import { useState } from "preact/hooks";
import type { Site } from "../../../wire/protocol";
import { api } from "../../api";
import { ask } from "../../ask";
import { explain } from "../../desk";
import { learn, t } from "../../i18n";
import words from "../../i18n/identity.json";
import { replaceSite } from "../../state/session";
import { keep, recall } from "../../state/storage";
import { Button } from "../../ui/button";
import { CopyBox } from "../../ui/copy";
import { Choice, Switch } from "../../ui/field";
import { exactTime } from "../../words";
import { Section } from "../pages/page";
import { ApiKeys } from "./api-keys";
import { Grace } from "./identity-grace";
import { TryToken } from "./identity-try";
import { saveSite } from "./save";
import { samples } from "./sign";

learn(words);

/** How the owner's server vouches for customers, and the keys it calls with. */
export function Identity({ now }: { now: Site }) {
  return (
    <>
      <Secret now={now} />
      <TryToken now={now} />
      <ApiKeys now={now} />
    </>
  );
}

function Secret({ now }: { now: Site }) {
  const [shown, setShown] = useState<{ kid: string; secret: string } | null>(null);
  const has = now.identity_rotated_at > 0;
  const rotate = async () => {
    if (has && !(await ask({ title: t("rotate_title"), body: t("rotate_body"), yes: t("rotate"), danger: true }))) return;
    try {
      const made = await api.post<{ kid: string; secret: string }>(`sites/${now.id}/identity-secret`);
      setShown(made);
      replaceSite({ ...now, identity_kid: made.kid, identity_rotated_at: Date.now() });
    } catch (err) {
      explain(err);
    }
  };
  return (
    <Section title={t("identity")} lead={t("identity_lead")}>
      {shown && (
        <div class="notice notice-amber">
          <div class="grow">
            <p>{t("secret_once")}</p>
            <CopyBox label={t("identity_secret")} text={shown.secret} secret />
          </div>
        </div>
      )}
      <div class="form-actions">
        <Button onClick={() => void rotate()}>{has ? t("rotate") : t("make_secret")}</Button>
        {has && <span class="quiet">{t("rotated_at", { time: exactTime(now.identity_rotated_at) })}</span>}
      </div>
      <Grace now={now} />
      <SignedOnly now={now} />
      <details class="fold">
        <summary>{t("how_to_sign")}</summary>
        <p class="card-lead">{t("how_to_sign_lead")}</p>
        <Signing of={now} kid={shown?.kid ?? now.identity_kid} />
      </details>
    </Section>
  );
}

/** Whether strangers may write. Saved at once; shutting them out asks first. */
function SignedOnly({ now }: { now: Site }) {
  const on = now.identity?.required ?? false;
  const turn = async (required: boolean) => {
    if (required && !(await ask({ title: t("signed_only_title"), body: t("signed_only_body"), yes: t("signed_only_yes") }))) return;
    await saveSite(now.id, { identity: { required } });
  };
  // Drawn anew, the switch shows what is kept where nothing came of a click.
  const [, draw] = useState(0);
  return <Switch label={t("signed_only")} hint={t("signed_only_hint")} checked={on} onChange={(yes) => void turn(yes).catch(explain).finally(() => draw((n) => n + 1))} />;
}

/** The sample in the language of the owner's server, which is remembered on this device. */
function Signing({ of, kid }: { of: Site; kid: string }) {
  const all = samples(of.key, kid);
  const [id, setId] = useState(() => recall("sign-in-language", "node"));
  const sample = all.find((s) => s.id === id) ?? all[0]!;
  const choose = (chosen: string) => {
    keep("sign-in-language", chosen);
    setId(chosen);
  };
  return (
    <div class="signing">
      <Choice label={t("sign_language")} value={sample.id} onChange={choose} options={all.map((s) => ({ value: s.id, label: s.title }))} />
      <CopyBox label={t("how_to_sign")} text={sample.code} />
      <p>{t("sign_hand_over")}</p>
      <CopyBox label={t("sign_page")} text={'Rapport("identify", { token: async () => (await fetch("/chat-identity")).text() })'} />
    </div>
  );
}
