import { useEffect, useState } from "preact/hooks";
import type { ConversationView, FollowUp, PlannedFollowUp } from "../../../wire/protocol";
import { api } from "../../api";
import { explain } from "../../desk";
import { t } from "../../i18n";
import { serverNow } from "../../state/clock";
import { me } from "../../state/session";
import { done } from "../../state/toasts";
import { useWork } from "../../ui/busy";
import { Button } from "../../ui/button";
import { TextArea } from "../../ui/field";
import { EditorFrame } from "./frame";
import { dueWords, WhenField } from "./when";

const path = (id: string) => `conversations/${id}/follow-up`;

/** Ten in the morning on the second working day from now: late enough to know, early enough to matter. */
export function inTwoWorkingDays(from: number): number {
  const at = new Date(from);
  at.setHours(10, 0, 0, 0);
  for (let days = 2; days > 0; ) {
    at.setDate(at.getDate() + 1);
    if (![0, 6].includes(at.getDay())) days--;
  }
  return at.getTime();
}

/** What most follow-ups begin with. */
function firstWords(view: ConversationView): string {
  const [name = ""] = view.person.name.split(" ");
  const [agent = ""] = me.value?.agent.name.split(" ") ?? [];
  return t(name ? "follow_up_first" : "follow_up_first_all", { name, agent });
}

/** A word that the customer hears a day or two later, here and by e-mail; the answer comes back to who writes it. */
export function FollowUpEditor({ id, view, close }: { id: string; view: ConversationView; close: () => void }) {
  const [planned, setPlanned] = useState<FollowUp | null>(null);
  const [text, write] = useState(() => firstWords(view));
  const [at, setAt] = useState(() => inTwoWorkingDays(serverNow()));
  const [lack, setLack] = useState<"text" | "due_at" | "">("");
  const work = useWork();
  useEffect(() => {
    const show = ({ follow_up }: PlannedFollowUp) => {
      setPlanned(follow_up);
      if (follow_up && !follow_up.by_rule) write(follow_up.text);
      if (follow_up) setAt(follow_up.due_at);
    };
    api.get<PlannedFollowUp>(path(id)).then(show, explain);
  }, [id]);
  const submit = () => {
    const field = !text.trim() ? "text" : !at ? "due_at" : "";
    setLack(field);
    if (field || work.busy) return;
    work.run(async () => {
      await api.put<PlannedFollowUp>(path(id), { text: text.trim(), due_at: at });
      done(t("follow_up_planned", { time: dueWords(at) }));
      close();
    });
  };
  const drop = () =>
    work.run(async () => {
      await api.remove<PlannedFollowUp>(path(id));
      done(t("follow_up_dropped"));
      close();
    });
  const about = (field: string) => (work.field === field ? work.error : undefined);
  return (
    <EditorFrame title={t("follow_up")} lead={t("follow_up_lead")} yes={t("follow_up_plan")} busy={work.busy} error={work.error && !work.field ? work.error : ""} submit={submit} close={close}>
      {planned && (
        <p class="part quiet" role="status">
          {t(planned.by_rule ? "follow_up_by_rule" : "follow_up_waits", { time: dueWords(planned.due_at) })}{" "}
          <Button kind="quiet" onClick={drop}>
            {t("follow_up_drop")}
          </Button>
        </p>
      )}
      <div class="part">
        <TextArea label={t("follow_up_text")} rows={3} dir="auto" maxLength={10_000} value={text} error={lack === "text" ? t("follow_up_lacks_text") : about("text")} onValue={write} />
        <WhenField label={t("follow_up_when")} at={at} error={lack === "due_at" ? t("follow_up_lacks_time") : about("due_at")} onAt={setAt} />
      </div>
    </EditorFrame>
  );
}
