import { ArrowRightLeft, Inbox, X } from "lucide-preact";
import { useEffect, useState } from "preact/hooks";
import type { AtDesk, Candidates, MoveTo, Row, TeamToAsk } from "../../../wire/protocol";
import { api } from "../../api";
import { t, type Key } from "../../i18n";
import { Button, IconButton } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import { Face } from "../../ui/face";
import { TextField } from "../../ui/field";
import { moveAll } from "./deeds";
import { moving, picked, QUEUE, unpick } from "./picked";

/** Longest reason, in code points. */
const WHY = 500;

/** At the foot of the board while some are chosen: how many, and where to put them. */
export function Move({ people, again }: { people: readonly AtDesk[]; again: () => void }) {
  const n = picked.value.size;
  useEffect(() => unpick, []);
  if (n === 0) return null;
  return (
    <>
      <div class="board-bar" role="toolbar" aria-label={t("board_chosen_bar")}>
        <span class="grow" role="status">
          {t("board_chosen", { n })}
        </span>
        <Button kind="primary" onClick={() => (moving.value = "")}>
          <ArrowRightLeft size={15} /> {t("board_move")}
        </Button>
        <IconButton label={t("board_unpick")} onClick={unpick}>
          <X size={16} />
        </IconButton>
      </div>
      <Dialog open={moving.value !== null} onClose={() => setTimeout(() => (moving.value = null))} title={t("board_move_title", { n })} size="small">
        {moving.value !== null && <Where people={people} rows={[...picked.value.values()]} first={moving.value} again={again} />}
      </Dialog>
    </>
  );
}

interface WhereProps {
  people: readonly AtDesk[];
  rows: readonly Row[];
  first: string;
  again: () => void;
}

/** Asks who gets them, with how much everybody has, and why. */
function Where({ people, rows, first, again }: WhereProps) {
  const teams = useTeams(rows[0]!.id);
  const [to, choose] = useState(first);
  const [why, write] = useState("");
  const [busy, setBusy] = useState(false);
  const chosen = placeOf(to, people, teams);
  const submit = async () => {
    if (!chosen || busy) return;
    setBusy(true);
    const left = await moveAll(rows, chosen.place, chosen.name, why.trim(), again);
    setBusy(false);
    moving.value = null;
    picked.value = new Map(left.map((row) => [row.id, row]));
  };
  const choice = (id: string, able: boolean, detail: string, children: preact.ComponentChildren) => (
    <label key={id} class={`ask-choice hand-choice ${able ? "" : "hand-not"} ${to === id ? "on" : ""}`}>
      <input type="radio" name="board-to" checked={to === id} disabled={!able} onChange={() => choose(id)} />
      {children}
      <span class="quiet">{detail}</span>
    </label>
  );
  return (
    <form
      class="ask-form"
      onSubmit={(e) => {
        e.preventDefault();
        void submit();
      }}
    >
      <fieldset class="hand-whom">
        <legend class="field-label">{t("board_where")}</legend>
        {choice(QUEUE, true, "", <><Inbox size={18} aria-hidden="true" /> <span class="grow">{t("board_into_queue")}</span></>)}
        {people.map((p) => choice(p.id, p.why !== "absent", p.why ? `${t(`board_why_${p.why}` as Key)} · ${t("board_load", { n: p.has, room: p.room })}` : t("board_load", { n: p.has, room: p.room }), <><Face {...p} size="small" online={!p.why} /> <bdi class="grow">{p.name}</bdi></>))}
        {teams.map((x) => choice(x.id, x.able > 0, t("board_team", { n: x.able }), <bdi class="grow">{x.name}</bdi>))}
      </fieldset>
      <TextField label={t("board_why")} hint={t("board_why_hint")} value={why} onValue={write} maxLength={WHY} />
      <div class="form-actions">
        <Button kind="primary" type="submit" disabled={!chosen} busy={busy}>
          {t("board_move_now")}
        </Button>
        <Button onClick={() => (moving.value = null)}>{t("cancel")}</Button>
      </div>
    </form>
  );
}

/** The teams that could take over a conversation; none while they have not come, and where they do not come. */
function useTeams(id: string): readonly TeamToAsk[] {
  const [teams, show] = useState<readonly TeamToAsk[]>([]);
  useEffect(() => {
    api.get<Candidates>(`conversations/${id}/handover`).then((c) => show(c.teams), () => {});
  }, [id]);
  return teams;
}

function placeOf(to: string, people: readonly AtDesk[], teams: readonly TeamToAsk[]): { place: MoveTo; name: string } | null {
  if (to === QUEUE) return { place: { queue: true }, name: t("board_the_queue") };
  const person = people.find((p) => p.id === to && p.why !== "absent");
  if (person) return { place: { agent_id: to }, name: person.name };
  const team = teams.find((x) => x.id === to && x.able > 0);
  return team ? { place: { team_id: to }, name: team.name } : null;
}
