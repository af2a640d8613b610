import { useState } from "preact/hooks";
import type { Site } from "../../../wire/protocol";
import { explain } from "../../desk";
import { t } from "../../i18n";
import { CopyBox } from "../../ui/copy";
import { Switch } from "../../ui/field";
import { Section } from "../pages/page";
import { saveSite } from "./save";

const mailFlags = "--smtp smtp://user@mail.example.com:587 --mail-from hello@example.com";

/** Whether customers who have left are written to; the server's settings decide, not this page. */
export function MailToCustomers({ now }: { now: Site }) {
  if (now.mail === "ready") {
    return (
      <Section>
        <p>{t("mail_ready")}</p>
        <Copies now={now} />
      </Section>
    );
  }
  return (
    <Section lead={t("mail_lead")}>
      <div class="notice notice-amber">
        <p class="grow">{t("mail_not_set_up")}</p>
      </div>
      <CopyBox label={t("mail_flags")} text={mailFlags} />
      <p class="quiet">{t("mail_password")}</p>
    </Section>
  );
}

/** Whether customers may have a conversation sent to them. Saved at once. */
function Copies({ now }: { now: Site }) {
  const [off, setOff] = useState(now.no_transcripts ?? false);
  const save = async (no_transcripts: boolean) => {
    setOff(no_transcripts);
    try {
      setOff((await saveSite(now.id, { no_transcripts })).no_transcripts ?? false);
    } catch (err) {
      setOff(!no_transcripts);
      explain(err);
    }
  };
  return <Switch label={t("customers_copies")} hint={t("customers_copies_hint")} checked={!off} onChange={(on) => void save(!on)} />;
}
