import type { Site } from "../../../wire/protocol";
import { t } from "../../i18n";
import { CopyBox } from "../../ui/copy";
import { Section } from "../pages/page";

const mailFlags = "--smtp smtp://user@mail.example.com:587 --mail-from hello@example.com";

/** Whether customers who have left are written to; the server's settings decide, not this page. */
export function MailToCustomers({ now }: { now: Site }) {
  if (now.mail === "ready") {
    return (
      <Section>
        <p>{t("mail_ready")}</p>
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
