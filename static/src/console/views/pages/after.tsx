import { useState } from "preact/hooks";
import type { After, Site } from "../../../wire/protocol";
import { api } from "../../api";
import { explain } from "../../desk";
import { t } from "../../i18n";
import { replaceSite } from "../../state/session";
import { done } from "../../state/toasts";
import { Switch } from "../../ui/field";
import { Section } from "./page";

/** What the site does by itself once a conversation is closed. A switch is saved at once. */
export function AfterClosing({ now }: { now: Site }) {
  const [after, setAfter] = useState(now.after);
  const save = async (patch: Partial<After>) => {
    setAfter({ ...after, ...patch });
    try {
      const saved = await api.patch<Site>(`sites/${now.id}`, { after: { ...after, ...patch } });
      replaceSite(saved);
      setAfter(saved.after);
      done(t("saved"));
    } catch (err) {
      setAfter(now.after);
      explain(err);
    }
  };
  const hint = now.mail === "ready" ? t("ask_by_mail_hint") : `${t("ask_by_mail_hint")} ${t("ask_by_mail_waits")}`;
  return (
    <Section title={t("after")} lead={t("after_lead")}>
      <Switch label={t("ask_by_mail")} hint={hint} checked={after.ask_by_mail} onChange={(ask_by_mail) => void save({ ask_by_mail })} />
    </Section>
  );
}
