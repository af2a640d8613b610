import { useEffect, useState } from "preact/hooks";
import type { VisitedPage } from "../../../wire/protocol";
import { api, type ApiError } from "../../api";
import { t } from "../../i18n";
import { deskPath } from "../../nav";
import { now } from "../../state/clock";
import { site } from "../../state/session";
import { pathOf, type Listed } from "../../state/visitors";
import { Dialog } from "../../ui/dialog";
import { Skeleton, Trouble } from "../../ui/state";
import { clockTime, stopwatch } from "../../words";
import { Invite } from "./invite";
import { nameOf } from "./row";

/** What is known of a visitor: where they have been in this visit, and their conversation. */
export function Details({ visitor: v, onClose }: { visitor: Listed; onClose: () => void }) {
  const about = [v.left ? t("visitor_path_gone") : t("visitor_here_since", { time: stopwatch(now.value - v.since) }), v.visits && t("visitor_visit", { n: v.visits }), v.source && t("visitor_from", { source: v.source })];
  return (
    <Dialog open onClose={onClose} title={nameOf(v)} description={about.filter(Boolean).join(" · ")}>
      <Path visitor={v} />
      <Invite visitor={v} />
      {v.conversation_id && (
        <a class="button button-plain" href={"/console" + deskPath("open", v.conversation_id)}>
          {t("visitor_open")}
        </a>
      )}
    </Dialog>
  );
}

/** The pages of the visit; read again with each new one. */
function Path({ visitor: v }: { visitor: Listed }) {
  const [pages, show] = useState<VisitedPage[] | null>(null);
  const [error, fail] = useState("");
  const read = () =>
    api.get<{ pages: VisitedPage[] }>(`visitors/${v.id}?site=${site.value?.id}`).then(
      (answer) => {
        show(answer.pages);
        fail("");
      },
      (err: ApiError) => fail(err.message),
    );
  useEffect(() => {
    if (!v.left) void read();
  }, [v.page.url, v.left]);
  if (!pages && v.left) return null;
  if (!pages) return error ? <Trouble message={error} retry={() => void read()} /> : <Skeleton lines={3} />;
  return (
    <section class="visitor-path">
      <h3>{t("visitor_path")}</h3>
      <ol reversed>
        {pages.map((p) => (
          <li key={p.at}>
            <time class="figures quiet">{clockTime(p.at)}</time>
            <a href={p.url} target="_blank" rel="noreferrer noopener">
              <bdi>{p.title || pathOf(p.url)}</bdi>
            </a>
          </li>
        ))}
      </ol>
    </section>
  );
}
