import { useState } from "preact/hooks";
import { t } from "../../i18n";
import { rowOf } from "../../state/conversation";
import { Button } from "../../ui/button";
import { TextArea } from "../../ui/field";
import type { Ask } from "../order/asked";
import { bringBackSoon, finish } from "./deeds";

/** Longest words, in code points. */
const WORDS = 2_000;

/** What came of it, for the chat; or it goes back there. */
export function Finish({ ids, close }: Ask) {
  const row = rowOf(ids[0]!);
  const [words, write] = useState("");
  const [busy, setBusy] = useState(false);
  if (!row) return null;
  const submit = async () => {
    setBusy(true);
    const ok = await finish(row, words.trim());
    setBusy(false);
    if (ok) close();
  };
  return (
    <form
      class="ask-form"
      onSubmit={(e) => {
        e.preventDefault();
        void submit();
      }}
    >
      <TextArea label={t("split_finish_words")} hint={t("split_finish_hint")} value={words} onValue={write} maxLength={WORDS} rows={3} onKeyDown={(e) => e.key === "Enter" && (e.ctrlKey || e.metaKey) && void submit()} />
      <div class="form-actions">
        <Button kind="primary" type="submit" disabled={busy}>
          {t("split_finish")}
        </Button>
        <Button
          onClick={() => {
            bringBackSoon(row);
            close();
          }}
        >
          {t("split_back")}
        </Button>
      </div>
    </form>
  );
}
