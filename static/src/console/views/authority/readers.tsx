import { Check, Clock } from "lucide-preact";
import type { Authority } from "../../../wire/protocol";
import { t } from "../../i18n";
import { Section } from "../pages/page";
import { useHolders } from "./holders";

/** Who has read the limits as they are now. */
export function Readers({ held }: { held: Authority }) {
  const { agents } = useHolders();
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
