import { Plus, Trash2 } from "lucide-preact";
import { useState } from "preact/hooks";
import type { Card, ConversationView } from "../../../wire/protocol";
import { t } from "../../i18n";
import { cardDraft, emptyCard, keepCard, missing, sendCard, type CardDraft } from "../../state/cards";
import { Button, IconButton } from "../../ui/button";
import { useWork } from "../../ui/busy";
import { TextArea, TextField } from "../../ui/field";
import { mayAnswer } from "../thread/sending";
import { EditorFrame } from "./frame";
import { WhenField } from "./when";

/** Most options that stand side by side, and longest texts, in characters. */
const MOST = 4;
const LONG = 500;

interface Props {
  id: string;
  kind: Card["kind"];
  view: ConversationView;
  close: () => void;
}

/** Writes a card; what is begun is kept until it is sent. */
export function CardEditor({ id, kind, view, close }: Props) {
  const [draft, set] = useState<CardDraft>(() => cardDraft(id, kind) ?? emptyCard(kind === "summary" ? view.matter.need : ""));
  const [lack, setLack] = useState("");
  const work = useWork();
  const change = (patch: Partial<CardDraft>) => {
    const next = { ...draft, ...patch };
    set(next);
    setLack("");
    keepCard(id, kind, next);
  };
  const submit = () => {
    const field = missing(kind, draft);
    setLack(field);
    if (field || work.busy) return;
    work.run(async () => {
      if (!(await mayAnswer(id))) return;
      await sendCard(id, kind, draft);
      close();
    });
  };
  const about = (field: string) => (lack === field ? t(`lack_${field as "text"}`) : work.field === field ? work.error : undefined);
  const summary = kind === "summary";
  return (
    <EditorFrame title={t(summary ? "say_back" : "propose")} lead={t(summary ? "say_back_lead" : "propose_lead")} yes={t(summary ? "ask_them" : "send_proposal")} busy={work.busy} error={work.error && !work.field ? work.error : ""} submit={submit} close={close}>
      <TextArea label={t(summary ? "what_we_understood" : "what_we_offer")} rows={summary ? 3 : 2} maxLength={2_000} value={draft.text} error={about("text")} onValue={(text) => change({ text })} />
      {!summary && <Terms draft={draft} change={change} about={about} />}
    </EditorFrame>
  );
}

/** What may stand in a proposal beside its words; each comes when it is asked for. */
function Terms({ draft, change, about }: { draft: CardDraft; change: (patch: Partial<CardDraft>) => void; about: (field: string) => string | undefined }) {
  const [shown, show] = useState({ limits: draft.limits !== "", our_part: draft.our_part !== "", your_part: draft.your_part !== "" });
  const blank = () => ({ key: "", title: "", detail: "" });
  const add = (label: string, act: () => void) => (
    <Button kind="quiet" onClick={act}>
      <Plus size={14} /> {label}
    </Button>
  );
  return (
    <>
      {draft.options.length > 0 && <Options draft={draft} change={change} error={about("options")} />}
      {shown.limits && <TextField label={t("limits")} hint={t("limits_hint")} maxLength={LONG} value={draft.limits} error={about("limits")} onValue={(limits) => change({ limits })} />}
      {shown.our_part && (
        <div class="part">
          <TextField label={t("our_part")} maxLength={LONG} value={draft.our_part} error={about("our_part")} onValue={(our_part) => change({ our_part })} />
          <WhenField label={t("by_when")} at={draft.our_due} error={about("our_due")} onAt={(our_due) => change({ our_due })} />
        </div>
      )}
      {shown.your_part && (
        <div class="part">
          <TextField label={t("their_part_label")} maxLength={LONG} value={draft.your_part} error={about("your_part")} onValue={(your_part) => change({ your_part })} />
          <WhenField label={t("by_when")} at={draft.your_due} error={about("your_due")} onAt={(your_due) => change({ your_due })} />
        </div>
      )}
      <div class="beside-more">
        {draft.options.length === 0 && add(t("add_options"), () => change({ options: [blank(), blank()] }))}
        {draft.options.length > 0 && draft.options.length < MOST && add(t("add_option"), () => change({ options: [...draft.options, blank()] }))}
        {!shown.limits && add(t("limits"), () => show({ ...shown, limits: true }))}
        {!shown.our_part && add(t("our_part"), () => show({ ...shown, our_part: true }))}
        {!shown.your_part && add(t("their_part_label"), () => show({ ...shown, your_part: true }))}
      </div>
    </>
  );
}

function Options({ draft, change, error }: { draft: CardDraft; change: (patch: Partial<CardDraft>) => void; error: string | undefined }) {
  const put = (i: number, patch: { title?: string; detail?: string }) => change({ options: draft.options.map((o, n) => (n === i ? { ...o, ...patch } : o)) });
  // With one left there is nothing to choose from.
  const drop = (i: number) => change({ options: draft.options.length > 2 ? draft.options.filter((_, n) => n !== i) : [] });
  return (
    <fieldset class="option-rows">
      <legend class="field-label">{t("options")}</legend>
      {draft.options.map((o, i) => (
        <div key={i} class="option-row">
          <input class="input" dir="auto" maxLength={80} value={o.title} aria-label={t("option_title", { n: i + 1 })} placeholder={t("option_title", { n: i + 1 })} onInput={(e) => put(i, { title: e.currentTarget.value })} />
          <input class="input" dir="auto" maxLength={LONG} value={o.detail} aria-label={t("option_detail", { n: i + 1 })} placeholder={t("option_detail_short")} onInput={(e) => put(i, { detail: e.currentTarget.value })} />
          <IconButton class="small" label={t("remove_option", { n: i + 1 })} onClick={() => drop(i)}>
            <Trash2 size={14} />
          </IconButton>
        </div>
      ))}
      {error && (
        <div class="field-error" role="alert">
          {error}
        </div>
      )}
    </fieldset>
  );
}
