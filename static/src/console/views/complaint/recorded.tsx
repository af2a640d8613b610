import { ChevronRight } from "lucide-preact";
import type { Complaint } from "../../../wire/protocol";
import { t, type Key } from "../../i18n";
import { InlineEdit } from "../customer/inline";
import { CauseSelect } from "./causes";
import { write } from "./deeds";

const TEXTS = ["expectation", "solution", "confirmation", "cause_words"] as const;

/** What is written down of it; most writes itself, all of it can be put right. */
export function Recorded({ id, complaint }: { id: string; complaint: Complaint }) {
  const known = TEXTS.filter((name) => complaint[name]).length + Number(complaint.root_cause !== "");
  return (
    <details class="fold recorded">
      <summary>
        <ChevronRight size={14} class="fold-sign mirror" /> {t("recorded")} <span class="quiet figures">{known}</span>
      </summary>
      <dl>
        {TEXTS.map((name) => (
          <div key={name}>
            <dt>{t(`record_${name}` as Key)}</dt>
            <dd>
              <InlineEdit label={t(`record_${name}` as Key)} value={complaint[name]} placeholder={t("not_recorded")} onSave={(text) => void write(id, { [name]: text })} />
            </dd>
          </div>
        ))}
      </dl>
      <CauseSelect value={complaint.root_cause} onChange={(root_cause) => void write(id, { root_cause })} />
      {complaint.cause_skipped && <p class="field-hint">{t("cause_was_skipped", { why: complaint.cause_skipped })}</p>}
    </details>
  );
}
