import { useState } from "preact/hooks";
import type { Complaint } from "../../../wire/protocol";
import { close as closeConversation } from "../../desk";
import { t } from "../../i18n";
import { causing } from "../../state/agreement";
import { serverNow } from "../../state/clock";
import { inWorkingDays } from "../../state/closing";
import { record } from "../../state/complaint";
import { viewOf } from "../../state/conversation";
import { useWork } from "../../ui/busy";
import { Button } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import { Choice, TextField } from "../../ui/field";
import { Due } from "../agreement/due";
import { firstBreath, takeBreath } from "./breath";
import { CauseSelect } from "./causes";

const leave = () => (causing.value = null);

/** Closing a complaint asks what was behind it, and says when it is followed up. Nobody but the agent waits for it. */
export function Cause() {
  const [hard, ask] = useState(false);
  const open = causing.value;
  const finish = async (complaint: Complaint) => {
    leave();
    const closed = await closeConversation(complaint.conversation_id, open?.why);
    ask(closed && complaint.hard && firstBreath(complaint.id));
  };
  return (
    <>
      <Dialog open={open !== null} onClose={leave} title={t("cause_title")} description={t("cause_lead")}>
        {open && <Questions key={open.id} id={open.id} finish={finish} />}
      </Dialog>
      <Dialog open={hard} onClose={() => ask(false)} size="small" title={t("breath_title")} description={t("breath_lead")}>
        <div class="dialog-actions">
          <Button onClick={() => ask(false)}>{t("breath_no")}</Button>
          <Button
            kind="primary"
            onClick={() => {
              ask(false);
              takeBreath();
            }}
          >
            {t("breath_yes")}
          </Button>
        </div>
      </Dialog>
    </>
  );
}

function Questions({ id, finish }: { id: string; finish: (complaint: Complaint) => Promise<void> }) {
  const held = viewOf(id)?.complaint;
  const [cause, choose] = useState(held?.root_cause ?? "");
  const [words, say] = useState(held?.cause_words ?? "");
  const [skipped, skip] = useState("");
  const [day, follow] = useState<"next" | "second">("next");
  const work = useWork();
  const due = inWorkingDays(day === "next" ? 1 : 2, serverNow());
  const save = () =>
    work.run(async () => finish(await record(id, { root_cause: cause, cause_words: words, cause_skipped: cause ? "" : skipped, ...(held?.follow_up_id ? {} : { follow_up_at: due }) })));
  return (
    <form
      class="cause"
      onSubmit={(e) => {
        e.preventDefault();
        if (cause || skipped.trim()) save();
      }}
    >
      <CauseSelect value={cause} onChange={choose} />
      {cause ? (
        <TextField label={t("cause_more")} maxLength={500} value={words} onValue={say} />
      ) : (
        <TextField label={t("cause_why_not")} hint={t("cause_why_not_hint")} maxLength={500} value={skipped} onValue={skip} />
      )}
      {!held?.follow_up_id && (
        <>
          <Choice
            label={t("cause_follow_up")}
            value={day}
            options={[
              { value: "next", label: t("follow_up_next") },
              { value: "second", label: t("follow_up_second") },
            ]}
            onChange={follow}
          />
          <p class="field-hint">
            {t("follow_up_hint")} <Due at={due} />
          </p>
        </>
      )}
      {work.error && (
        <p class="field-error" role="alert">
          {work.error}
        </p>
      )}
      <div class="dialog-actions">
        <Button onClick={leave}>{t("go_on_talking")}</Button>
        <Button kind="primary" type="submit" busy={work.busy} disabled={!cause && !skipped.trim()}>
          {t("close_conversation")}
        </Button>
      </div>
    </form>
  );
}
