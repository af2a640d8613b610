import { useEffect, useState } from "preact/hooks";
import type { Brought, ImportKind, ImportRequest } from "../../../wire/protocol";
import { api, type ApiError } from "../../api";
import { t } from "../../i18n";
import { Button } from "../../ui/button";
import { useWork } from "../../ui/busy";
import { Field } from "../../ui/field";
import { Skeleton, Trouble } from "../../ui/state";

/** A file that somebody chose. */
export interface Chosen {
  kind: ImportKind;
  as: "csv" | "json";
  name: string;
  text: string;
}

/** Our names of what a line may hold. */
const COLUMNS: Record<ImportKind, readonly string[]> = {
  people: ["reference", "name", "email", "segment", "locale"],
  orders: ["reference", "customer", "at", "amount", "currency", "state", "text"],
  conversations: ["reference", "customer", "at", "by", "text", "name"],
};

/** What would become of a file, column by column, before anything of it is stored. */
export function ImportLook({ path, chosen, came }: { path: string; chosen: Chosen; came: (b: Brought) => void }) {
  const [look, setLook] = useState<Brought | null>(null);
  const [trouble, setTrouble] = useState("");
  const [headings, name] = useState<Record<string, string>>({});
  const work = useWork();
  const send = (dry_run: boolean) => api.post<Brought>(path, { ...chosen, headings, dry_run } satisfies ImportRequest);
  const see = () => {
    let over = false;
    setTrouble("");
    send(true).then((b) => !over && setLook(b), (err: ApiError) => !over && setTrouble(err.message));
    return () => void (over = true);
  };
  useEffect(see, [headings]);
  const bring = () =>
    work.run(async () => {
      const b = await send(false);
      setLook(b);
      came(b);
    });
  if (trouble) return <Trouble message={trouble} retry={see} />;
  if (!look) return <Skeleton lines={3} />;
  const counts = [t("imports_new", { n: look.added }), look.same > 0 && t("imports_same", { n: look.same }), look.wrong > 0 && t("imports_wrong", { n: look.wrong })];
  return (
    <section class="import-look" aria-label={t("imports_would", { name: chosen.name })}>
      <h2 class="section-title">
        <bdi>{t("imports_would", { name: chosen.name })}</bdi>
      </h2>
      <p role="status">{counts.filter(Boolean).join(", ")}.</p>
      {chosen.as === "csv" && look.headings.length > 0 && <Columns kind={chosen.kind} found={look.headings} headings={headings} choose={name} />}
      {look.problems.length > 0 && (
        <details class="fold" open={look.problems.length < 6}>
          <summary>{t("imports_problems")}</summary>
          <ul class="import-problems">
            {look.problems.map((p) => (
              <li key={`${p.line} ${p.field} ${p.message}`}>
                <strong>{t("imports_line", { n: p.line })}</strong> {p.field}: <bdi>{p.message}</bdi>
              </li>
            ))}
          </ul>
        </details>
      )}
      {work.error && (
        <p class="field-error" role="alert">
          {work.error}
        </p>
      )}
      {!look.import_id && (
        <div class="form-actions">
          <Button kind="primary" disabled={!look.added} busy={work.busy} onClick={bring}>
            {t("imports_go", { n: look.added })}
          </Button>
        </div>
      )}
    </section>
  );
}

/** Whose columns have other names says which is which; each change is looked at anew. */
function Columns({ kind, found, headings, choose }: { kind: ImportKind; found: readonly string[]; headings: Record<string, string>; choose: (h: Record<string, string>) => void }) {
  const other = COLUMNS[kind].some((c) => !found.includes(c));
  return (
    <details class="fold" open={other}>
      <summary>{t("imports_columns")}</summary>
      <div class="import-columns">
        {COLUMNS[kind].map((column) => (
          <Field key={column} label={column}>
            {(ids) => (
              <select
                {...ids}
                class="input select"
                value={headings[column] ?? ""}
                onChange={(e) => {
                  const { [column]: _, ...rest } = headings;
                  choose(e.currentTarget.value ? { ...rest, [column]: e.currentTarget.value } : rest);
                }}
              >
                <option value="">{t("imports_own")}</option>
                {found.map((heading) => (
                  <option key={heading} value={heading}>
                    {heading}
                  </option>
                ))}
              </select>
            )}
          </Field>
        ))}
      </div>
    </details>
  );
}
