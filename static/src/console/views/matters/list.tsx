import "./dress";
import { Trash2 } from "lucide-preact";
import { useEffect } from "preact/hooks";
import type { ConversationView, Matter, Matters as All } from "../../../wire/protocol";
import { explain } from "../../desk";
import { t } from "../../i18n";
import { dropMatter, fetchMatters, fileUnder, matters, turnTo } from "../../state/matters";
import { done } from "../../state/toasts";
import { Button, IconButton } from "../../ui/button";
import { stepName } from "../../words";

/** The matters of a conversation that has several: which is on, the way to the others, and whose the last words are. */
export function Matters({ id, view }: { id: string; view: ConversationView }) {
  const { matter } = view;
  const last = view.messages.findLast((m) => m.author.kind === "person")?.id;
  useEffect(() => {
    if (matter.beside) void fetchMatters(id).catch(explain);
  }, [id, matter.id, matter.beside, last]);
  const all = matters.value?.id === id ? matters.value : null;
  if (!matter.beside || !all || all.matters.length < 2) return null;
  return (
    <section class="matters" aria-label={t("matters_title", { n: all.matters.length })}>
      <h3>{t("matters_title", { n: all.matters.length })}</h3>
      <ol>
        {all.matters.map((m) => (
          <Row key={m.id} id={id} left={all.matters.length - 1} matter={m.id === matter.id ? matter : m} now={m.id === matter.id} />
        ))}
      </ol>
      <Said id={id} all={all} now={matter} />
    </section>
  );
}

/** left: how many there are without it. */
function Row({ id, matter, now, left }: { id: string; matter: Matter; now: boolean; left: number }) {
  const need = matter.need || t("matter_unknown");
  const drop = () =>
    dropMatter(id, matter.id).then(() => {
      done(t("matter_dropped", { n: left }), () => void turnTo(id, matter.id).catch(explain));
      return fetchMatters(id);
    });
  return (
    <li class={`matter ${now ? "matter-now" : ""}`}>
      <button type="button" class="matter-go" aria-current={now || undefined} aria-label={t(now ? "matter_now" : "matter_go", { n: matter.number, need, step: stepName(matter.step) })} onClick={() => !now && void turnTo(id, matter.id).catch(explain)}>
        <span class="matter-number">{matter.number}</span>
        <span class="grow">
          <bdi class="matter-need">{need}</bdi>
          <span class="quiet">{stepName(matter.step)}</span>
        </span>
      </button>
      {matter.number > 1 && (
        <IconButton class="small" label={t("matter_drop")} onClick={() => void drop().catch(explain)}>
          <Trash2 size={13} />
        </IconButton>
      )}
    </li>
  );
}

/** Where the customer's last words were put, and where else they may belong. */
function Said({ id, all, now }: { id: string; all: All; now: Matter }) {
  const { said } = all;
  if (!said || said.matter_id !== now.id) return null;
  const file = (m: Matter) => fileUnder(id, said.message_id, m.id).then(() => done(t("matter_filed", { n: m.number }), () => void fileUnder(id, said.message_id, now.id).catch(explain)));
  return (
    <p class="matter-said">
      <bdi class="grow">{t("matter_said", { text: `“${said.text}”` })}</bdi>
      {all.matters
        .filter((m) => m.id !== now.id)
        .map((m) => (
          <Button key={m.id} kind="quiet" onClick={() => void file(m).catch(explain)}>
            {t("matter_file", { n: m.number })}
          </Button>
        ))}
    </p>
  );
}
