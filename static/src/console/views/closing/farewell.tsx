import { useEffect, useMemo } from "preact/hooks";
import type { ClosingWords, ConversationView, Template } from "../../../wire/protocol";
import { t } from "../../i18n";
import { farewells } from "../../state/closing";
import type { LastWords } from "../../state/ending";
import { templates } from "../../state/guide";
import { fill } from "../../state/template";
import { TextArea } from "../../ui/field";

/** How many templates of each kind are offered. */
const OFFERED = 3;

interface Props {
  view: ConversationView;
  words: readonly ClosingWords[] | undefined;
  last: LastWords;
  /** What keeps it from being sent, "" for nothing. */
  lack: string;
  /** The templates could not be fetched. */
  error: boolean;
  retry: () => void;
  write: (last: LastWords) => void;
}

/** The last words: thanks that fit, other ones, and an invitation to come back. */
export function Farewell({ view, words, last, lack, error, retry, write }: Props) {
  const { thanks, invitations } = useMemo(() => farewells(words ?? [], templates.value, view), [words, templates.value, view.matter, view.person]);
  const said = (x: Template) => fill(x.body, view.variables);
  const begin = (x: Template) => write({ text: said(x), template: x.id, own: false });
  const [best] = thanks;
  useEffect(() => {
    if (best && !last.own && !last.text) begin(best);
  }, [best?.id]);
  const invites = words?.some((w) => w.template_id === last.template && w.invites) && !last.own;
  const invite = (x: Template) => write({ ...last, text: last.text.includes(said(x)) ? last.text.replace(said(x), "").trim() : `${last.text.trimEnd()} ${said(x)}`.trim(), own: true });
  return (
    <section class="part">
      <TextArea label={t("last_words")} rows={3} maxLength={10_000} data-first="" value={last.text} error={lack || undefined} hint={invites ? t("last_words_invite") : undefined} onValue={(text) => write({ ...last, text, own: true })} />
      <Picks label={t("last_words_from")} list={thanks.slice(0, OFFERED)} on={(x) => x.id === last.template && !last.own} pick={begin} />
      {!invites && <Picks label={t("invite_back")} list={invitations.slice(0, OFFERED)} on={(x) => last.text.includes(said(x))} pick={invite} />}
      {error && (
        <p class="quiet" role="status">
          {t("farewells_missing")}{" "}
          <button type="button" class="link" onClick={retry}>
            {t("try_again")}
          </button>
        </p>
      )}
    </section>
  );
}

function Picks({ label, list, on, pick }: { label: string; list: readonly Template[]; on: (x: Template) => boolean; pick: (x: Template) => void }) {
  if (list.length === 0) return null;
  return (
    <div class="picks" role="group" aria-label={label}>
      <span class="quiet" aria-hidden="true">
        {label}
      </span>
      {list.map((x) => (
        <button key={x.id} type="button" class="pick" aria-pressed={on(x)} onClick={() => pick(x)}>
          <bdi>{x.title}</bdi>
        </button>
      ))}
    </div>
  );
}
