import { t, type Key } from "../../i18n";
import { asking } from "../../state/order";
import { Dialog } from "../../ui/dialog";
import { AskColleague } from "../consult/lazy";
import { SendCopy } from "../copies/lazy";
import { EnterByHand } from "../entry/lazy";
import { HandOver, Invite } from "../handover/lazy";
import { Finish, SplitOff } from "../split/lazy";
import { Unite } from "../unite/lazy";
import { CloseMany } from "./close";
import { Give } from "./give";
import { ManageTags } from "./manage";
import { Snooze } from "./snooze";
import { TagPicker } from "./picker";

const WINDOWS = { tag: TagPicker, tags: ManageTags, snooze: Snooze, give: Give, hand: HandOver, invite: Invite, consult: AskColleague, close: CloseMany, enter: EnterByHand, unite: Unite, split: SplitOff, finish: Finish, copy: SendCopy };

/** The window that asks about what is meant: a tag, a time, a colleague, a reason. */
export function Asked() {
  const q = asking.value;
  const close = () => (asking.value = null);
  const Inside = q && WINDOWS[q.what];
  return (
    // Closed after the key that does it has been heard by all: Esc closes this, and lets go of nothing.
    <Dialog open={q !== null} onClose={() => setTimeout(close)} title={q ? t(`ask_${q.what}` as Key, { n: q.ids.length }) : ""} size={q?.what === "unite" ? "large" : "small"}>
      {Inside && q && <Inside key={q.what} ids={q.ids} close={close} />}
    </Dialog>
  );
}

/** What each of these windows gets. */
export interface Ask {
  ids: readonly string[];
  close: () => void;
}
