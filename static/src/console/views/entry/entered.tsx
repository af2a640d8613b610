import type { Entry } from "../../../wire/protocol";
import { t } from "../../i18n";
import { exact } from "../../../panel/view/time";
import { Channel } from "./channel";

/** In place of the composer: what this is, when, how long and with whom. */
export function Entered({ entry }: { entry: Entry }) {
  const imported = entry.channel === "import";
  const facts = [entry.minutes > 0 && t("entry_lasted", { n: entry.minutes }), entry.party && t("entry_with", { party: entry.party }), !imported && t("entry_by", { name: entry.by.name })].filter(Boolean);
  return (
    <section class="entered" aria-label={t(`channel_${entry.channel}`)}>
      <p>
        <Channel of={entry.channel} /> <strong>{t("entry_of", { what: t(`channel_${entry.channel}`), time: exact(entry.began_at) })}</strong>
        {facts.length > 0 && <bdi class="quiet"> · {facts.join(" · ")}</bdi>}
      </p>
      <p class="quiet">{t(imported ? "entry_imported" : "entry_closed")}</p>
    </section>
  );
}
