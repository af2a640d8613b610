import { t } from "../../i18n";
import { agentsFailed, fetchAgents, useAgents } from "../../state/agents";
import { serverNow } from "../../state/clock";
import { me } from "../../state/session";
import { team } from "../../state/team";
import { Face } from "../../ui/face";
import { Skeleton, Trouble } from "../../ui/state";
import { exactTime } from "../../words";
import type { Ask } from "./asked";
import { giveTo, onEach } from "./deeds";

/** Asks who gets it: oneself first, then who is here; who is away says so and cannot be chosen. */
export function Give({ ids, close }: Ask) {
  const agents = useAgents();
  if (!agents) return agentsFailed.value ? <Trouble message={t("agents_failed")} retry={() => void fetchAgents()} /> : <Skeleton kind="row" lines={3} />;
  const own = me.value?.agent.id;
  const online = (id: string) => team.value.some((x) => x.id === id && x.status === "online");
  const order = [...agents].sort((a, b) => Number(b.id === own) - Number(a.id === own) || Number(online(b.id)) - Number(online(a.id)) || a.name.localeCompare(b.name));
  return (
    <ul class="ask-usual">
      {order.map((a) => {
        const away = a.absence && a.absence.until > serverNow();
        return (
          <li key={a.id}>
            <button
              type="button"
              class="ask-choice"
              disabled={!!away}
              title={away ? exactTime(a.absence!.until) : undefined}
              onClick={() => {
                close();
                void onEach(ids, giveTo(a), { one: "given_one", many: "given_many" }, { agent: a.id === own ? t("you_object") : a.name });
              }}
            >
              <Face {...a} size="small" online={online(a.id)} />
              <bdi class="grow">{a.id === own ? t("give_me", { name: a.name }) : a.name}</bdi>
              <span class="quiet">{away ? t("give_away") : online(a.id) ? t("status_online") : t("give_not_here")}</span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}
