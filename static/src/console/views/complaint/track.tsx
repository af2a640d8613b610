import { HeartHandshake, X } from "lucide-preact";
import type { Complaint, ConversationView } from "../../../wire/protocol";
import { t, type Key } from "../../i18n";
import { isClosed } from "../../state/conversation";
import { Button, IconButton } from "../../ui/button";
import { drop, open } from "./deeds";
import { Recorded } from "./recorded";
import { StageItem } from "./stage";

/** The complaint beside the conversation: a quiet offer to open its track, then the seven stages and what is recorded. */
export function Track({ id, view }: { id: string; view: ConversationView }) {
  const { complaint, matter } = view;
  if (complaint) return <Stages id={id} complaint={complaint} />;
  if (matter.type !== "complaint" || isClosed(id)) return null;
  return (
    <section class="track track-offer" aria-label={t("complaint")}>
      <p>
        <HeartHandshake size={16} aria-hidden="true" /> {t("complaint_read")}
      </p>
      <Button onClick={() => void open(id)}>{t("open_complaint")}</Button>
    </section>
  );
}

function Stages({ id, complaint }: { id: string; complaint: Complaint }) {
  const settled = complaint.stages.filter((s) => s.state !== "open").length;
  const ended = complaint.state === "ended";
  return (
    <section class="track" aria-label={t("complaint")}>
      <div class="section-head">
        <h4>
          {t("complaint")} <span class="quiet figures">{t("stages_settled", { n: settled })}</span>
        </h4>
        {!ended && !complaint.follow_up_id && (
          <IconButton class="small" label={t("no_complaint")} onClick={() => void drop(id)}>
            <X size={14} />
          </IconButton>
        )}
      </div>
      <p class="track-kind">{t(kindWord(complaint))}</p>
      <ol class="prompts track-stages" aria-label={t("stages")}>
        {complaint.stages.map((s) => (
          <StageItem key={s.stage} id={id} item={s} complaint={complaint} now={s.stage === complaint.stage && !ended} />
        ))}
      </ol>
      <Recorded key={complaint.id} id={id} complaint={complaint} />
    </section>
  );
}

/** A friendly word for where one is: that it is worth having, that it is not about you, that it is done. */
function kindWord(c: Complaint): Key {
  if (c.state === "ended") return "complaint_thanks";
  return c.hard ? "complaint_not_you" : "complaint_worth";
}
