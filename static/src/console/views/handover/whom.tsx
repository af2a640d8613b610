import type { Candidate, Candidates } from "../../../wire/protocol";
import { t, type Key } from "../../i18n";
import { Face } from "../../ui/face";

interface WhomProps {
  people: readonly Candidate[];
  teams: Candidates["teams"];
  to: string;
  choose: (id: string) => void;
}

/** Colleagues and teams to choose one of; who cannot be asked stays in the list and says why. */
export function Whom({ people, teams, to, choose }: WhomProps) {
  return (
    <>
      {people.map((p) => (
        <Choice key={p.id} id={p.id} on={to === p.id} able={!p.why} choose={choose} detail={standing(p)}>
          <Face {...p} size="small" online={!p.why} />
          <bdi class="grow">{p.name}</bdi>
        </Choice>
      ))}
      {teams.map((x) => (
        <Choice key={x.id} id={x.id} on={to === x.id} able={x.able > 0} choose={choose} detail={t(x.able > 0 ? "hand_team" : "hand_team_none", { n: x.able })}>
          <bdi class="grow">{x.name}</bdi>
        </Choice>
      ))}
    </>
  );
}

/** "2 of 4", or why they cannot be asked. */
const standing = (p: Candidate) => (p.why ? t(`hand_${p.why}` as Key) : t("hand_room", { n: p.has, room: p.room }));

interface ChoiceProps {
  id: string;
  on: boolean;
  able?: boolean;
  choose: (id: string) => void;
  detail?: string;
  children: preact.ComponentChildren;
}

/** One of those whom it may go to. */
export function Choice({ id, on, able = true, choose, detail = "", children }: ChoiceProps) {
  return (
    <label class={`ask-choice hand-choice ${able ? "" : "hand-not"} ${on ? "on" : ""}`}>
      <input type="radio" name="hand-to" checked={on} disabled={!able} onChange={() => choose(id)} />
      {children}
      {detail && <span class="quiet">{detail}</span>}
    </label>
  );
}
