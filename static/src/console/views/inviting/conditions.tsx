import { Plus, Trash2 } from "lucide-preact";
import type { InviteRule, PagePattern, Site } from "../../../wire/protocol";
import { t } from "../../i18n";
import { Button, IconButton } from "../../ui/button";
import { Choice, Field, TextField } from "../../ui/field";
import { Many, parted } from "../guide/fit-editor";
import { MOST_PARTS } from "./rules";

interface Props {
  now: Site;
  rule: InviteRule;
  change: (patch: Partial<InviteRule>) => void;
  /** What is wrong with a field, "" for nothing. */
  errorOf: (field: string) => string;
}

const SEGMENTS = ["prospective", "new", "existing", "past"] as const;
const LOYALTY = ["prospect", "first_time", "exclusive", "switcher"] as const;

/** All that a rule asks for. */
export function Conditions({ now, rule, change, errorOf }: Props) {
  return (
    <>
      <h3>{t("inviting_who")}</h3>
      <p class="field-hint">{t("inviting_who_lead")}</p>
      <Pages pages={rule.pages ?? []} onPages={(pages) => change({ pages })} error={errorOf("pages")} />
      <div class="inviting-pair">
        <Seconds label={t("inviting_on_page")} value={rule.on_page ?? 0} onValue={(on_page) => change({ on_page })} error={errorOf("on_page")} />
        <Seconds label={t("inviting_on_site")} value={rule.on_site ?? 0} onValue={(on_site) => change({ on_site })} error={errorOf("on_site")} />
      </div>
      <Choice
        label={t("inviting_when")}
        value={rule.when ?? ""}
        onChange={(when) => change({ when })}
        options={[
          { value: "", label: t("inviting_when_always") },
          { value: "there", label: t("inviting_when_there") },
          { value: "closed", label: t("inviting_when_closed") },
        ]}
      />
      {rule.when === "closed" && !now.hours && <p class="field-hint">{t("inviting_when_unkept")}</p>}
      <TextField label={t("inviting_event")} hint={t("inviting_event_hint")} dir="auto" maxLength={64} placeholder={t("inviting_event_example")} value={rule.event ?? ""} onValue={(event) => change({ event })} error={errorOf("event")} />
      <TextField label={t("inviting_sources")} hint={t("inviting_sources_hint")} dir="ltr" value={(rule.sources ?? []).join(", ")} onChange={(e) => change({ sources: parted(e.currentTarget.value) })} onValue={() => {}} error={errorOf("sources")} />
      <Visits value={rule.visits ?? 0} onValue={(visits) => change({ visits })} error={errorOf("visits")} />
      <Many label={t("inviting_segments")} words={SEGMENTS.map((value) => ({ value, label: t(`fit_${value}`) }))} chosen={rule.segments ?? []} onChange={(segments) => change({ segments })} />
      <Many label={t("inviting_loyalty")} hint={t("inviting_loyalty_hint")} words={LOYALTY.map((value) => ({ value, label: t(`fit_${value}`) }))} chosen={rule.loyalty ?? []} onChange={(loyalty) => change({ loyalty })} />
    </>
  );
}

function Pages({ pages, onPages, error }: { pages: readonly PagePattern[]; onPages: (pages: PagePattern[]) => void; error: string }) {
  const put = (at: number, page: PagePattern | null) => onPages(pages.flatMap((p, i) => (i !== at ? [p] : page ? [page] : [])));
  return (
    <div class="field" role="group" aria-label={t("inviting_pages")}>
      <span class="field-label">{t("inviting_pages")}</span>
      <ul class="inviting-pages">
        {pages.map((page, i) => (
          <li key={i} class="inviting-page">
            <select class="input select" aria-label={t("inviting_page_how")} value={page.how} onChange={(e) => put(i, { ...page, how: e.currentTarget.value as PagePattern["how"] })}>
              {(["contains", "begins", "is"] as const).map((how) => (
                <option key={how} value={how}>
                  {t(`inviting_page_${how}`)}
                </option>
              ))}
            </select>
            <input class="input" dir="ltr" required maxLength={200} placeholder={t("inviting_page_example")} aria-label={t("inviting_page")} value={page.text} onInput={(e) => put(i, { ...page, text: e.currentTarget.value })} />
            <IconButton label={t("inviting_page_remove", { n: i + 1 })} onClick={() => put(i, null)}>
              <Trash2 size={16} />
            </IconButton>
          </li>
        ))}
      </ul>
      {pages.length < MOST_PARTS && (
        <div>
          <Button onClick={() => onPages([...pages, { how: "contains", text: "" }])}>
            <Plus size={16} /> {t("inviting_page_add")}
          </Button>
        </div>
      )}
      <div class="field-hint">{t("inviting_pages_hint")}</div>
      {error && (
        <div class="field-error" role="alert">
          {error}
        </div>
      )}
    </div>
  );
}

interface NumberProps {
  value: number;
  onValue: (n: number) => void;
  error: string;
}

function Seconds({ label, value, onValue, error }: NumberProps & { label: string }) {
  return <Field label={label} error={error}>{(ids) => <input {...ids} class="input" type="number" inputMode="numeric" min={0} max={3600} value={value || ""} onInput={(e) => onValue(Math.trunc(e.currentTarget.valueAsNumber) || 0)} />}</Field>;
}

function Visits({ value, onValue, error }: NumberProps) {
  return (
    <Field label={t("inviting_visits")} hint={t("inviting_visits_hint")} error={error}>
      {(ids) => <input {...ids} class="input" type="number" inputMode="numeric" min={0} max={100} value={value || ""} onInput={(e) => onValue(Math.trunc(e.currentTarget.valueAsNumber) || 0)} />}
    </Field>
  );
}
