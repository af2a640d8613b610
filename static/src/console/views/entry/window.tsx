import { useState } from "preact/hooks";
import { newId } from "../../../wire";
import type { ByHand, Row } from "../../../wire/protocol";
import { api } from "../../api";
import { t } from "../../i18n";
import { serverNow } from "../../state/clock";
import { fetchConversation, viewOf } from "../../state/conversation";
import { done } from "../../state/toasts";
import { useBegun } from "../../ui/begun";
import { useWork } from "../../ui/busy";
import { Button } from "../../ui/button";
import { Choice, Field, Switch, TextArea, TextField } from "../../ui/field";
import { personName } from "../../words";
import { fromField, toField, WhenField, zone } from "../agreement/when";
import type { Ask } from "../order/asked";
import { lacking, requestOf, type Draft, type Lack } from "./form";

const CHANNELS: readonly ByHand[] = ["call", "visit", "video", "appointment"];
const blank = (): Draft => ({ id: newId(), client_id: newId(), channel: "call", at: serverNow(), minutes: "", party: "", need: "", note: "", place: "", promised: false, promise: "", due: 0 });

/** Enters what happened with a customer elsewhere, or what is agreed to come; what was begun stays until it is entered. */
export function EnterByHand({ ids, close }: Ask) {
  const id = ids[0]!;
  const [start] = useState(blank);
  const { value: d, change: keep, finish } = useBegun(`entry:${id}`, start);
  const [lack, setLack] = useState<Lack | "">("");
  const change = (patch: Partial<Draft>) => {
    keep(patch);
    setLack("");
  };
  const work = useWork();
  const person = viewOf(id)?.person;
  const meets = d.channel === "appointment";
  const submit = () => {
    const field = lacking(d, serverNow());
    setLack(field);
    if (field || !person || work.busy) return;
    work.run(async () => {
      await api.post<Row>(`people/${person.id}/entries`, requestOf(d, zone()));
      finish();
      close();
      const name = personName(person);
      done(meets ? t("entry_met", { name }) : t("entry_done", { what: t(`channel_${d.channel}`), name }));
      void fetchConversation(id);
    });
  };
  const turn = (channel: ByHand) => channel !== d.channel && change({ channel, at: channel === "appointment" ? 0 : meets ? serverNow() : d.at, minutes: channel === "appointment" ? d.minutes || "30" : d.minutes });
  const words = { at: t(meets ? "entry_lack_due" : "entry_lack_when"), minutes: t("entry_lack_minutes"), need: t("entry_lack_words"), note: t("entry_lack_note"), promise: t("lack_what"), due: t("lack_our_due") };
  const about = (field: Lack) => (lack === field ? words[field] : undefined);
  return (
    <form
      class="ask-form entry-form"
      onSubmit={(e) => {
        e.preventDefault();
        submit();
      }}
    >
      <Choice label={t("entry_what")} value={d.channel} onChange={turn} options={CHANNELS.map((value) => ({ value, label: t(`channel_${value}`) }))} />
      {meets && <WhenField label={t("entry_meet_when")} at={d.at} error={about("at")} onAt={(at) => change({ at })} />}
      <div class="entry-pair">
        {!meets && <Began at={d.at} error={about("at")} onAt={(at) => change({ at })} />}
        <TextField label={t("entry_minutes")} inputMode="numeric" maxLength={4} value={d.minutes} error={about("minutes")} onValue={(minutes) => change({ minutes })} />
      </div>
      <TextField label={t(meets ? "entry_meet_need" : "entry_need")} hint={meets ? t("entry_meet_need_hint") : undefined} maxLength={500} value={d.need} error={about("need")} onValue={(need) => change({ need })} />
      {meets ? (
        <TextField label={t("entry_place")} hint={t("entry_place_hint")} maxLength={300} value={d.place} onValue={(place) => change({ place })} />
      ) : (
        <>
          <TextField label={t("entry_party")} maxLength={300} value={d.party} onValue={(party) => change({ party })} />
          <TextArea label={t("entry_note")} hint={t("entry_note_hint")} maxLength={4_000} rows={3} value={d.note} error={about("note")} onValue={(note) => change({ note })} />
          <Switch label={t("entry_promised")} checked={d.promised} onChange={(promised) => change({ promised })} />
          {d.promised && (
            <>
              <TextField label={t("entry_promise")} maxLength={500} value={d.promise} error={about("promise")} onValue={(promise) => change({ promise })} />
              <WhenField label={t("entry_due")} at={d.due} error={about("due")} onAt={(due) => change({ due })} />
            </>
          )}
        </>
      )}
      {work.error && (
        <p class="field-error" role="alert">
          {work.error}
        </p>
      )}
      <div class="form-actions">
        <Button kind="primary" type="submit" busy={work.busy}>
          {t(meets ? "entry_meet_save" : "entry_save")}
        </Button>
        <Button onClick={close}>{t("cancel")}</Button>
      </div>
    </form>
  );
}

/** A time that has passed. */
function Began({ at, error, onAt }: { at: number; error: string | undefined; onAt: (at: number) => void }) {
  return (
    <Field label={t("entry_when")} error={error}>
      {(given) => <input {...given} type="datetime-local" class="input" value={toField(at)} max={toField(serverNow())} onInput={(e) => onAt(fromField(e.currentTarget.value))} />}
    </Field>
  );
}
