import { Eye, UsersRound } from "lucide-preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { newId } from "../../../wire";
import type { Row } from "../../../wire/protocol";
import { t } from "../../i18n";
import { lookOn, watched } from "../../state/conversation";
import { isGuest } from "../../state/rows";
import { me } from "../../state/session";
import { watching } from "../../state/team";
import { whispering } from "../../state/whispers";
import { Button } from "../../ui/button";
import { TextField } from "../../ui/field";
import { stepIn } from "../handover/lazy";
import { whisper } from "./deeds";

/** Longest whisper, in code points. */
const WHISPER = 500;

/** Above the composer of somebody who looks on, or wants to whisper: whose it is, and a line for them alone. */
export function Oversee({ row }: { row: Row }) {
  const own = me.value?.agent.id ?? "";
  const on = watched.value === row.id;
  const asked = whispering.value === row.id;
  const theirs = !!row.assignee && row.assignee.id !== own && row.state !== "closed";
  const inside = isGuest(row, own);
  useEffect(() => {
    // Whoever takes part looks on no more, and what nobody has is nobody's to be watched at.
    if (on && (!theirs || inside)) lookOn(row.id, false);
    if (asked && !theirs) whispering.value = "";
  }, [on, asked, theirs, inside]);
  if (!theirs) return null;
  const name = row.assignee!.name;
  return (
    <section class="oversee" aria-label={t("oversee")}>
      {on && (
        <p class="oversee-line">
          <Eye size={16} aria-hidden="true" />
          <span class="grow">{t(unseen(row) ? "watch_unseen" : "watch_seen", { name })}</span>
          <Button onClick={() => void stepIn(row.id)}>
            <UsersRound size={15} /> {t("watch_step_in")}
          </Button>
          <Button kind="quiet" onClick={() => lookOn(row.id, false)}>
            {t("watch_stop")}
          </Button>
        </p>
      )}
      <Whisper key={row.id} id={row.id} name={name} asked={asked} />
    </section>
  );
}

/** Who is listed is seen, whatever the site's rule: so is one who looks on in too many in a row. */
const unseen = (row: Row) => !!watching.value[row.id] && !watching.value[row.id]!.agents.some((a) => a.id === me.value?.agent.id);

function Whisper({ id, name, asked }: { id: string; name: string; asked: boolean }) {
  const [client_id, renew] = useState(newId);
  const [text, write] = useState("");
  const [busy, setBusy] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (asked) form.current?.querySelector("input")?.focus();
  }, [asked]);
  const submit = async () => {
    if (!text.trim() || busy) return;
    setBusy(true);
    const sent = await whisper(id, client_id, text.trim(), name);
    setBusy(false);
    if (!sent) return;
    write("");
    renew(newId());
  };
  return (
    <form
      ref={form}
      class="oversee-whisper"
      onSubmit={(e) => {
        e.preventDefault();
        void submit();
      }}
    >
      <TextField label={t("whisper", { name })} hint={t("whisper_hint", { name })} value={text} onValue={write} maxLength={WHISPER} onKeyDown={(e) => e.key === "Escape" && (whispering.value = "")} />
      <Button kind="note" type="submit" disabled={!text.trim() || busy}>
        {t("whisper_send")}
      </Button>
    </form>
  );
}
