import "./dress";
import { ArrowLeft, ArrowRightLeft, Download } from "lucide-preact";
import { useEffect, useState } from "preact/hooks";
import type { Handovers as Figures, Row } from "../../../wire/protocol";
import { saveAs } from "../../../files/save";
import { api, type ApiError } from "../../api";
import { t } from "../../i18n";
import { deskPath } from "../../nav";
import { may, site, solo } from "../../state/session";
import { Button } from "../../ui/button";
import { Face } from "../../ui/face";
import { Empty, Skeleton, Trouble } from "../../ui/state";
import { longDate, personName } from "../../words";
import { Page, Section } from "../pages/page";
import { csv } from "./csv";
import { Became, Sides, Whys } from "./tables";

const RANGES = [1, 7, 28] as const;
type Days = (typeof RANGES)[number];

/** What became of handovers on a site, for those who read reports; nothing for who answers alone. */
export default function Handovers() {
  const [days, choose] = useState<Days>(7);
  const closed = !may("report.read") ? t("handovers_not_yours") : solo.value ? t("handovers_solo") : "";
  const { figures, error, read } = useFigures(closed ? "" : (site.value?.id ?? ""), days);
  return (
    <Page
      at="board"
      title={t("handovers")}
      lead={t("handovers_lead")}
      actions={
        <a class="button button-plain" href="/console/board">
          <ArrowLeft size={15} class="mirror" /> {t("board")}
        </a>
      }
    >
      {closed ? (
        <Empty icon={<ArrowRightLeft size={20} />} title={closed} />
      ) : (
        <>
          <div class="handed-choice">
            <Range days={days} choose={choose} />
            <Button disabled={!figures} onClick={() => figures && save(figures)}>
              <Download size={15} /> {t("handovers_save")}
            </Button>
          </div>
          {error && <Trouble message={error} retry={read} />}
          {!figures && !error && <Skeleton kind="row" lines={6} />}
          {figures && <Shown figures={figures} />}
        </>
      )}
    </Page>
  );
}

/** The figures of a site, null while they are on their way. */
function useFigures(id: string, days: Days) {
  const [figures, show] = useState<Figures | null>(null);
  const [error, fail] = useState("");
  const [turn, again] = useState(0);
  useEffect(() => {
    if (!id) return;
    let left = false;
    show(null);
    fail("");
    api.get<Figures>(`board/handovers?site=${id}&days=${days}`).then(
      (f) => left || show(f),
      (err: ApiError) => left || fail(err.message),
    );
    return () => {
      left = true;
    };
  }, [id, days, turn]);
  return { figures, error, read: () => again((n) => n + 1) };
}

function Range({ days, choose }: { days: Days; choose: (days: Days) => void }) {
  return (
    <fieldset class="handed-range">
      <legend class="sr">{t("handovers_days")}</legend>
      <div class="choice-row">
        {RANGES.map((n) => (
          <label key={n} class={`choice-option ${n === days ? "on" : ""}`}>
            <input type="radio" class="sr" name="handed-days" checked={n === days} onChange={() => choose(n)} />
            {t(`handovers_days_${n}`)}
          </label>
        ))}
      </div>
    </fieldset>
  );
}

function save(figures: Figures): void {
  saveAs(new Blob([csv(figures)], { type: "text/csv" }), `${t("handovers_file")}-${figures.since}.csv`);
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
        {f.rows.length > 0 && <Far rows={f.rows} />}
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

/** The conversations behind the figure. */
function Far({ rows }: { rows: readonly Row[] }) {
  return (
    <ul class="handed-far">
      {rows.map((row) => (
        <li key={row.id}>
          <a href={"/console" + deskPath(row.state === "closed" ? "closed" : "open", row.id)}>
            <Face id={row.person.id} name={row.person.name} size="small" />
            <bdi class="handed-name">{personName(row.person)}</bdi>
            <span class="handed-said quiet" dir="auto">
              {row.last.text}
            </span>
          </a>
        </li>
      ))}
    </ul>
  );
}
