import { useState } from "preact/hooks";
import type { Site } from "../../../wire/protocol";
import { api } from "../../api";
import { ask } from "../../ask";
import { explain } from "../../desk";
import { t } from "../../i18n";
import { replaceSite } from "../../state/session";
import { Button } from "../../ui/button";
import { CopyBox } from "../../ui/copy";
import { exactTime } from "../../words";
import { Section } from "../pages/page";
import { ApiKeys } from "./api-keys";

const signSample = (key: string, kid: string) => `import jwt from "jsonwebtoken"; // npm install jsonwebtoken

const token = jwt.sign(
  { name: user.name, email: user.email },
  process.env.RAPPORT_SECRET,
  {
    algorithm: "HS256",
    keyid: "${kid}",
    audience: "${key}",
    subject: String(user.id),
    expiresIn: "10m",
  },
);
// in the page: Rapport("identify", { token })`;

/** How the owner's server vouches for customers, and the keys it calls with. */
export function Identity({ now }: { now: Site }) {
  return (
    <>
      <Secret now={now} />
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
      <details class="fold">
        <summary>{t("how_to_sign")}</summary>
        <p class="card-lead">{t("how_to_sign_lead")}</p>
        <CopyBox label={t("how_to_sign")} text={signSample(now.key, shown?.kid ?? now.identity_kid)} />
      </details>
    </Section>
  );
}
