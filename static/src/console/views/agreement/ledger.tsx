import { CalendarCheck } from "lucide-preact";
import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { isLate } from "../../../wire";
import type { LedgerRow } from "../../../wire/protocol";
import { explain } from "../../desk";
import { t } from "../../i18n";
import { deskPath } from "../../nav";
import { now } from "../../state/clock";
import { fetchLedger, fetchMore, ledger, type LedgerList } from "../../state/promises";
import { may, site } from "../../state/session";
import { Button } from "../../ui/button";
import { Choice } from "../../ui/field";
import { Empty, Skeleton, Trouble } from "../../ui/state";
import { personName } from "../../words";
import { HeldFollowUps } from "../closing/held";
import { Page } from "../pages/page";
import { EndedItem } from "./ended";
import { PromiseItem } from "./promise";
import { Theirs } from "./theirs";

/** What a colleague did shows after this long at the latest, ms. */
const AGAIN = 30_000;

/** The list that a link names: the board's leads to those that are late. */
const asked = (): LedgerList => (new URLSearchParams(location.search).get("list") === "late" ? "late" : "mine");

/** Promises: one's own, the site's and the late ones, the next due first; and how the last ones ended. */
export function Ledger() {
  const [list, choose] = useState<LedgerList>(asked);
  useEffect(() => {
    const read = () => void (!document.hidden && fetchLedger(list));
    read();
    const timer = setInterval(read, AGAIN);
    return () => clearInterval(timer);
  }, [list, site.value?.id]);
  const { counts } = ledger.value;
  return (
    <Page
      at="promises"
      title={t("promises")}
      lead={t("promises_lead")}
      actions={
        may("complaint.oversee") && (
          <a class="button button-plain" href="/console/complaints">
            {t("to_complaints")}
          </a>
        )
      }
    >
      <div class="ledger-head">
        <Choice
          label={t("whose_promises")}
          value={list}
          options={[
            { value: "mine", label: t("list_mine_promises") },
            { value: "anyone", label: t("list_anyone_promises") },
            { value: "site", label: t("list_site_promises") },
            { value: "late", label: t("list_late_promises") },
            { value: "ended", label: t("list_ended_promises") },
          ]}
          onChange={choose}
        />
        <p class="ledger-counts">
          <span class={counts.late ? "late" : "quiet"}>{t("n_late", { n: counts.late })}</span> · <span class="quiet">{t("n_soon", { n: counts.soon })}</span>
        </p>
      </div>
      {list === "mine" && <HeldFollowUps />}
      <List list={list} />
    </Page>
  );
}

function List({ list }: { list: LedgerList }) {
  const { status, error, promises, next } = ledger.value;
  if (status === "error") return <Trouble message={error} retry={() => void fetchLedger(list)} />;
  if (status === "loading") return <Skeleton kind="row" lines={4} />;
  const more = next && (
    <Button class="ledger-more" onClick={() => void fetchMore().catch(explain)}>
      {t("show_more")}
    </Button>
  );
  if (list === "ended") return <Ended promises={promises.filter((p) => p.state !== "open")} more={more} />;
  const open = promises.filter((p) => p.state === "open");
  if (open.length === 0) return <Empty icon={<CalendarCheck size={28} />} title={t(`no_promises_${list}`)} />;
  const late = open.filter((p) => isLate(p, now.value));
  const rest = open.filter((p) => !isLate(p, now.value));
  return (
    <>
      {late.length > 0 && <Group title={t("list_late_promises")} promises={late} />}
      {rest.length > 0 && <Group title={t("coming")} promises={rest} />}
      {more}
    </>
  );
}

function Ended({ promises, more }: { promises: LedgerRow[]; more: ComponentChildren }) {
  if (promises.length === 0) return <Empty icon={<CalendarCheck size={28} />} title={t("no_promises_ended")} />;
  return (
    <section class="ledger-group">
      <ul>
        {promises.map((p) => (
          <Theirs.Provider key={p.id} value={p.person}>
            <EndedItem promise={p} more={<Who promise={p} />} />
          </Theirs.Provider>
        ))}
      </ul>
      {more}
    </section>
  );
}

function Who({ promise }: { promise: LedgerRow }) {
  return (
    <a class="ledger-who" href={"/console" + deskPath("open", promise.conversation_id)}>
      <bdi>{personName(promise.person)}</bdi>
    </a>
  );
}

function Group({ title, promises }: { title: string; promises: LedgerRow[] }) {
  return (
    <section class="ledger-group">
      <h2>{title}</h2>
      <ul>
        {promises.map((p) => (
          <Theirs.Provider key={p.id} value={p.person}>
            <PromiseItem promise={p} more={<Who promise={p} />} />
          </Theirs.Provider>
        ))}
      </ul>
    </section>
  );
}
