import { useState } from "preact/hooks";
import type { Site } from "../../../wire/protocol";
import { api } from "../../api";
import { t } from "../../i18n";
import { asLines, fromLines } from "../../state/house-words";
import { replaceSite } from "../../state/session";
import { done } from "../../state/toasts";
import { Button } from "../../ui/button";
import { useWork } from "../../ui/busy";
import { TextArea } from "../../ui/field";
import { Section } from "../pages/page";

/** Words that the house says and customers do not: they are marked while an agent writes. */
export function HouseWords({ now }: { now: Site }) {
  const stored = asLines(now.jargon ?? []);
  const [text, setText] = useState(stored);
  const work = useWork();
  const jargon = fromLines(text);
  const save = async () => {
    const saved = await api.patch<Site>(`sites/${now.id}`, { jargon });
    replaceSite(saved);
    setText(asLines(saved.jargon ?? []));
    done(t("saved"));
  };
  return (
    <Section title={t("house_words")} lead={t("house_words_lead")}>
      <form
        onSubmit={(e) => {
          e.preventDefault();
          work.run(save);
        }}
      >
        <TextArea label={t("house_words_label")} rows={4} dir="auto" spellcheck={false} placeholder={t("house_words_example")} value={text} onValue={setText} hint={t("house_words_hint")} error={work.error} />
        <div class="form-actions">
          <Button kind="primary" type="submit" busy={work.busy} disabled={asLines(jargon) === stored}>
            {t("save")}
          </Button>
        </div>
      </form>
    </Section>
  );
}
