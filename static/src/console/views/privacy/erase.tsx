import { Trash2 } from "lucide-preact";
import { useState } from "preact/hooks";
import type { Person } from "../../../wire/protocol";
import { api } from "../../api";
import { t, type Key } from "../../i18n";
import { may } from "../../state/session";
import { useWork } from "../../ui/busy";
import { Button } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import { Choice, TextField } from "../../ui/field";
import "./dress";

const REASONS = ["asked", "unneeded", "mistaken"] as const;
type Reason = (typeof REASONS)[number];

/** At the end of a customer's card, for whoever may: the way to have them gone. */
export function ErasePerson({ person }: { person: Person }) {
  const [open, show] = useState(false);
  if (!may("person.erase")) return null;
  return (
    <div class="section">
      <button type="button" class="link quiet" onClick={() => show(true)}>
        <Trash2 size={13} /> {t("erase_person")}
      </button>
      {open && <EraseDialog person={person} onClose={() => show(false)} />}
    </div>
  );
}

/** Asks for a reason, and for the name by hand. That they are gone is told to every console alike. */
function EraseDialog({ person, onClose }: { person: Person; onClose: () => void }) {
  const [reason, choose] = useState<Reason>("asked");
  const [typed, type] = useState("");
  const work = useWork();
  const word = person.name || t("erase_word");
  const meant = typed.trim() === word.trim();
  const erase = async () => {
    await api.post(`people/${person.id}/erase`, { reason, confirm: person.name || person.id });
    onClose();
  };
  return (
    <Dialog open onClose={onClose} role="alertdialog" title={person.name ? t("erase_title", { name: person.name }) : t("erase_title_nameless")} description={t("erase_lead")}>
      <form
        onSubmit={(e) => {
          e.preventDefault();
          if (meant && !work.busy) work.run(erase);
        }}
      >
        <Choice label={t("erase_why")} value={reason} options={REASONS.map((r) => ({ value: r, label: t(`erase_${r}` as Key) }))} onChange={choose} />
        <TextField label={t("erase_type", { name: word })} value={typed} onValue={type} autoComplete="off" dir="auto" error={work.field === "confirm" ? t("erase_changed") : work.error || undefined} />
        <div class="dialog-actions">
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button kind="danger" type="submit" disabled={!meant} busy={work.busy}>
            {t("erase_do")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
