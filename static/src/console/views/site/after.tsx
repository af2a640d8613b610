import { useState } from "preact/hooks";
import type { After, Site } from "../../../wire/protocol";
import { api } from "../../api";
import { explain } from "../../desk";
import { t } from "../../i18n";
import { fetchTemplates, templates } from "../../state/guide";
import { replaceSite } from "../../state/session";
import { done } from "../../state/toasts";
import { Button } from "../../ui/button";
import { Choice, Field, Switch, TextArea } from "../../ui/field";
import { useFetched } from "../guide/use-fetched";
import { Section } from "../pages/page";

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
    <Section lead={t("after_lead")}>
      <Switch label={t("ask_by_mail")} hint={hint} checked={after.ask_by_mail} onChange={(ask_by_mail) => void save({ ask_by_mail })} />
      <FollowUpRule after={after} save={save} />
    </Section>
  );
}

type Days = "0" | "1" | "2";

/** After how many working days customers hear from their agent once more, and what. */
function FollowUpRule({ after, save }: { after: After; save(patch: Partial<After>): Promise<void> }) {
  const [text, write] = useState(after.follow_up_text || t("follow_up_example"));
  const { error } = useFetched(fetchTemplates);
  const usable = templates.value.filter((x) => x.scope === "site" && x.steps.includes("closing"));
  const chosen = usable.find((x) => x.id === after.follow_up_template_id);
  const days = String(after.follow_up_days) as Days;
  const choose = (chosen: Days) => void save({ follow_up_days: Number(chosen), follow_up_text: text.trim() || t("follow_up_example") });
  return (
    <form
      onSubmit={(e) => {
        e.preventDefault();
        void save({ follow_up_text: text.trim() });
      }}
    >
      <Choice
        label={t("follow_up_days")}
        value={days}
        onChange={choose}
        options={[
          { value: "0", label: t("follow_up_never") },
          { value: "1", label: t("follow_up_one") },
          { value: "2", label: t("follow_up_two") },
        ]}
      />
      {after.follow_up_days > 0 && (
        <>
          {usable.length > 0 && (
            <Field label={t("follow_up_template")} error={error ?? undefined}>
              {(ids) => (
                <select {...ids} class="input select" value={chosen?.id ?? ""} onChange={(e) => void save({ follow_up_template_id: e.currentTarget.value })}>
                  <option value="">{t("follow_up_own_words")}</option>
                  {usable.map((x) => (
                    <option key={x.id} value={x.id}>
                      {x.title}
                    </option>
                  ))}
                </select>
              )}
            </Field>
          )}
          {chosen ? (
            <blockquote class="follow-up-said" dir="auto">
              {chosen.body}
              {chosen.files && <footer class="quiet">{t("follow_up_files", { names: chosen.files.map((f) => f.name).join(", ") })}</footer>}
            </blockquote>
          ) : (
            <>
              <TextArea label={t("follow_up_body")} rows={3} maxLength={10_000} value={text} onValue={write} />
              <div class="form-actions">
                <Button kind="primary" type="submit" disabled={!text.trim() || text.trim() === after.follow_up_text}>
                  {t("save")}
                </Button>
              </div>
            </>
          )}
          <p class="field-hint">{t("follow_up_body_hint")}</p>
        </>
      )}
    </form>
  );
}
