import { BadgeCheck, ShieldQuestion } from "lucide-preact";
import { useState } from "preact/hooks";
import type { Attribute, ConversationView, PageView, Person } from "../../../wire/protocol";
import { api } from "../../api";
import { explain } from "../../desk";
import { t, type Key } from "../../i18n";
import { now } from "../../state/clock";
import { setView } from "../../state/conversation";
import { Face } from "../../ui/face";
import { ago, exactTime } from "../../words";
import { LastTime } from "../agreement/lazy";
import { Given } from "../authority/lazy";
import { BlockPerson, ErasePerson } from "../privacy/lazy";
import { SamePerson, Together } from "../same/lazy";
import { Earlier } from "./earlier";
import { Notes } from "./notes";
import { Purchases } from "./purchases";
import { TheirTime } from "./time";
import { Who } from "./who";

const SEGMENTS = ["", "prospective", "new", "existing", "past"] as const;

/** Who this is: what they told, what is proven, where they look, and how it went before. */
export function Customer({ id, view }: { id: string; view: ConversationView }) {
  const { person } = view;
  const save = async (patch: { name?: string; email?: string; segment?: string }) => {
    const before = person;
    setView(id, (v) => ({ ...v, person: { ...v.person, ...patch } }));
    try {
      const changed = await api.patch<Person>(`people/${person.id}`, patch);
      setView(id, (v) => ({ ...v, person: changed }));
    } catch (err) {
      setView(id, (v) => ({ ...v, person: before }));
      explain(err);
    }
  };
  return (
    <section class="customer" aria-label={t("customer")}>
      <div class="customer-head">
        <Face id={person.id} name={person.name} size="large" />
        <div class="grow">
          <Who person={person} save={(patch) => void save(patch)} />
        </div>
      </div>
      <div class="facts">
        <Trust person={person} />
        <label class="segment">
          <span class="sr">{t("segment")}</span>
          <select value={person.segment} onChange={(e) => void save({ segment: e.currentTarget.value })}>
            {SEGMENTS.map((s) => (
              <option key={s} value={s}>
                {t(`segment_${s || "unknown"}` as Key)}
              </option>
            ))}
          </select>
        </label>
        <span class="quiet" title={exactTime(person.first_seen_at)}>
          {t("first_seen", { ago: ago(person.first_seen_at, now.value) })}
        </span>
      </div>
      <TheirTime zone={person.zone} />
      <Attributes list={person.attributes} />
      {view.earlier.length > 0 && <LastTime key={id} view={view} />}
      <Purchases list={view.purchases} />
      <Pages pages={view.pages} />
      {view.grants.length > 0 && <Given view={view} />}
      <Earlier id={id} rows={view.earlier} />
      <Notes id={id} person={person.id} notes={view.notes} />
      {view.merges && <Together id={id} person={person} merges={view.merges} />}
      <SamePerson key={`same ${person.id}`} id={id} person={person} />
      <BlockPerson key={`block ${person.id}`} id={id} person={person} />
      <ErasePerson key={person.id} person={person} />
    </section>
  );
}

/** A name that no token said stands beside a badge that speaks of the account alone. */
function Trust({ person }: { person: Person }) {
  return person.verified ? (
    <span class="badge badge-good" title={t("verified_how")}>
      <BadgeCheck size={13} /> {t(person.name_given ? "verified_account" : "verified")}
    </span>
  ) : (
    <span class="badge" title={t("unverified_how")}>
      <ShieldQuestion size={13} /> {t("unverified")}
    </span>
  );
}

function Attributes({ list }: { list: readonly Attribute[] }) {
  if (list.length === 0) return null;
  return (
    <dl class="attributes">
      {list.map((a) => (
        <div key={a.key}>
          <dt>
            <bdi>{a.key}</bdi>
          </dt>
          <dd title={a.verified ? t("verified_how") : t("unverified_how")}>
            <bdi>{a.value}</bdi>
            {a.verified && <BadgeCheck size={12} class="verified" aria-label={t("verified")} />}
          </dd>
        </div>
      ))}
    </dl>
  );
}

const PAGES_SHOWN = 3;

function Pages({ pages }: { pages: readonly PageView[] }) {
  const [all, showAll] = useState(false);
  if (pages.length === 0) return null;
  const shown = all ? pages : pages.slice(0, PAGES_SHOWN);
  return (
    <div class="section">
      <div class="section-head">
        <h4>{t("pages")}</h4>
      </div>
      <ol class="pages">
        {shown.map((p, i) => (
          <li key={p.at + p.url} class={i === 0 ? "page-now" : ""}>
            <a href={safe(p.url)} target="_blank" rel="noopener noreferrer nofollow" title={p.url}>
              <bdi>{p.title || path(p.url)}</bdi>
            </a>
            <time title={exactTime(p.at)}>{i === 0 ? t("page_now") : ago(p.at, now.value)}</time>
          </li>
        ))}
      </ol>
      {pages.length > shown.length && (
        <button type="button" class="link more" onClick={() => showAll(true)}>
          {t("n_more", { n: pages.length - shown.length })}
        </button>
      )}
    </div>
  );
}

/** Only addresses of the web lead anywhere. */
function safe(url: string): string | undefined {
  return /^https?:\/\//i.test(url) ? url : undefined;
}
function path(url: string): string {
  try {
    const u = new URL(url);
    return u.pathname + u.search;
  } catch {
    return url;
  }
}
