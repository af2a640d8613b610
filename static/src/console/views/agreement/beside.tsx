import type { ConversationView } from "../../../wire/protocol";
import { editor } from "../../state/agreement";
import { GrantEditor, Waiting } from "../authority/lazy";
import { FollowUpEditor } from "../closing/follow-up";
import { ClosingSheet } from "../closing/sheet";
import { Delays } from "../delay/delays";
import { CardEditor } from "./card-editor";
import { Chips } from "./chips";
import { HoldEditor } from "./hold";
import { Suggestion } from "./suggestion";
import { HeldBar } from "./held";
import { PromiseEditor } from "./promise-editor";
import { Theirs } from "./theirs";
import { CardVoice } from "./voice";

/** Between thread and composer: the small editor that stands open, and what was heard in the reply. */
export function Beside({ id, view }: { id: string; view: ConversationView }) {
  const open = editor.value?.id === id ? editor.value.kind : null;
  const close = () => {
    editor.value = null;
    document.querySelector<HTMLTextAreaElement>(".composer textarea")?.focus();
  };
  return (
    <Theirs.Provider value={view.person}>
      {(open === "summary" || open === "proposal") && <CardEditor key={open} id={id} kind={open} view={view} close={close} />}
      {open === "hold" && <HoldEditor id={id} close={close} />}
      {open === "follow_up" && <FollowUpEditor id={id} view={view} close={close} />}
      {open === "closing" && <ClosingSheet id={id} view={view} close={close} />}
      {open === "promise" && <PromiseEditor id={id} close={close} />}
      {open === "grant" && <GrantEditor id={id} close={close} />}
      {!open && <Suggestion id={id} view={view} />}
      {view.grants.length > 0 && <Waiting id={id} view={view} />}
      <Delays id={id} view={view} />
      <Chips id={id} />
      <HeldBar id={id} />
      <CardVoice view={view} />
    </Theirs.Provider>
  );
}
