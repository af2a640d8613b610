import { useState } from "preact/hooks";
import { newId } from "../../../wire";
import type { CustomerPromise } from "../../../wire/protocol";
import { close as closeConversation, explain } from "../../desk";
import { t } from "../../i18n";
import { closing } from "../../state/agreement";
import { viewOf } from "../../state/conversation";
import { act, openPromises } from "../../state/promises";
import { Button } from "../../ui/button";
import { useWork } from "../../ui/busy";
import { Dialog } from "../../ui/dialog";
import { TextField } from "../../ui/field";
import { Due } from "./due";
import { Theirs } from "./theirs";

const leave = () => (closing.value = "");

/** A promise keeps a conversation from closing: keep it, or say in words for the customer why not. */
export function Closing() {
  return (
    <Dialog open={closing.value !== ""} onClose={leave} title={t("closing_title")} description={t("closing_lead")}>
      {closing.value && <Choices key={closing.value} id={closing.value} />}
    </Dialog>
  );
}

/** A promise with the way to say that it is kept. */
export function Kept({ promise }: { promise: CustomerPromise }) {
  const [client_id] = useState(newId);
  const work = useWork();
  return (
    <li>
      <span class="grow">
        {promise.whose === "theirs" && <span class="tag">{t("their_part_label")}</span>} <bdi>{promise.text}</bdi> <Due at={promise.due_at} />
      </span>
      <Button busy={work.busy} onClick={() => work.run(() => act(promise, "keep", { client_id }).catch(explain))}>
        {t(promise.whose === "theirs" ? "done_by_them" : "it_is_kept")}
      </Button>
    </li>
  );
}

function Choices({ id }: { id: string }) {
  const [why, set] = useState("");
  const view = viewOf(id);
  const open = openPromises(view?.promises ?? []).filter((p) => p.whose === "ours");
  const finish = (reason: string) => {
    leave();
    void closeConversation(id, reason);
  };
  return (
    <form
      onSubmit={(e) => {
        e.preventDefault();
        if (open.length === 0 || why.trim()) finish(why.trim());
      }}
    >
      <Theirs.Provider value={view?.person ?? null}>
        <ul class="closing-list">
          {open.map((p) => (
            <Kept key={p.id} promise={p} />
          ))}
        </ul>
      </Theirs.Provider>
      {open.length > 0 && <TextField label={t("why_dropped")} hint={t("why_dropped_hint")} maxLength={500} value={why} onValue={set} />}
      <div class="dialog-actions">
        <Button onClick={leave}>{t("go_on_talking")}</Button>
        <Button kind="primary" type="submit" disabled={open.length > 0 && !why.trim()}>
          {t("close_conversation")}
        </Button>
      </div>
    </form>
  );
}
