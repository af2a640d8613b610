import { useEffect, useState } from "preact/hooks";
import type { RetentionPreview, Site } from "../../../wire/protocol";
import { api, type ApiError } from "../../api";
import { ask } from "../../ask";
import { learn, locale, t } from "../../i18n";
import words from "../../i18n/retention.json";
import { now as clock } from "../../state/clock";
import { may } from "../../state/session";
import { useWork } from "../../ui/busy";
import { Field } from "../../ui/field";
import { Saving } from "../../ui/saving";
import { Trouble } from "../../ui/state";
import { Section } from "../pages/page";
import { firstGo, keptFor, sureWords, wouldGo } from "./kept";
import { saveSite } from "./save";

learn(words);

/** How long closed conversations are kept; before it is saved it says how many go. */
export default function Retention({ now }: { now: Site }) {
  const saved = now.retention?.months ?? 0;
  const [months, choose] = useState(saved);
  const { seen, trouble, again } = usePreview(now.id, months);
  const work = useWork();
  const mine = may("person.erase");
  const save = async () => {
    if (months > 0 && (!seen || !(await ask({ title: t("retention_sure"), body: sureWords(seen), yes: t("retention_yes"), danger: true })))) return;
    await saveSite(now.id, { retention: { months } });
  };
  return (
    <>
      <Section>
        <form
          onSubmit={(e) => {
            e.preventDefault();
            if (!work.busy) work.run(save);
          }}
        >
          <Field label={t("retention_keep")} hint={mine ? undefined : t("retention_not_yours")}>
            {(ids) => (
              <select {...ids} class="input select" value={months} disabled={!mine} onChange={(e) => choose(Number(e.currentTarget.value))}>
                {choices(saved).map((n) => (
                  <option key={n} value={n}>
                    {keptFor(n)}
                  </option>
                ))}
              </select>
            )}
          </Field>
          {trouble ? (
            <Trouble message={trouble} retry={again} />
          ) : (
            <p class="quiet" role="status">
              {months === 0 ? t("retention_ever") : seen ? wouldGo(seen) : t("retention_counting")}
            </p>
          )}
          {saved > 0 && months === saved && <Begins at={firstGo(now.retention?.set_at ?? 0)} />}
          <Saving work={work} changed={mine && months !== saved && (months === 0 || seen !== null)} onDiscard={() => choose(saved)} />
        </form>
      </Section>
      <Section title={t("retention_what")} lead={t("retention_what_lead")}>
        <p class="quiet">{t("retention_held")}</p>
        <p class="quiet">{t("retention_backups")}</p>
      </Section>
    </>
  );
}

/** When the first go, or that they do. */
function Begins({ at }: { at: number }) {
  const when = new Intl.DateTimeFormat(locale(), { dateStyle: "medium", timeStyle: "short" }).format(at);
  return <p class="quiet">{at > clock.value ? t("retention_first", { when }) : t("retention_going")}</p>;
}

const MONTHS = [0, 1, 3, 6, 12, 24, 36, 60, 120];
/** What can be chosen; what another program has set stands among it. */
const choices = (saved: number) => [...new Set([...MONTHS, saved])].toSorted((a, b) => (a || Infinity) - (b || Infinity));

/** How many would go; null while that is counted. */
function usePreview(site: string, months: number) {
  const [seen, show] = useState<RetentionPreview | null>(null);
  const [trouble, fail] = useState("");
  const [round, again] = useState(0);
  useEffect(() => {
    let left = false;
    show(null);
    fail("");
    if (months === 0) return;
    api.get<RetentionPreview>(`sites/${site}/retention?months=${months}`).then(
      (found) => left || show(found),
      (err: ApiError) => left || fail(err.message),
    );
    return () => {
      left = true;
    };
  }, [site, months, round]);
  return { seen, trouble, again: () => again((n) => n + 1) };
}
