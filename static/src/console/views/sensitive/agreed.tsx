import { Lock } from "lucide-preact";
import type { NoteConsent } from "../../../wire/protocol";
import { locale, t } from "../../i18n";
import "./dress";

/** Beneath a sensitive note: until when it is kept, and how the customer agreed. */
export function Agreed({ sensitive }: { sensitive: NoteConsent }) {
  const date = new Intl.DateTimeFormat(locale(), { dateStyle: "medium" }).format(sensitive.until);
  return (
    <p class="sensitive">
      <Lock size={12} aria-hidden="true" /> {t("sensitive_until", { date })} <bdi>{t("sensitive_how", { consent: sensitive.consent })}</bdi>
    </p>
  );
}
