import { useEffect, useState } from "preact/hooks";
import type { ConversationView, Row, RowPage } from "../../../wire/protocol";
import { api, type ApiError } from "../../api";
import { t } from "../../i18n";
import { me, site } from "../../state/session";
import { fill, holes, missing } from "../../state/template";
import { Field } from "../../ui/field";
import { personName } from "../../words";
import { useFetched } from "./use-fetched";

/** How many customers are offered of those who talk now, and of those whose conversation is closed. */
const OFFERED = 30;

/** How the words read for a customer: a made-up one, or one of those who wrote lately. */
export function Preview({ body }: { body: string }) {
  const [customers, setCustomers] = useState<Row[]>([]);
  const [chosen, choose] = useState("");
  const lately = useFetched(async () => setCustomers(await recent()));
  const known = useKnown(chosen);
  const row = customers.find((c) => c.id === chosen);
  const text = fill(body, known.values ?? {});
  const holding = known.values && missing(text);
  return (
    <div class="editor-preview">
      <Field label={t("preview_with")} hint={lately.error ?? (!lately.loading && customers.length === 0 ? t("preview_no_customers") : "")} error={known.error}>
        {(ids) => (
          <select {...ids} class="input select" value={chosen} onChange={(e) => choose(e.currentTarget.value)}>
            <option value="">{t("preview_made_up", { name: t("example_name") })}</option>
            {customers.map((c) => (
              <option key={c.id} value={c.id}>
                {personName(c.person)}
              </option>
            ))}
          </select>
        )}
      </Field>
      {known.values && (
        <p class="bubble" dir="auto" aria-label={t("preview")} role="group">
          <Filled text={text} />
        </p>
      )}
      <p class="field-hint" role="status">
        {!known.values && !known.error && row && t("preview_loading", { name: personName(row.person) })}
        {holding && holding.length > 0 && t("preview_missing", { names: holding.join(", ") })}
      </p>
    </div>
  );
}

/** The text, with what is still to be filled in marked. */
function Filled({ text }: { text: string }) {
  const parts = [];
  let end = 0;
  for (const hole of holes(text)) {
    parts.push(text.slice(end, hole.start), <mark key={hole.start}>{text.slice(hole.start, hole.end)}</mark>);
    end = hole.end;
  }
  return <>{[...parts, text.slice(end)]}</>;
}

/** One conversation of each customer among those that wait or are open, and those closed last. */
async function recent(): Promise<Row[]> {
  const page = (list: string) => api.get<RowPage>(`conversations?site=${site.value?.id}&list=${list}&limit=${OFFERED}`);
  const rows = (await Promise.all([page("open"), page("closed")])).flatMap((p) => p.rows);
  return rows.filter((r, i) => rows.findIndex((x) => x.person.id === r.person.id) === i);
}

/** The values for a conversation's customer, as its own composer has them; values is null until they are there. */
function useKnown(id: string): { values: Record<string, string> | null; error: string } {
  const [found, find] = useState<{ id: string; values: Record<string, string> | null; error: string }>({ id: "", values: null, error: "" });
  useEffect(() => {
    if (!id) return;
    let wanted = true;
    find({ id, values: null, error: "" });
    api.get<ConversationView>(`conversations/${id}`).then(
      (view) => wanted && find({ id, values: view.variables, error: "" }),
      (err: ApiError) => wanted && find({ id, values: null, error: err.message }),
    );
    return () => void (wanted = false);
  }, [id]);
  if (!id) return { values: example(), error: "" };
  return found.id === id ? found : { values: null, error: "" };
}

/** A made-up customer to read the words with. */
function example(): Record<string, string> {
  const agent = me.value?.agent.name ?? "";
  const facts = Object.entries(site.value?.facts ?? {}).map(([name, words]) => [`site.${name}`, words]);
  return {
    "customer.first_name": t("example_first"),
    "customer.name": t("example_name"),
    "customer.email": "maria@mail.example",
    "agent.name": agent,
    "agent.first_name": agent.split(" ")[0] ?? "",
    "site.name": site.value?.name ?? "",
    ...Object.fromEntries(facts),
  };
}
