import type { Answer, AnswerUse } from "../../../wire/protocol";
import { t } from "../../i18n";
import { shown, uses } from "../../state/quick";

/** What became of a quick answer lately, or why visitors do not see it. */
export function Used({ answer }: { answer: Answer }) {
  if (!answer.quick) return null;
  if (shown.value && !shown.value.some((a) => a.id === answer.id)) {
    return (
      <span class="tag wait" title={t("quick_hidden_hint")}>
        {t("quick_hidden")}
      </span>
    );
  }
  const use = uses.value.get(answer.id);
  return use ? <span class="quiet used">{usedWords(use)}</span> : null;
}

/** "opened 41 times · 12 times it helped · 5 times a question followed"; what never happened is left out. */
export function usedWords({ opened, helped, followed }: AnswerUse): string {
  return [t("uses_opened", { n: opened }), helped > 0 && t("uses_helped", { n: helped }), followed > 0 ? t("uses_followed", { n: followed }) : t("uses_unfollowed")].filter(Boolean).join(" · ");
}
