import { useEffect, useState } from "preact/hooks";
import type { ConversationView, FollowUp, PlannedFollowUp } from "../../../wire/protocol";
import { api } from "../../api";
import { explain } from "../../desk";
import { t } from "../../i18n";
import { serverNow } from "../../state/clock";
import { inWorkingDays } from "../../state/closing";
import { me } from "../../state/session";
import { done } from "../../state/toasts";
import { useBegun } from "../../ui/begun";
import { useWork } from "../../ui/busy";
import { Button } from "../../ui/button";
import { EditorFrame } from "../agreement/frame";
import { dueWords, WhenField } from "../agreement/when";
import { lackWords } from "./lack";
import { LaterWordsField, type LaterWords } from "./words";

export const followUpPath = (id: string) => `conversations/${id}/follow-up`;

/** What most follow-ups begin with. */
export function firstWords(view: ConversationView): LaterWords {
  const [name = ""] = view.person.name.split(" ");
  const [agent = ""] = me.value?.agent.name.split(" ") ?? [];
  return { text: t(name ? "follow_up_first" : "follow_up_first_all", { name, agent }), template: "" };
}

export async function plan(id: string, words: LaterWords, due_at: number): Promise<void> {
  await api.put<PlannedFollowUp>(followUpPath(id), { text: words.text.trim(), template_id: words.template, due_at });
}

/** A word that the customer hears a day or two later, here and by e-mail; the answer comes back to who writes it. */
export function FollowUpEditor({ id, view, close }: { id: string; view: ConversationView; close: () => void }) {
  const [planned, setPlanned] = useState<FollowUp | null>(null);
  const [start, setStart] = useState(() => ({ words: firstWords(view), at: inWorkingDays(2, serverNow()) }));
  const { value, change, finish } = useBegun(`follow-up:${id}`, start);
  const { words, at } = value;
  const [lack, setLack] = useState<"text" | "due_at" | "">("");
  const work = useWork();
  useEffect(() => {
    const show = ({ follow_up }: PlannedFollowUp) => {
      setPlanned(follow_up);
      if (!follow_up) return;
      setStart((was) => ({
        words: follow_up.by_rule ? was.words : { text: follow_up.text, template: follow_up.template_id },
        at: follow_up.lacks ? was.at : follow_up.due_at,
      }));
    };
    api.get<PlannedFollowUp>(followUpPath(id)).then(show, explain);
  }, [id]);
  const submit = () => {
    const field = !words.text.trim() ? "text" : !at ? "due_at" : "";
    setLack(field);
    if (field || work.busy) return;
    work.run(async () => {
      await plan(id, words, at);
      done(t("follow_up_planned", { time: dueWords(at) }));
      finish();
      close();
    });
  };
  const drop = () =>
    work.run(async () => {
      await api.remove<PlannedFollowUp>(followUpPath(id));
      done(t("follow_up_dropped"));
      finish();
      close();
    });
  const about = (field: string) => (work.field === field ? work.error : undefined);
  return (
    <EditorFrame title={t("follow_up")} lead={t("follow_up_lead")} yes={t("follow_up_plan")} busy={work.busy} error={work.error && !work.field ? work.error : ""} submit={submit} close={close}>
      {planned && (
        <p class="part quiet" role="status">
          {standing(planned)}{" "}
          <Button kind="quiet" onClick={drop}>
            {t("follow_up_drop")}
          </Button>
        </p>
      )}
      <div class="part">
        <LaterWordsField view={view} {...words} error={lack === "text" ? t("follow_up_lacks_text") : about("text")} onWords={(said) => change({ words: said })} />
        <WhenField label={t("follow_up_when")} at={at} error={lack === "due_at" ? t("follow_up_lacks_time") : about("due_at")} onAt={(time) => change({ at: time })} />
      </div>
    </EditorFrame>
  );
}

function standing({ lacks, by_rule, due_at }: FollowUp): string {
  const time = dueWords(due_at);
  if (lacks) return t("follow_up_lacks", { time, name: lackWords(lacks) });
  return t(by_rule ? "follow_up_by_rule" : "follow_up_waits", { time });
}
