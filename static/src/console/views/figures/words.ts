/** What the page and its file say in the same words. */
import type { Figures, Served, Span } from "../../../wire/protocol";
import { locale, t } from "../../i18n";
import { stopwatch } from "../../words";

/** Below how many cases a share says too little, as the server holds it for medians. */
const FEW = 5;

export const took = (seconds: number | null) => (seconds === null ? t("figures_few") : stopwatch(seconds * 1000));

/** "87 %" of enough. */
export const share = (n: number, of: number) => (of < FEW ? t("figures_few") : new Intl.NumberFormat(locale(), { style: "percent", maximumFractionDigits: 0 }).format(n / of));

export const rated = (f: Figures) => f.ratings.reduce((sum, n) => sum + n, 0);
export const satisfied = (f: Figures) => f.ratings[3]! + f.ratings[4]!;

/** A figure with what it means. */
export interface Told {
  what: "started" | "first" | "resolution" | "satisfied" | "unanswered" | "promises";
  value: string;
  means: string;
  hot?: boolean;
}

const span = (what: "first" | "resolution", s: Span): Told => ({
  what,
  value: s.median === null ? "–" : took(s.median),
  means: s.median === null ? t("figures_of_few", { n: s.n }) : t(`figures_${what}_means`, { p90: took(s.p90) }),
});

/** The figures of a site, the first ones first. */
export function told(f: Figures): Told[] {
  const p = f.promises;
  const n = rated(f);
  return [
    { what: "started", value: String(f.started), means: t("figures_started_means", { n: f.closed, lapsed: f.lapsed }) },
    span("first", f.first),
    { what: "unanswered", value: String(f.unanswered), means: t("figures_unanswered_means"), hot: f.unanswered > 0 },
    span("resolution", f.resolution),
    { what: "satisfied", value: n < FEW ? "–" : share(satisfied(f), n), means: n === 0 ? t("figures_none_rated") : t("figures_satisfied_means", { good: satisfied(f), n, share: share(Math.min(n, f.closed), f.closed) }) },
    { what: "promises", value: p.kept + p.broken < FEW ? "–" : share(p.kept, p.kept + p.broken), means: t("figures_promises_means", p), hot: p.broken > 0 },
  ];
}

/** What one of the team did, in the order of COLUMNS. */
export const cells = (s: Served): (string | number)[] => [s.first.n, took(s.first.median), took(s.first.p90), s.closed, s.rated, s.rated === 0 ? "–" : share(s.satisfied, s.rated)];

export const COLUMNS = ["firsts", "median", "p90", "closed", "rated", "satisfied"] as const;
