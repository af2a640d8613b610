import "./dress";
import { ArrowRightLeft } from "lucide-preact";
import { useState } from "preact/hooks";
import type { Handovers as Figures } from "../../../wire/protocol";
import { t } from "../../i18n";
import { may, site, solo } from "../../state/session";
import { Empty, Skeleton, Trouble } from "../../ui/state";
import { longDate } from "../../words";
import { Page, Section } from "../pages/page";
import { Behind } from "../report/behind";
import { useReport } from "../report/fetched";
import { Choice, ToBoard } from "../report/head";
import { csv } from "./csv";
import { Became, Sides, Whys } from "./tables";

/** What became of handovers on a site, for those who read reports; nothing for who answers alone. */
export default function Handovers() {
  const [days, choose] = useState(7);
  const closed = !may("report.read") ? t("handovers_not_yours") : solo.value ? t("handovers_solo") : "";
  const id = closed ? "" : site.value?.id;
  const { figures, error, read } = useReport<Figures>(id ? `board/handovers?site=${id}&days=${days}` : "");
  return (
    <Page at="board" title={t("handovers")} lead={t("handovers_lead")} actions={<ToBoard />}>
      {closed ? (
        <Empty icon={<ArrowRightLeft size={20} />} title={closed} />
      ) : (
        <>
          <Choice ranges={[1, 7, 28]} days={days} choose={choose} table={figures && (() => csv(figures))} file={`${t("handovers_file")}-${figures?.since}`} />
          {error && <Trouble message={error} retry={read} />}
          {!figures && !error && <Skeleton kind="row" lines={6} />}
          {figures && <Shown figures={figures} />}
        </>
      )}
    </Page>
  );
}

function Shown({ figures: f }: { figures: Figures }) {
  if (f.kinds.every((k) => k.asked === 0)) return <Empty icon={<ArrowRightLeft size={20} />} title={t("handovers_none")} />;
  return (
    <>
      <Section title={t("handovers_what")} lead={t("handovers_what_lead")}>
        <Became kinds={f.kinds} />
        <p class="quiet">{t("handovers_wait_means")}</p>
        <p class="quiet">{t("handovers_since", { day: longDate(Date.parse(`${f.since}T12:00`)) })}</p>
        <Whys kinds={f.kinds} />
      </Section>
      <Section title={f.far ? t("handovers_far", { n: f.far }) : t("handovers_far_none")} lead={t("handovers_far_lead")}>
        {f.rows.length > 0 && <Behind rows={f.rows} />}
      </Section>
      {f.teams.length > 0 && (
        <Section title={t("handovers_teams")} lead={t("handovers_teams_lead")}>
          <Sides list={f.teams} label={t("handovers_teams")} />
        </Section>
      )}
      {f.agents.length > 0 && (
        <Section title={t("handovers_agents")} lead={t("handovers_agents_lead")}>
          <Sides list={f.agents} label={t("handovers_agents")} />
        </Section>
      )}
    </>
  );
}
