import { useRef } from "preact/hooks";
import { question } from "../ask";
import { t } from "../i18n";
import { Button } from "./button";
import { Dialog } from "./dialog";

/** Shows the question that waits for an answer, if there is one. */
export default function AskDialog() {
  const yes = useRef<HTMLButtonElement>(null);
  const q = question.value;
  return (
    <Dialog open={q !== null} onClose={() => q?.answer(false)} title={q?.title ?? ""} description={q?.body ?? ""} size="small" role="alertdialog" initialFocus={() => yes.current}>
      <div class="dialog-actions">
        <Button onClick={() => q?.answer(false)}>{t("cancel")}</Button>
        <Button kind={q?.danger ? "danger" : "primary"} buttonRef={yes} onClick={() => q?.answer(true)}>
          {q?.yes}
        </Button>
      </div>
    </Dialog>
  );
}
