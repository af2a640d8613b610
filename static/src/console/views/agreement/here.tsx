import { ChevronDown, CircleHelp, Clock, MapPin, TrendingDown, TrendingUp } from "lucide-preact";
import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { ConversationView, InteractionType, Matter, Mood } from "../../../wire/protocol";
import { isLate } from "../../../wire";
import { explain } from "../../desk";
import { t, type Key } from "../../i18n";
import { raised, takeWish } from "../../state/agreement";
import { correct } from "../../state/cards";
import { now } from "../../state/clock";
import { openPromises } from "../../state/promises";
import { keep, recall } from "../../state/storage";
import { IconButton } from "../../ui/button";
import { Menu, type MenuItem } from "../../ui/menu";
import { InlineEdit } from "../customer/inline";
import { Due } from "./due";

const folded = signal(recall<boolean>("here-folded", false));
function fold(): void {
  folded.value = !folded.value;
  keep("here-folded", folded.value);
}

/** Where we are: what they need, what they asked last, what comes next. One line above the thread. */
export function Here({ id, view }: { id: string; view: ConversationView }) {
  const { matter } = view;
  const [next] = openPromises(view.promises);
  const save = (patch: Parameters<typeof correct>[1]) => void correct(id, patch).catch(explain);
  return (
    <section class={`here ${folded.value ? "here-folded" : ""}`} aria-label={t("where_we_are")}>
      <IconButton class="small here-fold" label={t(folded.value ? "unfold_here" : "fold_here")} aria-expanded={!folded.value} onClick={fold}>
        <ChevronDown size={14} />
      </IconButton>
      {!folded.value && (
        <>
          <span class="here-part here-need">
            <MapPin size={14} aria-hidden="true" />
            <InlineEdit key={matter.id} label={t("need")} value={matter.need} placeholder={t("need_unknown")} onSave={(need) => save({ need })} />
          </span>
          {matter.question && (
            <span class="here-part here-question" title={t("open_question")}>
              <CircleHelp size={14} aria-hidden="true" />
              <span class="sr">{t("open_question")}</span>
              <bdi>{matter.question}</bdi>
            </span>
          )}
          {next && (
            <span class="here-part here-next">
              <Clock size={14} aria-hidden="true" />
              <bdi>{next.whose === "theirs" ? t("their_part", { text: next.text }) : next.text}</bdi>
              <Due at={next.due_at} late={isLate(next, now.value)} />
            </span>
          )}
        </>
      )}
      <Reading id={id} matter={matter} save={save} />
    </section>
  );
}

const TYPES: readonly InteractionType[] = ["request", "question", "complaint", "compliment"];
const MOODS: readonly Mood[] = ["fine", "unsure", "upset"];

/** What was read from their words, quietly; the menu behind it sets it right. */
function Reading({ id, matter, save }: { id: string; matter: Matter; save: (patch: { type?: Matter["type"]; mood?: Matter["mood"] }) => void }) {
  useEffect(() => {
    if (takeWish(id, "reading")) document.querySelector<HTMLElement>(".reading")?.click();
  }, [raised.value]);
  const type = (x: InteractionType): MenuItem => ({ id: x, label: t(`type_${x}`), checked: matter.type === x, run: () => save({ type: matter.type === x ? "" : x }) });
  const mood = (x: Mood, i: number): MenuItem => ({ id: x, label: t(`mood_${x}`), checked: matter.mood === x, divide: i === 0, run: () => save({ mood: matter.mood === x ? "" : x }) });
  const words = [matter.type && t(`type_${matter.type}`), matter.mood && t(`mood_${matter.mood}`)].filter(Boolean).join(" · ");
  const trend: Key | "" = matter.trend > 0 ? "mood_rises" : matter.trend < 0 ? "mood_falls" : "";
  return (
    <Menu key={id} class={`reading ${matter.mood === "upset" ? "reading-upset" : ""} ${matter.type === "complaint" ? "reading-first" : ""}`} label={`${t("correct_reading")}: ${words || t("nothing_read")}${trend ? `, ${t(trend)}` : ""}`} items={[...TYPES.map(type), ...MOODS.map(mood)]}>
      {words || t("nothing_read")}
      {trend && (matter.trend > 0 ? <TrendingUp size={14} class="mirror" /> : <TrendingDown size={14} class="mirror" />)}
    </Menu>
  );
}
