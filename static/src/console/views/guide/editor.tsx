import type { ComponentChildren } from "preact";
import { t } from "../../i18n";
import { done } from "../../state/toasts";
import { useWork } from "../../ui/busy";
import { Button } from "../../ui/button";
import { Dialog } from "../../ui/dialog";

interface Props {
  title: string;
  /** The fields that show their own errors; what is about another stands at the end. */
  fields: string[];
  save: () => Promise<void>;
  onClose: () => void;
  children: (errorOf: (field: string) => string) => ComponentChildren;
}

/** A window in which one thing is written and saved. */
export function EditorDialog({ title, fields, save, onClose, children }: Props) {
  const work = useWork();
  const submit = async () => {
    await save();
    done(t("saved"));
    onClose();
  };
  return (
    <Dialog open onClose={onClose} title={title} size="large">
      <form
        class="editor"
        onSubmit={(e) => {
          e.preventDefault();
          work.run(submit);
        }}
      >
        {children((field) => (work.field.split(".")[0] === field ? work.error : ""))}
        {work.error && !fields.includes(work.field.split(".")[0] ?? "") && (
          <p class="field-error" role="alert">
            {work.error}
          </p>
        )}
        <div class="dialog-actions">
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button kind="primary" type="submit" busy={work.busy}>
            {t("save")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
