import { Ban } from "lucide-preact";
import { useState } from "preact/hooks";
import type { Person } from "../../../wire/protocol";
import { api } from "../../api";
import { t } from "../../i18n";
import { setView } from "../../state/conversation";
import { now } from "../../state/clock";
import { may } from "../../state/session";
import { Button } from "../../ui/button";
import { useWork } from "../../ui/busy";
import { Dialog } from "../../ui/dialog";
import { TextField } from "../../ui/field";
import { ago, exactTime } from "../../words";
import "./dress";

/** At the end of a customer's card: takes no more messages from them, or takes them again. */
export function BlockPerson({ id, person }: { id: string; person: Person }) {
  const [open, show] = useState(false);
  const since = person.blocked_at ?? 0;
  if (!may("person.change")) return null;
  return (
    <div class="section">
      {since > 0 && (
        <p class="notice notice-amber" role="status">
          <Ban size={13} aria-hidden="true" /> <span title={exactTime(since)}>{t("blocked_since", { ago: ago(since, now.value) })}</span>
        </p>
      )}
      <button type="button" class="link quiet" onClick={() => show(true)}>
        <Ban size={13} /> {t(since > 0 ? "unblock_person" : "block_person")}
      </button>
      {open && <BlockDialog id={id} person={person} onClose={() => show(false)} />}
    </div>
  );
}

function BlockDialog({ id, person, onClose }: { id: string; person: Person; onClose: () => void }) {
  const [blocked] = useState((person.blocked_at ?? 0) > 0);
  const [why, say] = useState("");
  const work = useWork();
  const turn = async () => {
    const changed = await api.patch<Person>(`people/${person.id}`, { blocked: !blocked, why: why.trim() });
    setView(id, (v) => ({ ...v, person: changed }));
    onClose();
  };
  return (
    <Dialog open onClose={onClose} title={t(blocked ? "unblock_title" : "block_title")} description={t(blocked ? "unblock_lead" : "block_lead")}>
      <form
        onSubmit={(e) => {
          e.preventDefault();
          work.run(turn);
        }}
      >
        <TextField label={t("block_why")} hint={t("block_why_hint")} maxLength={300} value={why} onValue={say} dir="auto" error={work.error || undefined} />
        <div class="dialog-actions">
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button kind={blocked ? "primary" : "danger"} type="submit" busy={work.busy}>
            {t(blocked ? "unblock_do" : "block_do")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
