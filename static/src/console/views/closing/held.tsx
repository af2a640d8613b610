import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { HeldFollowUp } from "../../../wire/protocol";
import { api } from "../../api";
import { explain } from "../../desk";
import { t } from "../../i18n";
import { deskPath } from "../../nav";
import { openEditor } from "../../state/agreement";
import { atLeaving } from "../../state/leaving";
import { me, site } from "../../state/session";
import { failed } from "../../state/toasts";
import { Button } from "../../ui/button";
import { personName } from "../../words";
import { dueWords } from "../agreement/when";
import { followUpPath } from "./follow-up";
import { lackWords } from "./lack";

/** One's own on the site in view, as far as they were read. */
const held = signal<readonly HeldFollowUp[]>([]);
atLeaving(() => (held.value = []));

async function fetchHeld(): Promise<void> {
  const id = site.value?.id ?? "";
  const { follow_ups } = await api.get<{ follow_ups: HeldFollowUp[] }>(`follow-ups?site=${id}`);
  if (id === site.value?.id) held.value = follow_ups;
}

const why = (f: HeldFollowUp) => t("held_because", { name: lackWords(f.lacks), time: dueWords(f.due_at) });

/** Tells the agent in whose name it would have been said; of: its site. */
export function tellHeld(of: string, f: HeldFollowUp): void {
  if (f.agent_id !== me.value?.agent.id) return;
  if (of === site.value?.id) held.value = [...held.value.filter((other) => other.id !== f.id), f];
  failed(t("held_told", { name: personName(f.person) }), why(f));
}

/** Follow-ups that could not be said, until they are planned anew or let go. */
export function HeldFollowUps() {
  useEffect(() => void fetchHeld().catch(explain), [site.value?.id]);
  if (held.value.length === 0) return null;
  return (
    <section class="ledger-group" aria-labelledby="held-follow-ups">
      <h2 id="held-follow-ups">{t("held_follow_ups")}</h2>
      <p class="quiet">{t("held_follow_ups_lead")}</p>
      <ul>
        {held.value.map((f) => (
          <Held key={f.id} f={f} />
        ))}
      </ul>
    </section>
  );
}

function Held({ f }: { f: HeldFollowUp }) {
  const href = "/console" + deskPath("closed", f.conversation_id);
  const letGo = async () => {
    await api.remove(followUpPath(f.conversation_id));
    held.value = held.value.filter((other) => other.id !== f.id);
  };
  return (
    <li class="promise">
      <div class="promise-line-row">
        <div class="grow">
          <a class="ledger-who" href={href}>
            <bdi>{personName(f.person)}</bdi>
          </a>
          <p class="promise-text">
            <bdi>{f.text}</bdi>
          </p>
          <p class="promise-sub">{why(f)}</p>
        </div>
        <a class="button button-plain" href={href} onClick={() => openEditor(f.conversation_id, "follow_up")}>
          {t("held_open")}
        </a>
        <Button kind="quiet" onClick={() => void letGo().catch(explain)}>
          {t("held_drop")}
        </Button>
      </div>
    </li>
  );
}
