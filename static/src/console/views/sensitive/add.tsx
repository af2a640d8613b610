import { Lock } from "lucide-preact";
import { useRef, useState } from "preact/hooks";
import { newId, wordsOf } from "../../../wire";
import type { PersonNote } from "../../../wire/protocol";
import { api } from "../../api";
import { t } from "../../i18n";
import { serverNow } from "../../state/clock";
import { setView, viewOf } from "../../state/conversation";
import { may } from "../../state/session";
import { useWork } from "../../ui/busy";
import { Button } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import { Choice, TextArea, TextField } from "../../ui/field";
import { MONTHS, monthsAfter } from "./keep";
import "./dress";

/** Below the notes about a customer, for whoever may: one that they had to agree to. */
export function AddSensitive({ id, person }: { id: string; person: string }) {
  const [open, show] = useState(false);
  if (!may("note.sensitive")) return null;
  return (
    <>
      <button type="button" class="link quiet" onClick={() => show(true)}>
        <Lock size={13} /> {t("sensitive_add")}
      </button>
      {open && <Write id={id} person={person} onClose={() => show(false)} />}
    </>
  );
}

const LONGEST = 2_000;
const CONSENT = 300;
type Months = `${(typeof MONTHS)[number]}`;

function Write({ id, person, onClose }: { id: string; person: string; onClose: () => void }) {
  const [text, write] = useState("");
  const [consent, agree] = useState("");
  const [months, keep] = useState<Months>("3");
  const work = useWork();
  const noteId = useRef(newId());
  const said = lastWords(id);
  const save = async () => {
    const sensitive = { consent: consent.trim(), until: monthsAfter(serverNow(), Number(months)) };
    const note = await api.post<PersonNote>(`people/${person}/notes`, { id: noteId.current, text: text.trim(), sensitive });
    setView(id, (v) => ({ ...v, notes: [note, ...v.notes.filter((n) => n.id !== note.id)] }));
    onClose();
  };
  const errorOf = (field: string) => (work.field === field ? work.error : undefined);
  const whole = text.trim() !== "" && consent.trim() !== "";
  return (
    <Dialog open onClose={onClose} title={t("sensitive_title")} description={t("sensitive_lead")}>
      <form
        class="sensitive-form"
        onSubmit={(e) => {
          e.preventDefault();
          if (whole && !work.busy) work.run(save);
        }}
      >
        <TextArea label={t("sensitive_text")} value={text} maxLength={LONGEST} onValue={write} error={errorOf("text")} />
        <TextField label={t("sensitive_consent")} hint={t("sensitive_consent_hint")} value={consent} maxLength={CONSENT} dir="auto" onValue={agree} error={errorOf("consent")} />
        {said && (
          <button type="button" class="link" onClick={() => agree(said)}>
            {t("sensitive_quote")}
          </button>
        )}
        <Choice label={t("sensitive_keep")} value={months} options={MONTHS.map((n) => ({ value: `${n}` as Months, label: n === 12 ? t("sensitive_year") : t("sensitive_months", { n }) }))} onChange={keep} />
        {work.error && !["text", "consent"].includes(work.field) && (
          <p class="field-error" role="alert">
            {work.error}
          </p>
        )}
        <div class="dialog-actions">
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button kind="primary" type="submit" disabled={!whole} busy={work.busy}>
            {t("sensitive_save")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

/** What the customer wrote last in this conversation, in quotation marks; "" for nothing. */
function lastWords(id: string): string {
  const last = viewOf(id)?.messages.findLast((m) => m.author.kind === "person");
  const words = last ? wordsOf(last).replace(/\s+/g, " ").trim() : "";
  return words && `“${[...words].slice(0, CONSENT - 2).join("")}”`;
}
