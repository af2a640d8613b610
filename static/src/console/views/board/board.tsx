import { effect } from "@preact/signals";
import { CalendarClock, Hourglass, Inbox, MessageCircleWarning } from "lucide-preact";
import { useEffect, useState } from "preact/hooks";
import type { AtDesk, Board as Now, Row } from "../../../wire/protocol";
import { api, type ApiError } from "../../api";
import { learn, t } from "../../i18n";
import words from "../../i18n/board.json";
import { deskPath } from "../../nav";
import { now } from "../../state/clock";
import { counts, rows } from "../../state/lists";
import { may, site } from "../../state/session";
import { team } from "../../state/team";
import css from "../../styles/board.css?sheet";
import { Face } from "../../ui/face";
import { wear } from "../../ui/sheet";
import { Empty, Skeleton, Trouble } from "../../ui/state";
import { personName, standingWords, stopwatch } from "../../words";
import { Page, Section } from "../pages/page";

learn(words);
wear(css);

/** What the socket tells of is read together, ms; and all of it again after a while, for what it does not tell. */
const TOGETHER = 2_000;
const AGAIN = 20_000;

/** The board of a site, read again when rows or the team change. */
function useBoard(id: string) {
  const [board, show] = useState<Now | null>(null);
  const [error, fail] = useState("");
  const read = () =>
    api.get<Now>(`board?site=${id}`).then(
      (b) => {
        show(b);
        fail("");
      },
      (err: ApiError) => fail(err.message),
    );
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const soon = (ms: number) => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        if (!document.hidden) void read();
        soon(AGAIN);
      }, ms);
    };
    let due = 0;
    const stop = effect(() => {
      void [rows.value, counts.value, team.value];
      // What comes while it is due already does not put it off.
      if (due > Date.now()) return;
      due = Date.now() + TOGETHER;
      soon(TOGETHER);
    });
    show(null);
    void read();
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [id]);
  return { board, error, read };
}

/** Who is there with how much, who waits, and what is late: as it stands now. */
export function Board() {
  const { board, error, read } = useBoard(site.value?.id ?? "");
  return (
    <Page at="board" title={t("board")} lead={t("board_lead")}>
      {!board && (error ? <Trouble message={error} retry={() => void read()} /> : <Skeleton kind="row" lines={4} />)}
      {board && error && (
        <p class="board-old" role="status">
          {t("board_old")} {error}
        </p>
      )}
      {board && <Standing board={board} />}
    </Page>
  );
}

function Standing({ board }: { board: Now }) {
  return (
    <>
      <ul class="board-numbers">
        <Figure href={deskPath("queue")} icon={<Inbox size={18} />} what="waiting" value={String(board.waiting)} />
        <Figure href={deskPath("open", board.rows[0]?.id ?? "")} icon={<Hourglass size={18} />} what="longest" value={board.since ? stopwatch(now.value - board.since) : "0"} />
        <Figure href={deskPath("open")} icon={<MessageCircleWarning size={18} />} what="unanswered" value={String(board.unanswered)} />
        <Figure href="/promises?list=late" icon={<CalendarClock size={18} />} what="late" value={String(board.late)} hot={board.late > 0} />
      </ul>
      {may("conversation.read") && <Section title={t("board_waits")}>{board.rows.length > 0 ? <Waits rows={board.rows} /> : <Empty icon={<Inbox size={20} />} title={t("board_nobody")} />}</Section>}
      <Section title={t("board_people")} lead={t("board_people_lead")}>
        <ul class="board-people">
          {board.people.map((p) => (
            <Person key={p.id} person={p} />
          ))}
        </ul>
      </Section>
    </>
  );
}

interface FigureProps {
  href: string;
  icon: preact.ComponentChildren;
  what: "waiting" | "longest" | "unanswered" | "late";
  value: string;
  hot?: boolean;
}

/** A number with what it means, which leads to the conversations behind it. */
function Figure({ href, icon, what, value, hot }: FigureProps) {
  return (
    <li>
      <a class={`board-number ${hot ? "hot" : ""}`} href={"/console" + href}>
        <span class="board-label">
          {icon} {t(`board_${what}`)}
        </span>
        <strong class="figures">{value}</strong>
        <span class="quiet">{t(`board_${what}_means`)}</span>
      </a>
    </li>
  );
}

function Waits({ rows: list }: { rows: Row[] }) {
  return (
    <ul class="board-waits">
      {list.map((row) => (
        <li key={row.id}>
          <a href={"/console" + deskPath("open", row.id)}>
            <Face id={row.person.id} name={row.person.name} size="small" />
            <bdi class="board-name">{personName(row.person)}</bdi>
            <span class="board-said quiet" dir="auto">
              {row.last.text}
            </span>
            <span class="quiet">{row.assignee ? <bdi>{row.assignee.name}</bdi> : t("board_queue")}</span>
            <span class="figures">{stopwatch(now.value - row.waiting_since)}</span>
          </a>
        </li>
      ))}
    </ul>
  );
}

function Person({ person: p }: { person: AtDesk }) {
  const query = new URLSearchParams({ q: `state:open from:"${p.name}"` });
  return (
    <li class={p.why ? "board-not" : ""}>
      <Face {...p} size="small" online={!p.why} />
      <span class="board-name">
        <bdi>{p.name}</bdi>
        <span class="quiet">{p.why === "absent" ? t("board_absent") : p.standing ? standingWords(p.standing, now.value) : t("board_gone")}</span>
      </span>
      <a href={`/console/search?${query}`} aria-label={t("board_load_of", { name: p.name, n: p.has, room: p.room })}>
        <meter min={0} max={p.room} value={Math.min(p.has, p.room)} aria-hidden="true" /> {t("board_load", { n: p.has, room: p.room })}
      </a>
      <span class={p.unanswered ? "figures" : "quiet"}>{p.unanswered ? t("board_owes", { n: p.unanswered, time: stopwatch(now.value - p.since) }) : t("board_owes_none")}</span>
    </li>
  );
}
