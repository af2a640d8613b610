import { Hourglass } from "lucide-preact";
import { t } from "../../i18n";
import { awaySoon } from "../../status";
import { Button } from "../../ui/button";

/** Says that one will be away by oneself in a moment; any touch is an answer, this button too. */
export default function AwayWarning() {
  return (
    <div class="away-warning" role="status">
      {awaySoon.value > 0 && (
        <div class="away-warning-box">
          <Hourglass size={18} aria-hidden="true" />
          <p class="grow">
            <strong>{t("still_there")}</strong> {t("still_there_lead")}
          </p>
          <Button kind="primary" onClick={() => (awaySoon.value = 0)}>
            {t("i_am_here")}
          </Button>
        </div>
      )}
    </div>
  );
}
