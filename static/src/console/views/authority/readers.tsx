import { Check, Clock } from "lucide-preact";
import { useEffect, useState } from "preact/hooks";
import type { Agent, Authority } from "../../../wire/protocol";
import { api } from "../../api";
import { t } from "../../i18n";
import { agentsTurn } from "../../state/team";
import { Section } from "../pages/page";

/** Those whom limits are for. */
export function useLimited(): readonly Agent[] {
  const [agents, set] = useState<readonly Agent[]>([]);
  useEffect(() => {
    api.get<{ agents: Agent[] }>("agents").then(
      (answer) => set(answer.agents.filter((a) => !a.disabled && a.role !== "owner" && a.role !== "admin")),
      () => {},
    );
  }, [agentsTurn.value]);
  return agents;
}

/** Who has read the limits as they are now. */
export function Readers({ held }: { held: Authority }) {
  const agents = useLimited();
  if (agents.length === 0) return null;
  return (
    <Section title={t("who_agreed")}>
      <ul class="readers">
        {agents.map((a) => {
          const agreed = held.read.some((r) => r.agent_id === a.id && r.version === held.version);
          return (
            <li key={a.id}>
              {agreed ? <Check size={14} aria-hidden="true" /> : <Clock size={14} aria-hidden="true" />}
              <bdi>{a.name}</bdi> <span class="quiet">{t(agreed ? "has_agreed" : "not_yet_agreed")}</span>
            </li>
          );
        })}
      </ul>
    </Section>
  );
}
