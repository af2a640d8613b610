import { ChevronRight, Trash2 } from "lucide-preact";
import { useRef, useState } from "preact/hooks";
import { newId } from "../../../wire";
import type { PersonNote } from "../../../wire/protocol";
import { api } from "../../api";
import { explain } from "../../desk";
import { t } from "../../i18n";
import { now } from "../../state/clock";
import { setView } from "../../state/conversation";
import { me } from "../../state/session";
import { useWork } from "../../ui/busy";
import { IconButton } from "../../ui/button";
import { ago, exactTime } from "../../words";
import { AddSensitive, Agreed } from "../sensitive/lazy";
import { mayRemove } from "./may";

/** What is worth remembering about a customer, over all their conversations. */
export function Notes({ id, person, notes }: { id: string; person: string; notes: readonly PersonNote[] }) {
  const [text, write] = useState("");
  const work = useWork();
  /** The same for each attempt at one note, so that it is stored once. */
  const noteId = useRef(newId());
  const add = async () => {
    const note = await api.post<PersonNote>(`people/${person}/notes`, { id: noteId.current, text: text.trim() });
    setView(id, (v) => ({ ...v, notes: [note, ...v.notes.filter((n) => n.id !== note.id)] }));
    noteId.current = newId();
    write("");
  };
  const drop = async (note: PersonNote) => {
    setView(id, (v) => ({ ...v, notes: v.notes.filter((n) => n.id !== note.id) }));
    try {
      await api.remove(`people/${person}/notes/${note.id}`);
    } catch (err) {
      setView(id, (v) => ({ ...v, notes: [note, ...v.notes] }));
      explain(err);
    }
  };
  return (
    <details class="fold section" open={notes.length > 0}>
      <summary>
        <ChevronRight size={14} class="fold-sign mirror" /> {t("notes")} {notes.length > 0 && <span class="count">{notes.length}</span>}
      </summary>
      <ul class="notes">
        {notes.map((n) => (
          <li key={n.id} class="person-note">
            <p dir="auto">{n.text}</p>
            {n.sensitive && <Agreed sensitive={n.sensitive} />}
            <footer>
              <bdi>{n.by.name}</bdi> · <time title={exactTime(n.at)}>{ago(n.at, now.value)}</time>
              {mayRemove(n, me.value!) && (
                <IconButton class="small" label={t("remove_note")} onClick={() => void drop(n)}>
                  <Trash2 size={13} />
                </IconButton>
              )}
            </footer>
          </li>
        ))}
      </ul>
      <form
        class="note-form"
        onSubmit={(e) => {
          e.preventDefault();
          if (text.trim() && !work.busy) work.run(() => add().catch(explain));
        }}
      >
        <input class="input" dir="auto" value={text} aria-label={t("add_person_note")} readOnly={work.busy} placeholder={t("add_person_note")} onInput={(e) => write(e.currentTarget.value)} />
      </form>
      <AddSensitive id={id} person={person} />
    </details>
  );
}
