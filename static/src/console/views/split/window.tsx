import { useEffect, useState } from "preact/hooks";
import { wordsOf, newId } from "../../../wire";
import type { Candidates, Matter, Matters, Message } from "../../../wire/protocol";
import { api, type ApiError } from "../../api";
import { t, type Key } from "../../i18n";
import { rowOf, viewOf } from "../../state/conversation";
import { solo } from "../../state/session";
import { Button } from "../../ui/button";
import { TextArea, TextField } from "../../ui/field";
import { Skeleton, Trouble } from "../../ui/state";
import { clockTime, stepName } from "../../words";
import { Choice as Taker, Whom } from "../handover/whom";
import type { Ask } from "../order/asked";
import { refusedIn, splitSoon } from "./deeds";

/** How many of the latest messages are offered, and how many may go: the server's bound. */
const SHOWN = 12;
/** Longest note and need, in code points. */
const NOTE = 2_000;
const NEED = 300;

/** What goes, what belongs to it, and who takes it. */
export function SplitOff({ ids, close }: Ask) {
  const id = ids[0]!;
  const [found, setFound] = useState<[Matters, Candidates] | null>(null);
  const [trouble, fail] = useState("");
  const read = () => {
    fail("");
    Promise.all([api.get<Matters>(`conversations/${id}/matters`), api.get<Candidates>(`conversations/${id}/handover`)]).then(setFound, (err: ApiError) => fail(err.message));
  };
  useEffect(read, [id]);
  if (trouble) return <Trouble message={trouble} retry={read} />;
  if (!found) return <Skeleton lines={5} />;
  return <Form id={id} matters={found[0].matters} candidates={found[1]} close={close} />;
}

interface Choices {
  id: string;
  matters: readonly Matter[];
  candidates: Candidates;
  close: () => void;
}

function Form({ id, matters, candidates, close }: Choices) {
  const several = matters.length > 1;
  const messages = (viewOf(id)?.messages ?? []).filter((m) => m.kind !== "auto").slice(-SHOWN);
  const now = viewOf(id)?.matter.id;
  const [again] = useState(() => refusedIn(id));
  const [matter, chooseMatter] = useState(() => (again ? again.matter_id : several ? (matters.find((m) => m.id === now) ?? matters[0]!).id : ""));
  const [need, name] = useState(again?.need ?? "");
  const [quoted, quote] = useState<ReadonlySet<string>>(() => new Set(again?.quoted ?? messages.filter((m) => m.author.kind === "person").slice(-1).map((m) => m.id)));
  const [to, give] = useState(() => (again && (again.queue ? "queue" : again.agent_id || again.team_id)) || "me");
  const [note, write] = useState(again?.note ?? "");
  const words = matter ? (matters.find((m) => m.id === matter)?.need ?? "") : need.trim();
  const ready = matter !== "" || words !== "";
  const submit = () => {
    if (!ready) return;
    splitSoon(
      id,
      {
        id: again?.id ?? newId(), matter_id: matter, need: matter ? "" : words, quoted: messages.filter((m) => quoted.has(m.id)).map((m) => m.id), note: note.trim(), from: rowOf(id)?.assignee?.id ?? "",
        queue: to === "queue", agent_id: candidates.people.some((p) => p.id === to) ? to : "", team_id: candidates.teams.some((x) => x.id === to) ? to : "",
      },
      words,
    );
    close();
  };
  return (
    <form
      class="ask-form split-form"
      onSubmit={(e) => {
        e.preventDefault();
        submit();
      }}
    >
      {several && (
        <fieldset>
          <legend class="field-label">{t("split_which")}</legend>
          {matters.map((m) => (
            <Choice key={m.id} on={matter === m.id} choose={() => chooseMatter(m.id)} detail={stepName(m.step)} words={m.need || t("split_unnamed")} />
          ))}
          <Choice on={matter === ""} choose={() => chooseMatter("")} words={t("split_new")} />
        </fieldset>
      )}
      {matter === "" && <TextField label={t("split_need")} hint={t("split_need_hint")} value={need} onValue={name} maxLength={NEED} required />}
      <fieldset class="split-messages">
        <legend class="field-label">{t("split_messages")}</legend>
        <p class="field-hint">{t(messages.length > 0 ? "split_messages_hint" : "split_no_messages")}</p>
        {messages.map((m) => (
          <Told key={m.id} message={m} on={quoted.has(m.id)} turn={() => quote(turned(quoted, m.id))} />
        ))}
      </fieldset>
      {!solo.value && (
        <fieldset class="hand-whom">
          <legend class="field-label">{t("split_who")}</legend>
          <Taker id="me" on={to === "me"} choose={give}>
            <bdi class="grow">{t("split_me")}</bdi>
          </Taker>
          <Whom people={candidates.people} teams={candidates.teams} to={to} choose={give} />
          <Taker id="queue" on={to === "queue"} choose={give} detail={t("split_queue_hint")}>
            <bdi class="grow">{t("split_queue")}</bdi>
          </Taker>
        </fieldset>
      )}
      <TextArea label={t("split_note")} hint={t("split_note_hint")} value={note} onValue={write} maxLength={NOTE} rows={2} onKeyDown={(e) => e.key === "Enter" && (e.ctrlKey || e.metaKey) && submit()} />
      <div class="form-actions">
        <Button kind="primary" type="submit" disabled={!ready}>
          {t("split_do")}
        </Button>
        <Button onClick={close}>{t("cancel")}</Button>
      </div>
    </form>
  );
}

function turned(set: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const next = new Set(set);
  if (!next.delete(id)) next.add(id);
  return next;
}

function Choice({ on, choose, words, detail = "" }: { on: boolean; choose: () => void; words: string; detail?: string }) {
  return (
    <label class={`ask-choice ${on ? "on" : ""}`}>
      <input type="radio" name="split-matter" checked={on} onChange={choose} />
      <bdi class="grow">{words}</bdi>
      {detail && <span class="quiet">{detail}</span>}
    </label>
  );
}

function Told({ message, on, turn }: { message: Message; on: boolean; turn: () => void }) {
  return (
    <label class="split-told">
      <input type="checkbox" checked={on} onChange={turn} />
      <bdi class="grow">{wordsOf(message)}</bdi>
      <span class="quiet">
        {message.author.name || t(`by_${message.author.kind}` as Key)} · {clockTime(message.at)}
      </span>
    </label>
  );
}
