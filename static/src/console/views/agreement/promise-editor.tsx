import { useContext, useState } from "preact/hooks";
import { newId } from "../../../wire";
import { t } from "../../i18n";
import { makePromise } from "../../state/promises";
import { useBegun } from "../../ui/begun";
import { useWork } from "../../ui/busy";
import { TextField } from "../../ui/field";
import { EditorFrame } from "./frame";
import { useOwner, type Owner } from "./owner";
import { TakeOver } from "./take-over";
import { elsewhere, shortName, Theirs } from "./theirs";
import { dueWords, WhenField, zone } from "./when";

interface Draft {
  client_id: string;
  text: string;
  at: number;
  next: number | null;
  chosen: string | null;
}

/** A promise written as one: what, by when, and if wanted when they hear next, done or not. */
export function PromiseEditor({ id, close }: { id: string; close: () => void }) {
  const [start] = useState<Draft>(() => ({ client_id: newId(), text: "", at: 0, next: null, chosen: null }));
  const { value, change, finish } = useBegun(`promise:${id}`, start);
  const { client_id, text, at, next, chosen } = value;
  const setNext = (time: number) => change({ next: time });
  const [lack, setLack] = useState<"text" | "due_at" | "">("");
  const work = useWork();
  const usual = useOwner(id)(at);
  const owner = chosen ?? (usual ? answering(usual) : "");
  const named = chosen !== null || usual?.handedTo !== undefined;
  const submit = () => {
    const field = !text.trim() ? "text" : !at ? "due_at" : "";
    setLack(field);
    if (!field && !work.busy) work.run(() => makePromise(id, { client_id, text: text.trim(), due_at: at, zone: zone(), ...(next ? { next_at: next } : {}), ...(named ? { owner_id: owner } : {}) }).then(finish).then(close));
  };
  const about = (field: string) => (work.field === field ? work.error : undefined);
  return (
    <EditorFrame title={t("make_promise")} lead={t("make_promise_lead")} yes={t("promise_this")} busy={work.busy} error={work.error && !work.field ? work.error : ""} submit={submit} close={close}>
      <div class="part">
        <TextField label={t("what_promised")} maxLength={500} value={text} error={lack === "text" ? t("lack_what") : about("text")} onValue={(words) => change({ text: words })} />
        <WhenField label={t("by_when")} at={at} error={lack === "due_at" ? t("lack_our_due") : about("due_at")} onAt={(time) => change({ at: time })} />
        {at > 0 && <InTheirZone at={at} />}
        <TakeOver label={t("who_answers")} chosen={owner} choose={(agent) => change({ chosen: agent })} at={at} hint={usual?.away && <Away {...usual.away} />} error={about("owner_id")} />
        {next === null ? (
          <button type="button" class="link" onClick={() => setNext(0)}>
            {t("add_next_word")}
          </button>
        ) : (
          <WhenField label={t("next_word_by")} at={next} error={about("next_at")} onAt={setNext} />
        )}
      </div>
    </EditorFrame>
  );
}

/** The chosen time as the customer reads it, where that is another. */
function InTheirZone({ at }: { at: number }) {
  const customer = useContext(Theirs);
  const there = elsewhere(at, customer?.zone);
  return there && customer ? (
    <p class="field-hint" role="status">
      {t("for_them", { name: shortName(customer), time: there })}
    </p>
  ) : null;
}

/** The id of who answers for it, "" for anyone. */
const answering = ({ agent, handedTo }: Owner) => (handedTo === undefined ? agent.id : (handedTo?.id ?? ""));

/** Why somebody else answers for it than usual. */
function Away({ name, until }: { name: string; until: number }) {
  return <span role="status">{t("owner_away", { name, time: dueWords(until) })}</span>;
}
