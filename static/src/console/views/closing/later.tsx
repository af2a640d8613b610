import { useEffect, useState } from "preact/hooks";
import type { ConversationView, FollowUp } from "../../../wire/protocol";
import { api } from "../../api";
import { t } from "../../i18n";
import { serverNow } from "../../state/clock";
import { inWorkingDays } from "../../state/closing";
import { endingOf, keepEnding, type Later as Chosen, type When } from "../../state/ending";
import { site } from "../../state/session";
import { Choice } from "../../ui/field";
import { dueWords } from "../agreement/when";
import { firstWords, followUpPath, plan } from "./follow-up";
import { LaterWordsField } from "./words";

interface Later {
  value: Chosen;
  set: (value: Chosen) => void;
}

const byRule = () => (site.value?.after.follow_up_days ?? 0) > 0;
const waits = (f: FollowUp | null | undefined): f is FollowUp => !!f && !f.by_rule && !f.lacks;

/** What was chosen before the sheet was put away, as far as it still can be. */
function begun(id: string): Chosen | undefined {
  const { later } = endingOf(id);
  return later && later.when !== "planned" && (later.when !== "rule" || byRule()) ? later : undefined;
}

/** What is chosen of a later word: at first what would happen anyway. */
export function useLater(view: ConversationView, planned: FollowUp | null | undefined): Later {
  const { id } = view.row;
  const [kept] = useState(() => begun(id));
  const [value, write] = useState<Chosen>(() => kept ?? { when: byRule() ? "rule" : "none", ...firstWords(view) });
  const [own, choose] = useState(!!kept);
  useEffect(() => {
    if (waits(planned) && !own) write((v) => ({ ...v, when: "planned" }));
  }, [planned?.id]);
  const set = (chosen: Chosen) => {
    choose(true);
    write(chosen);
    keepEnding(id, { later: chosen });
  };
  return { value, set };
}

/** Does what was chosen; throws an ApiError, and nothing has changed then. */
export async function settleLater(id: string, { when, ...words }: Chosen, planned: FollowUp | null | undefined): Promise<void> {
  if (when === "one" || when === "two") await plan(id, words, inWorkingDays(when === "one" ? 1 : 2, serverNow()));
  else if (when !== "planned" && waits(planned)) await api.remove(followUpPath(id));
}

/** It is not known whether a later word is planned, so that nothing can be chosen of it. */
export function LaterMissing({ retry }: { retry: () => void }) {
  return (
    <p class="part quiet" role="status">
      {t("later_missing")}{" "}
      <button type="button" class="link" onClick={retry}>
        {t("try_again")}
      </button>
    </p>
  );
}

/** Whether they hear once more in a day or two, and what. */
export function LaterWord({ view, later, planned, error }: { view: ConversationView; later: Later; planned: FollowUp | null; error: string | undefined }) {
  const { value, set } = later;
  const options: { value: When; label: string }[] = [
    ...(waits(planned) ? [{ value: "planned" as const, label: t("later_planned", { time: dueWords(planned.due_at) }) }] : []),
    ...(byRule() ? [{ value: "rule" as const, label: t("later_rule") }] : []),
    { value: "none", label: t("later_none") },
    { value: "one", label: t("later_one") },
    { value: "two", label: t("later_two") },
  ];
  return (
    <section class="part">
      <Choice label={t("later_word")} value={value.when} options={options} onChange={(when) => set({ ...value, when })} />
      {(value.when === "one" || value.when === "two") && <LaterWordsField view={view} text={value.text} template={value.template} error={error} onWords={(words) => set({ ...value, ...words })} />}
    </section>
  );
}
