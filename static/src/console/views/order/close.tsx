import { useState } from "preact/hooks";
import { t } from "../../i18n";
import { Button } from "../../ui/button";
import { TextArea } from "../../ui/field";
import type { Ask } from "./asked";
import { closeBecause, moveOn, onEach } from "./deeds";

/** Asks once for all: what becomes of what is still promised in one of them. */
export function CloseMany({ ids, close }: Ask) {
  const [why, write] = useState("");
  return (
    <form
      class="ask-form"
      onSubmit={(e) => {
        e.preventDefault();
        close();
        moveOn(ids);
        void onEach(ids, closeBecause(why.trim()), { one: "closed_one", many: "closed_many" });
      }}
    >
      <TextArea label={t("close_why")} hint={t("close_why_hint")} maxLength={500} value={why} onValue={write} />
      <div class="dialog-actions">
        <Button onClick={close}>{t("cancel")}</Button>
        <Button kind="primary" type="submit">
          {t("close_n", { n: ids.length })}
        </Button>
      </div>
    </form>
  );
}
