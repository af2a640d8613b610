import { BadgeCheck, Lock, Paperclip } from "lucide-preact";
import type { PersonFound, SearchHit } from "../../../wire/protocol";
import { t, type Key } from "../../i18n";
import { deskPath, openConversation } from "../../nav";
import { now } from "../../state/clock";
import { openAt } from "../../state/landing";
import { list } from "../../state/lists";
import { me } from "../../state/session";
import { Face } from "../../ui/face";
import { exactTime, personName, shortAgo, stepName } from "../../words";

/** A plain click shows it here; with a key held, the browser does what that means. */
const plain = (e: MouseEvent) => e.button === 0 && !e.ctrlKey && !e.metaKey && !e.shiftKey && !e.altKey;

/** One message that was found: whose conversation, who said it, and the words around it. */
export function HitItem({ hit }: { hit: SearchHit }) {
  const { row } = hit;
  const sites = me.value?.sites ?? [];
  const open = (e: MouseEvent) => {
    if (!plain(e)) return;
    e.preventDefault();
    openAt(row.id, hit.seq);
  };
  return (
    <a class={`hit ${hit.kind === "note" ? "hit-note" : ""}`} href={"/console" + deskPath(list.value, row.id)} onClick={open} onKeyDown={walk}>
      <Face id={row.person.id} name={row.person.name} size="medium" />
      <span class="hit-main">
        <span class="hit-head">
          <span class="hit-name">
            <bdi>{personName(row.person)}</bdi>
            {row.person.verified && <BadgeCheck size={13} class="verified" aria-label={t("verified")} />}
          </span>
          <time class="quiet" title={exactTime(hit.at)}>
            {shortAgo(hit.at, now.value)}
          </time>
        </span>
        <span class="hit-words" dir="auto">
          <Said hit={hit} />
          {hit.cut_start && "… "}
          {hit.parts.map((p, i) => (p.hit ? <mark key={i}>{p.text}</mark> : p.text))}
          {hit.cut_end && " …"}
        </span>
        <span class="hit-foot quiet">
          {sites.length > 1 && <bdi>{sites.find((s) => s.id === row.site_id)?.name} · </bdi>}
          {t(`found_${row.state}` as Key)} · {stepName(row.step)}
          {row.assignee && (
            <>
              {" "}
              · <bdi>{row.assignee.name}</bdi>
            </>
          )}
        </span>
      </span>
    </a>
  );
}

function Said({ hit }: { hit: SearchHit }) {
  const { author } = hit;
  const name = author.kind === "system" ? t("automatic") : author.id === me.value?.agent.id ? t("you") : author.kind === "agent" ? author.name : "";
  return (
    <>
      {hit.kind === "note" && <Lock size={12} aria-label={t("note")} />}
      {hit.files > 0 && <Paperclip size={12} aria-label={t("has_files", { n: hit.files })} />}
      {name && (
        <span class="hit-who">
          <bdi>{name}</bdi>:{" "}
        </span>
      )}
    </>
  );
}

/** A customer who was found by name. */
export function PersonItem({ person }: { person: PersonFound }) {
  const open = (e: MouseEvent) => {
    if (!plain(e)) return;
    e.preventDefault();
    openConversation(person.conversation_id);
  };
  return (
    <a class="person-found" href={"/console" + deskPath(list.value, person.conversation_id)} onClick={open}>
      <Face id={person.id} name={person.name} size="small" />
      <bdi>{personName(person)}</bdi>
      {person.verified && <BadgeCheck size={13} class="verified" aria-label={t("verified")} />}
      {person.email && (
        <span class="quiet">
          <bdi>{person.email}</bdi>
        </span>
      )}
    </a>
  );
}

/** Arrows go from one result to the next; above the first is the field. */
function walk(e: KeyboardEvent): void {
  if (e.key !== "ArrowDown" && e.key !== "ArrowUp") return;
  const all = [...document.querySelectorAll<HTMLElement>(".hit")];
  const to = all.indexOf(e.target as HTMLElement) + (e.key === "ArrowDown" ? 1 : -1);
  e.preventDefault();
  if (to < 0) document.querySelector<HTMLElement>(".search-field input")?.focus();
  else all[to]?.focus();
}
