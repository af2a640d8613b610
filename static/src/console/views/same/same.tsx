import { UsersRound } from "lucide-preact";
import { useState } from "preact/hooks";
import type { Person, SamePerson as Side } from "../../../wire/protocol";
import { t } from "../../i18n";
import { may } from "../../state/session";
import { Dialog } from "../../ui/dialog";
import { Compare } from "./compare";
import { Find } from "./find";
import "./dress";

/** At the end of a customer's card, for whoever may: somebody else here is the same person. */
export function SamePerson({ id, person }: { id: string; person: Person }) {
  const [open, show] = useState(false);
  if (!may("person.merge")) return null;
  return (
    <div class="section">
      <button type="button" class="link quiet" onClick={() => show(true)}>
        <UsersRound size={13} /> {t("same_person")}
      </button>
      {open && <SameDialog id={id} person={person} onClose={() => show(false)} />}
    </div>
  );
}

/** First who it is, then both beside each other. */
function SameDialog({ id, person, onClose }: { id: string; person: Person; onClose: () => void }) {
  const [other, choose] = useState<Side | null>(null);
  if (!other) {
    return (
      <Dialog key="find" open onClose={onClose} title={t("same_title")} description={t("same_lead")}>
        <Find person={person} choose={choose} />
      </Dialog>
    );
  }
  return (
    <Dialog key="compare" open onClose={onClose} size="large" title={t("same_compare")}>
      <Compare id={id} one={person.id} other={other.person.id} back={() => choose(null)} onClose={onClose} />
    </Dialog>
  );
}
