import { Plus } from "lucide-preact";
import { useId, useState } from "preact/hooks";
import type { Authority, GrantKind, Limit } from "../../../wire/protocol";
import { newId } from "../../../wire";
import { t } from "../../i18n";
import { saveAuthority, toAmount } from "../../state/authority";
import { done } from "../../state/toasts";
import { Button } from "../../ui/button";
import { useWork } from "../../ui/busy";
import { Field, TextField } from "../../ui/field";
import { Section } from "../pages/page";
import { Kinds } from "./kinds";
import { changed, type Fields, laid, type Span, SPANS, stillWritten, unreadable, type Written } from "./laid";
import { useHolders } from "./holders";

/** Kinds, limits and the time for an answer, for whoever sets them. A change asks everybody anew. */
export function Limits({ held }: { held: Authority }) {
  const [form, set] = useState(held);
  const [currency, spell] = useState(held.currency);
  const [who, choose] = useState("agent");
  const [written, write] = useState<Written>({});
  const [checked, check] = useState(false);
  const { agents, teams, roles } = useHolders();
  const work = useWork();
  const wrong = (k: GrantKind) => unreadable(k, written[k.key] ?? {}, form.currency);
  const readable = form.kinds.every((k) => wrong(k).length === 0);
  const change = (patch: Parameters<typeof changed>[1]) => {
    const next = changed(form, patch);
    write(stillWritten(written, form, next));
    set(next);
  };
  const name = (text: string) => {
    const code = text.toUpperCase();
    spell(code);
    // Half a code is no currency yet: the limits wait for the whole of it.
    if (/^[A-Z]{3}$/.test(code) && code !== form.currency) change({ currency: code });
  };
  const turn = (select: HTMLSelectElement) => {
    check(!readable);
    if (!readable) return void (select.value = who);
    set({ ...form, limits: laid(form, who, written) });
    write({});
    choose(select.value);
  };
  const save = async () => {
    await saveAuthority({ ...form, currency, limits: laid(form, who, written) });
    done(t("saved"));
  };
  return (
    <Section title={t(held.solo ? "kinds" : "limits_title")} lead={t(held.solo ? "limits_solo" : "limits_lead")}>
      <form
        class="limits"
        onSubmit={(e) => {
          e.preventDefault();
          check(!readable);
          if (readable) work.run(save);
        }}
      >
        {!held.solo && (
          <Field label={t("limits_for")} hint={teams.some((x) => x.id === who) ? t("limits_of_team") : undefined}>
            {(ids) => (
              <select {...ids} class="input select" value={who} onChange={(e) => turn(e.currentTarget)}>
                <optgroup label={t("roles")}>
                  <option value="agent">{t("all_agents")}</option>
                  <option value="supervisor">{t("all_supervisors")}</option>
                  <Options of={roles} />
                </optgroup>
                {teams.length > 0 && (
                  <optgroup label={t("teams")}>
                    <Options of={teams} />
                  </optgroup>
                )}
                {agents.length > 0 && (
                  <optgroup label={t("people")}>
                    <Options of={agents} />
                  </optgroup>
                )}
              </select>
            )}
          </Field>
        )}
        <Kinds kinds={form.kinds} onChange={(kinds) => change({ kinds })}>
          {(k) =>
            !held.solo && (
              <Spans
                kind={k}
                currency={form.currency}
                limit={form.limits.find((l) => l.who === who && l.kind === k.key)}
                written={written[k.key] ?? {}}
                wrong={checked ? wrong(k) : []}
                onWrite={(patch) => write({ ...written, [k.key]: { ...written[k.key], ...patch } })}
              />
            )
          }
        </Kinds>
        <Button kind="quiet" onClick={() => change({ kinds: [...form.kinds, { key: newId().toLowerCase().slice(0, 18), name: "", nature: "goodwill", unit: "money" }] })}>
          <Plus size={16} /> {t("add_kind")}
        </Button>
        <div class="grant-row">
          <TextField label={t("currency")} maxLength={3} size={4} value={currency} onValue={name} error={work.field === "currency" ? work.error : undefined} />
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

function Options({ of }: { of: readonly { id: string; name: string }[] }) {
  return of.map(({ id, name }) => (
    <option key={id} value={id}>
      {name}
    </option>
  ));
}

interface SpansProps {
  kind: GrantKind;
  currency: string;
  limit: Limit | undefined;
  written: Fields;
  /** The fields that hold no amount. */
  wrong: readonly Span[];
  onWrite: (patch: Fields) => void;
}

function Spans({ kind, currency, limit, written, wrong, onWrite }: SpansProps) {
  const id = useId();
  return (
    <span class="spans">
      {SPANS.map((span) => (
        <label key={span}>
          <span class="field-label">{t(`limit_${span}`)}</span>
          <input
            class="input"
            inputMode="decimal"
            size={6}
            placeholder="0"
            value={written[span] ?? (limit ? toAmount(limit[span], kind.unit, currency) : "")}
            aria-label={t("limit_of", { span: t(`limit_${span}`), what: kind.name })}
            {...(wrong.includes(span) ? { "aria-invalid": true, "aria-describedby": id } : {})}
            onInput={(e) => onWrite({ [span]: e.currentTarget.value })}
          />
        </label>
      ))}
      {wrong.length > 0 && (
        <span class="field-error" id={id} role="alert">
          {t("lack_amount")}
        </span>
      )}
    </span>
  );
}
