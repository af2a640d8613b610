import { useRef, useState } from "preact/hooks";
import type { IdentityClaims, IdentityVerdict, Site } from "../../../wire/protocol";
import { api } from "../../api";
import { t } from "../../i18n";
import { useWork } from "../../ui/busy";
import { Button } from "../../ui/button";
import { TextArea } from "../../ui/field";
import { exactTime } from "../../words";
import { Section } from "../pages/page";
import { whyWords } from "./identity-why";

/** A token is pasted, or made for nobody, and says who it is or why it is refused. */
export function TryToken({ now }: { now: Site }) {
  const [token, setToken] = useState("");
  // Written on, the field no longer holds what was judged.
  const [judged, setJudged] = useState<{ token: string; verdict: IdentityVerdict } | null>(null);
  const written = useRef("");
  const work = useWork();
  const place = `sites/${now.id}/identity-secret`;
  const write = (text: string) => {
    written.current = text;
    setToken(text);
  };
  const sample = async () => {
    const before = written.current;
    const made = await api.post<{ token: string }>(`${place}/sample`);
    if (written.current === before) write(made.token);
  };
  const judge = async () => setJudged({ token, verdict: await api.post<IdentityVerdict>(`${place}/try`, { token: token.trim() }) });
  return (
    <Section title={t("try")} lead={t("try_lead")}>
      <form
        class="token"
        onSubmit={(e) => {
          e.preventDefault();
          if (token.trim()) work.run(judge);
        }}
      >
        <TextArea label={t("try_token")} value={token} onValue={write} error={work.error} rows={4} spellcheck={false} autocomplete="off" />
        <div class="form-actions">
          <Button type="submit" kind="primary" busy={work.busy} disabled={!token.trim()}>
            {t("try_go")}
          </Button>
          <Button kind="quiet" disabled={work.busy || now.identity_rotated_at === 0} onClick={() => work.run(sample)}>
            {t("try_sample")}
          </Button>
        </div>
      </form>
      <div role="status">{judged?.token === token && <Verdict of={judged.verdict} site={now} />}</div>
    </Section>
  );
}

function Verdict({ of, site }: { of: IdentityVerdict; site: Site }) {
  if (!of.customer) {
    return (
      <div class="notice notice-amber verdict">
        <div class="grow">
          <strong>{t("try_refused")}</strong>
          <p>{whyWords(of, site.key, site.identity_kid)}</p>
        </div>
      </div>
    );
  }
  return (
    <div class="notice verdict">
      <div class="grow">
        <strong>{of.customer.name ? t("try_good", { name: of.customer.name }) : t("try_good_unnamed")}</strong>
        <p class="quiet">{of.retires_at ? t("try_with_old", { time: exactTime(of.retires_at) }) : t("try_secret")}</p>
        <dl>
          {lines(of.customer, of.expires_at ?? 0).map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>
                <bdi>{value}</bdi>
              </dd>
            </div>
          ))}
        </dl>
      </div>
    </div>
  );
}

const lines = (c: IdentityClaims, expires: number): [string, string][] => [
  [t("try_id"), c.sub],
  ...(c.email ? [[t("field_email"), c.email] as [string, string]] : []),
  ...Object.entries(c.attributes),
  [t("try_expires"), exactTime(expires)],
];
