import type { Entry } from "../../../wire/protocol";
import { t } from "../../i18n";
import { exact } from "../../../panel/view/time";
import { Channel } from "./channel";

/** In place of the composer: what this is, when, how long and with whom. */
export function Entered({ entry }: { entry: Entry }) {
  const facts = [entry.minutes > 0 && t("entry_lasted", { n: entry.minutes }), entry.party && t("entry_with", { party: entry.party }), t("entry_by", { name: entry.by.name })];
  return (
    <section class="entered" aria-label={t(`channel_${entry.channel}`)}>
      <p>
        <Channel of={entry.channel} /> <strong>{t("entry_of", { what: t(`channel_${entry.channel}`), time: exact(entry.began_at) })}</strong>
        <bdi class="quiet"> · {facts.filter(Boolean).join(" · ")}</bdi>
      </p>
      <p class="quiet">{t("entry_closed")}</p>
    </section>
  );
}
