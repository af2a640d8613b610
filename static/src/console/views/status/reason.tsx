import { useState } from "preact/hooks";
import { t, type Key } from "../../i18n";
import { reasonOpen, say, standing } from "../../status";
import { Button } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import { TextField } from "../../ui/field";

const USUAL: Key[] = ["away_lunch", "away_break", "away_meeting", "away_learning"];

/** Asks why one is away, so that colleagues need not guess. */
export default function Reason() {
  return reasonOpen.value ? <Asked /> : null;
}

function Asked() {
  const [reason, write] = useState(standing.value.reason ?? "");
  const shut = () => (reasonOpen.value = false);
  const go = (why: string) => {
    shut();
    void say({ status: "away", reason: why.trim() });
  };
  return (
    <Dialog open onClose={shut} size="small" title={t("why_away")} description={t("why_away_lead")}>
      <div class="away-usual" role="group" aria-label={t("why_away_usual")}>
        {USUAL.map((key) => (
          <Button key={key} onClick={() => go(t(key))}>
            {t(key)}
          </Button>
        ))}
      </div>
      <form
        onSubmit={(e) => {
          e.preventDefault();
          go(reason);
        }}
      >
        <TextField label={t("why_away_own")} maxLength={60} value={reason} onValue={write} />
        <div class="dialog-actions">
          <Button onClick={shut}>{t("cancel")}</Button>
          <Button kind="primary" type="submit">
            {t("go_away_now")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
