import { signal } from "@preact/signals";
import { go as fuzzy } from "fuzzysort";
import { Users } from "lucide-preact";
import type { Team } from "../../../wire/protocol";
import { api } from "../../api";
import { t } from "../../i18n";
import { agents, fetchAgents } from "../../state/agents";
import { serverNow } from "../../state/clock";
import { me } from "../../state/session";
import { Face } from "../../ui/face";
import "../order/dress";
import type { At, Nameable } from "./at";

export const names = signal<readonly Nameable[]>([]);

/** Reads who there is; teams that cannot be read are left out. */
export async function fetchNames(): Promise<void> {
  const [, teams] = await Promise.all([fetchAgents(), api.get<{ teams: Team[] }>("teams").then((d) => d.teams, () => [] as Team[])]);
  const people = (agents.value ?? [])
    .filter((a) => a.id !== me.value?.agent.id)
    .map((a): Nameable => ({ id: a.id, name: a.name, picture: a.picture, team: false, note: a.absence && a.absence.until > serverNow() ? t("at_away") : "" }));
  const groups = teams.map((x): Nameable => ({ id: x.id, name: x.name, picture: "", team: true, note: t("at_team", { n: x.members.length }) }));
  names.value = [...people, ...groups];
}

/** How many are shown at once. */
const MOST = 8;

export function search(query: string): Nameable[] {
  const all = names.value;
  // Whoever has been named already is done with.
  if (all.some((x) => query.toLowerCase().startsWith(`${x.name.toLowerCase()} `))) return [];
  if (!query.trim()) return all.slice(0, MOST);
  return fuzzy(query.trim(), [...all], { key: "name", limit: MOST, threshold: 0.4 }).map((r) => r.obj);
}

/** The rows above the field. */
export function Menu({ at }: { at: At }) {
  return (
    <div class="slash">
      <div class="slash-list" role="listbox" id="at-menu" aria-label={t("at_who")}>
        {at.found.map((x, i) => (
          <div
            key={x.id}
            id={`at-${i}`}
            role="option"
            tabIndex={-1}
            aria-selected={i === at.at}
            class={`slash-item ${i === at.at ? "on" : ""}`}
            onMouseEnter={() => at.point(i)}
            onMouseDown={(e) => {
              e.preventDefault();
              at.choose(i);
            }}
          >
            {x.team ? <Users size={16} aria-hidden="true" /> : <Face id={x.id} name={x.name} picture={x.picture} size="tiny" />}
            <bdi class="slash-title">{x.name}</bdi>
            {x.note && <span class="slash-steps">{x.note}</span>}
          </div>
        ))}
      </div>
    </div>
  );
}
