import { HeartHandshake } from "lucide-preact";
import { useEffect, useState } from "preact/hooks";
import type { ComplaintRow } from "../../../wire/protocol";
import { explain } from "../../desk";
import { t, type Key } from "../../i18n";
import { deskPath } from "../../nav";
import { now } from "../../state/clock";
import { fetchComplaints, fetchMoreComplaints, listed, refreshComplaints, shows, type ComplaintList } from "../../state/complaint";
import { manages, may, site } from "../../state/session";
import { Button } from "../../ui/button";
import { Choice } from "../../ui/field";
import { Empty, Skeleton, Trouble } from "../../ui/state";
import { ago, exactTime, personName } from "../../words";
import { Due } from "../agreement/due";
import { Page } from "../pages/page";
import { causeName, OwnCauses } from "./causes";

/** What happened meanwhile shows after this long at the latest, ms. */
const AGAIN = 30_000;

/** All complaints of a site with their stage, for supervisors. */
export function Complaints() {
  const [list, choose] = useState<ComplaintList>("open");
  const allowed = may("complaint.oversee");
  useEffect(() => {
    if (!allowed) return;
    void fetchComplaints(list);
    const timer = setInterval(() => void (!document.hidden && refreshComplaints(list)), AGAIN);
    return () => clearInterval(timer);
  }, [list, site.value?.id]);
  return (
    <Page at="promises" title={t("complaints")} lead={t("complaints_lead")}>
      {allowed ? (
        <>
          <Choice
            label={t("which_complaints")}
            value={list}
            options={[
              { value: "open", label: t("complaints_open") },
              { value: "ended", label: t("complaints_ended") },
              { value: "dropped", label: t("complaints_dropped") },
            ]}
            onChange={choose}
          />
          <List list={list} />
          {manages.value && <OwnCauses key={site.value?.id} />}
        </>
      ) : (
        <Empty icon={<HeartHandshake size={28} />} title={t("complaints_not_yours")} />
      )}
    </Page>
  );
}

function List({ list }: { list: ComplaintList }) {
  const { status, error, complaints, next } = listed.value;
  if (!shows(list) || status === "loading") return <Skeleton kind="row" lines={4} />;
  if (status === "error") return <Trouble message={error} retry={() => void fetchComplaints(list)} />;
  if (complaints.length === 0) return <Empty icon={<HeartHandshake size={28} />} title={t(`no_complaints_${list}`)} />;
  return (
    <>
      <ul class="complaints">
        {complaints.map((c) => (
          <Item key={c.id} complaint={c} />
        ))}
      </ul>
      {next && (
        <Button class="ledger-more" onClick={() => void fetchMoreComplaints().catch(explain)}>
          {t("show_more")}
        </Button>
      )}
    </>
  );
}

function Item({ complaint: c }: { complaint: ComplaintRow }) {
  return (
    <li class="complaint">
      <div class="complaint-head">
        <a class="ledger-who" href={"/console" + deskPath(c.closed ? "closed" : "open", c.conversation_id)}>
          <bdi>{personName(c.person)}</bdi>
        </a>
        {c.hard && <span class="tag">{t("was_hard")}</span>}
        {c.state === "open" && <StageWord complaint={c} />}
      </div>
      <p class="complaint-facts">
        <span title={exactTime(c.opened_at)}>{t("opened_ago", { ago: ago(c.opened_at, now.value) })}</span>
        <span>{c.holder ? t("held_by", { name: c.holder.name }) : t("held_by_nobody")}</span>
        {c.next_due > 0 && <Due at={c.next_due} late={c.next_due < now.value} />}
        <span>{c.root_cause ? causeName(c.root_cause) : t("no_cause_yet")}</span>
      </p>
      {c.expectation && (
        <p class="complaint-wish">
          <span class="quiet">{t("record_expectation")}:</span> <bdi>{c.expectation}</bdi>
        </p>
      )}
    </li>
  );
}

function StageWord({ complaint: c }: { complaint: ComplaintRow }) {
  const at = c.stages.findIndex((s) => s.stage === c.stage);
  return <span class="complaint-stage">{at < 0 ? t("stages_all") : t("stage_n", { n: at + 1, stage: t(`stage_${c.stage}` as Key) })}</span>;
}
