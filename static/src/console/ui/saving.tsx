import type { ComponentChildren } from "preact";
import { t } from "../i18n";
import type { Work } from "./busy";
import { Button } from "./button";

interface Props {
  work: Work;
  /** Whether there is something to save. */
  changed: boolean;
  /** Fields of which their own input says what is wrong. */
  said?: readonly string[];
  /** Puts back what is stored; without it nothing is offered. */
  onDiscard?: () => void;
  /** It stays in sight at the foot of a long form. */
  sticky?: boolean;
  /** What else stands beside the buttons. */
  children?: ComponentChildren;
}

/** The foot of a form: what went wrong, Save, and Discard while something is changed. */
export function Saving({ work, changed, said, onDiscard, sticky, children }: Props) {
  return (
    <>
      {work.error && !said?.includes(work.field) && (
        <p class="field-error" role="alert">
          {work.error}
        </p>
      )}
      <div class={sticky ? "form-actions form-foot" : "form-actions"}>
        <Button kind="primary" type="submit" busy={work.busy} disabled={!changed}>
          {t("save")}
        </Button>
        {changed && onDiscard && (
          <Button kind="quiet" onClick={onDiscard}>
            {t("discard")}
          </Button>
        )}
        {children}
      </div>
    </>
  );
}
