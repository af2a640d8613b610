import "./dress";
import { ChartColumn } from "lucide-preact";
import { useState } from "preact/hooks";
import type { Figures as Shape, Served } from "../../../wire/protocol";
import { t } from "../../i18n";
import { may, site, solo } from "../../state/session";
import { Empty, Skeleton, Trouble } from "../../ui/state";
import { longDate } from "../../words";
import { Page, Section } from "../pages/page";
import { Behind } from "../report/behind";
import { useReport } from "../report/fetched";
import { Choice, ToBoard } from "../report/head";
import { Table } from "../report/table";
import { csv } from "./csv";
import { Days } from "./days";
import { Said } from "./said";
import { cells, COLUMNS, rated, told } from "./words";

/** What a site did for its customers, for those who read reports. */
export default function Figures() {
  const [days, choose] = useState(28);
  const mayRead = may("report.read");
  const id = mayRead ? site.value?.id : "";
  const { figures, error, read } = useReport<Shape>(id ? `board/figures?site=${id}&days=${days}` : "");
  return (
    <Page at="board" title={t("figures")} lead={t("figures_lead")} actions={<ToBoard />}>
      {mayRead ? (
        <>
          <Choice ranges={[7, 28, 91]} days={days} choose={choose} table={figures && (() => csv(figures))} file={`${t("figures_file")}-${figures?.since}`} />
          {error && <Trouble message={error} retry={read} />}
          {!figures && !error && <Skeleton kind="row" lines={6} />}
          {figures && <Shown figures={figures} />}
        </>
      ) : (
        <Empty icon={<ChartColumn size={20} />} title={t("figures_not_yours")} />
      )}
    </Page>
  );
}

function Shown({ figures: f }: { figures: Shape }) {
  if (f.started + f.closed + f.first.n === 0) return <Empty icon={<ChartColumn size={20} />} title={t("figures_none")} />;
  return (
    <>
      <ul class="figures-told">
        {told(f).map((x) => (
          <li key={x.what} class={x.hot ? "hot" : ""}>
            <span>{t(`figures_${x.what}`)}</span>
            <strong class="figures">{x.value}</strong>
            <span class="quiet">{x.means}</span>
          </li>
        ))}
      </ul>
      <p class="quiet">
        {t("figures_since", { day: longDate(Date.parse(`${f.since}T12:00`)) })} {t("figures_few_means")}
      </p>
      <Section title={t("figures_days")} lead={t("figures_days_lead")}>
        <Days days={f.days} />
      </Section>
      {rated(f) + f.solved + f.not_yet > 0 && (
        <Section title={t("figures_said")} lead={t("figures_said_lead")}>
          <Said figures={f} />
        </Section>
      )}
      {f.unhappy_rows.length > 0 && (
        <Section title={t("figures_unhappy")} lead={t("figures_unhappy_lead")}>
          <Behind rows={f.unhappy_rows} />
        </Section>
      )}
      {f.unanswered_rows.length > 0 && (
        <Section title={t("figures_unanswered")} lead={t("figures_unanswered_lead")}>
          <Behind rows={f.unanswered_rows} />
        </Section>
      )}
      {!solo.value && <Shares title={t("figures_people")} lead={t("figures_people_lead")} list={f.agents} />}
      {!solo.value && <Shares title={t("figures_teams")} lead={t("figures_teams_lead")} list={f.teams} />}
    </>
  );
}

/** What each did, by name; nothing where nobody did. */
function Shares({ title, lead, list }: { title: string; lead: string; list: readonly Served[] }) {
  if (list.length === 0) return null;
  return (
    <Section title={title} lead={lead}>
      {/* It is wider than a phone, so it can be moved by keys as well. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div class="report-place" tabIndex={0} role="region" aria-label={title}>
        <Table first={t("report_name")} columns={COLUMNS.map((c) => t(`figures_${c}`))} rows={list.map((x) => ({ id: x.id, name: x.name, cells: cells(x) }))} />
      </div>
    </Section>
  );
}
