import "./dress";
import { CircleAlert, CircleCheck } from "lucide-preact";
import { useEffect, useState } from "preact/hooks";
import type { Agent, AuditEntry } from "../../../wire/protocol";
import { api, type ApiError } from "../../api";
import { t } from "../../i18n";
import { may } from "../../state/session";
import { Button } from "../../ui/button";
import { useWork } from "../../ui/busy";
import { Field } from "../../ui/field";
import { Empty, Skeleton, Trouble } from "../../ui/state";
import { Page, Section } from "../pages/page";
import { Entry } from "./entry";
import { nounName, NOUNS } from "./words";

interface AuditPage {
  entries: AuditEntry[];
  more: boolean;
}

/** Who on the team did what, latest first, with what it was before; and whether the log is whole. */
export default function Audit() {
  if (!may("audit.read")) {
    return (
      <Page at="team" title={t("audit")}>
        <Empty title={t("audit_not_yours")} />
      </Page>
    );
  }
  return (
    <Page at="team" title={t("audit")} lead={t("audit_lead")}>
      <Check />
      <Log />
    </Page>
  );
}

function Log() {
  const [by, setBy] = useState("");
  const [noun, setNoun] = useState("");
  const [agents, setAgents] = useState<readonly Agent[]>([]);
  const { page, trouble, read } = usePage(by, noun);
  useEffect(() => {
    api.get<{ agents: Agent[] }>("agents").then((found) => setAgents(found.agents), () => {});
  }, []);
  return (
    <Section>
      <div class="audit-filter">
        <Field label={t("audit_by")}>
          {(ids) => (
            <select {...ids} class="input select" value={by} onChange={(e) => setBy(e.currentTarget.value)}>
              <option value="">{t("audit_anybody")}</option>
              {agents.map((a) => (
                <option key={a.id} value={a.id}>
                  {a.name}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field label={t("audit_about")}>
          {(ids) => (
            <select {...ids} class="input select" value={noun} onChange={(e) => setNoun(e.currentTarget.value)}>
              <option value="">{t("audit_anything")}</option>
              {NOUNS.map((n) => (
                <option key={n} value={n}>
                  {nounName(n)}
                </option>
              ))}
            </select>
          )}
        </Field>
      </div>
      {trouble && <Trouble message={trouble} retry={() => read(0)} />}
      {!page && !trouble && <Skeleton kind="row" lines={6} />}
      {page && page.entries.length === 0 && <Empty title={t("audit_nothing")} />}
      {page && page.entries.length > 0 && (
        <ol class="audit-log" aria-label={t("audit")}>
          {page.entries.map((e) => (
            <Entry key={e.number} entry={e} agents={agents} />
          ))}
        </ol>
      )}
      {page?.more && <Button onClick={() => read(page.entries.at(-1)!.number)}>{t("audit_older")}</Button>}
    </Section>
  );
}

/** The entries so far; read asks for those before a number, 0 for the latest. */
function usePage(by: string, noun: string) {
  const [page, setPage] = useState<AuditPage | null>(null);
  const [trouble, setTrouble] = useState("");
  const fetchPage = (before: number) => api.get<AuditPage>(`audit?by=${by}&noun=${noun}${before ? `&before=${before}` : ""}`);
  const read = (before: number) => {
    setTrouble("");
    fetchPage(before).then(
      (found) => setPage((had) => (before && had ? { entries: [...had.entries, ...found.entries], more: found.more } : found)),
      (err: ApiError) => setTrouble(err.message),
    );
  };
  useEffect(() => {
    let left = false;
    setPage(null);
    setTrouble("");
    fetchPage(0).then(
      (found) => left || setPage(found),
      (err: ApiError) => left || setTrouble(err.message),
    );
    return () => {
      left = true;
    };
  }, [by, noun]);
  return { page, trouble, read };
}

interface Verdict {
  whole: boolean;
  good: number;
  broken: number;
}

/** Each entry carries the hash of the one before: one that was changed or taken out shows. */
function Check() {
  const [verdict, setVerdict] = useState<Verdict | null>(null);
  const work = useWork();
  return (
    <Section title={t("audit_whole")} lead={t("audit_whole_lead")}>
      <p role="status" class={`audit-verdict ${verdict ? (verdict.whole ? "good" : "bad") : ""}`}>
        {verdict && (verdict.whole ? <CircleCheck size={18} /> : <CircleAlert size={18} />)}
        {verdict && (verdict.whole ? t("audit_good", { n: verdict.good }) : t("audit_broken", { n: verdict.broken }))}
      </p>
      {work.error && (
        <p class="field-error" role="alert">
          {work.error}
        </p>
      )}
      <div class="form-actions">
        <Button busy={work.busy} onClick={() => work.run(async () => setVerdict(await api.get<Verdict>("audit/check")))}>
          {t("audit_check")}
        </Button>
      </div>
    </Section>
  );
}
