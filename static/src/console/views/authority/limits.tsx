import { Plus } from "lucide-preact";
import { useState } from "preact/hooks";
import type { Authority, GrantKind, Limit } from "../../../wire/protocol";
import { newId } from "../../../wire";
import { t } from "../../i18n";
import { saveAuthority, toAmount, fromAmount } from "../../state/authority";
import { done } from "../../state/toasts";
import { Button } from "../../ui/button";
import { useWork } from "../../ui/busy";
import { Field, TextField } from "../../ui/field";
import { Section } from "../pages/page";
import { Kinds } from "./kinds";
import { useLimited } from "./readers";

const SPANS = ["each", "day", "month"] as const;
type Span = (typeof SPANS)[number];
/** What stands in the fields of one kind, as it was written. */
type Written = Record<string, Partial<Record<Span, string>>>;

/** Kinds, limits and the time for an answer, for whoever sets them. A change asks everybody anew. */
export function Limits({ held }: { held: Authority }) {
  const [form, set] = useState(held);
  const [who, choose] = useState("agent");
  const [written, write] = useState<Written>({});
  const agents = useLimited();
  const work = useWork();
  const kinds = (list: GrantKind[]) => set({ ...form, kinds: list, limits: form.limits.filter((l) => list.some((k) => k.key === l.kind)) });
  const turn = (next: string) => {
    set({ ...form, limits: laid(form, who, written) });
    write({});
    choose(next);
  };
  const save = async () => {
    await saveAuthority({ ...form, limits: laid(form, who, written) });
    done(t("saved"));
  };
  return (
    <Section title={t(held.solo ? "kinds" : "limits_title")} lead={t(held.solo ? "limits_solo" : "limits_lead")}>
      <form
        class="limits"
        onSubmit={(e) => {
          e.preventDefault();
          work.run(save);
        }}
      >
        {!held.solo && (
          <Field label={t("limits_for")}>
            {(ids) => (
              <select {...ids} class="input select" value={who} onChange={(e) => turn(e.currentTarget.value)}>
                <option value="agent">{t("all_agents")}</option>
                <option value="supervisor">{t("all_supervisors")}</option>
                {agents.map((a) => (
                  <option key={a.id} value={a.id}>
                    {a.name}
                  </option>
                ))}
              </select>
            )}
          </Field>
        )}
        <Kinds kinds={form.kinds} onChange={kinds}>
          {(k) => !held.solo && <Spans kind={k} currency={form.currency} limit={form.limits.find((l) => l.who === who && l.kind === k.key)} written={written[k.key] ?? {}} onWrite={(patch) => write({ ...written, [k.key]: { ...written[k.key], ...patch } })} />}
        </Kinds>
        <Button kind="quiet" onClick={() => kinds([...form.kinds, { key: newId().toLowerCase().slice(0, 18), name: "", nature: "goodwill", unit: "money" }])}>
          <Plus size={16} /> {t("add_kind")}
        </Button>
        <div class="grant-row">
          <TextField label={t("currency")} maxLength={3} size={4} value={form.currency} onValue={(currency) => set({ ...form, currency: currency.toUpperCase() })} error={work.field === "currency" ? work.error : undefined} />
          {!held.solo && (
            <Field label={t("answer_within")} hint={t("answer_within_hint")}>
              {(ids) => (
                <select {...ids} class="input select" value={form.answer_within} onChange={(e) => set({ ...form, answer_within: Number(e.currentTarget.value) })}>
                  {[...new Set([30, 60, 120, 300, 600, 1800, form.answer_within])].sort((a, b) => a - b).map((s) => (
                    <option key={s} value={s}>
                      {s < 60 ? t("n_seconds", { n: s }) : t("n_minutes", { n: Math.round(s / 60) })}
                    </option>
                  ))}
                </select>
              )}
            </Field>
          )}
        </div>
        {work.error && work.field !== "currency" && (
          <p class="field-error" role="alert">
            {work.error}
          </p>
        )}
        <Button kind="primary" type="submit" busy={work.busy}>
          {t("save")}
        </Button>
      </form>
    </Section>
  );
}

/** The limits with what was written for one person or role; what is left empty is nothing. */
function laid(form: Authority, who: string, written: Written): Limit[] {
  const limits = form.kinds.flatMap((k): Limit[] => {
    const before = form.limits.find((l) => l.who === who && l.kind === k.key);
    const fields = written[k.key];
    if (!fields) return before ? [before] : [];
    if (!before && SPANS.every((s) => !fields[s]?.trim())) return [];
    const value = (span: Span) => {
      const text = fields[span];
      return text === undefined ? (before?.[span] ?? 0) : text.trim() === "" ? 0 : fromAmount(text, k.unit, form.currency) || 0;
    };
    const each = value("each");
    const day = Math.max(each, value("day"));
    return [{ who, kind: k.key, each, day, month: Math.max(day, value("month")) }];
  });
  return [...form.limits.filter((l) => l.who !== who), ...limits];
}

function Spans({ kind, currency, limit, written, onWrite }: { kind: GrantKind; currency: string; limit: Limit | undefined; written: Partial<Record<Span, string>>; onWrite: (patch: Partial<Record<Span, string>>) => void }) {
  return (
    <span class="spans">
      {SPANS.map((span) => (
        <label key={span}>
          <span class="field-label">{t(`limit_${span}`)}</span>
          <input class="input" inputMode="decimal" size={6} placeholder="0" value={written[span] ?? (limit ? toAmount(limit[span], kind.unit, currency) : "")} aria-label={t("limit_of", { span: t(`limit_${span}`), what: kind.name })} onInput={(e) => onWrite({ [span]: e.currentTarget.value })} />
        </label>
      ))}
    </span>
  );
}
