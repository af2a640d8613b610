import { useEffect, useRef, useState } from "preact/hooks";
import type { Brought, Import, ImportKind, Site } from "../../../wire/protocol";
import { saveAs } from "../../../files/save";
import { api, type ApiError } from "../../api";
import { ask } from "../../ask";
import { explain } from "../../desk";
import { learn, t } from "../../i18n";
import words from "../../i18n/imports.json";
import { done } from "../../state/toasts";
import { Button } from "../../ui/button";
import { Choice } from "../../ui/field";
import { Skeleton, Trouble } from "../../ui/state";
import { exactTime } from "../../words";
import { Section } from "../pages/page";
import { ImportLook, type Chosen } from "./import-look";

learn(words);

const KINDS: readonly ImportKind[] = ["people", "orders", "conversations"];
/** Largest file, bytes. */
const LARGEST = 4 << 20;

/** Brings people, orders and past conversations in: a look first, and all of it can be undone. */
export default function Imports({ now }: { now: Site }) {
  const [kind, setKind] = useState<ImportKind>("people");
  const [chosen, choose] = useState<Chosen | null>(null);
  const [error, setError] = useState("");
  const [turn, again] = useState(0);
  const input = useRef<HTMLInputElement>(null);
  const path = `sites/${now.id}/imports`;
  const example = async () => {
    const { name, text } = await api.get<{ name: string; text: string }>(`${path}/example?kind=${kind}`);
    saveAs(new Blob([text], { type: "text/csv" }), name);
  };
  const take = async (file: File) => {
    setError("");
    if (file.size > LARGEST) return setError(t("imports_too_large"));
    choose({ kind, as: file.name.toLowerCase().endsWith(".json") ? "json" : "csv", name: file.name, text: await file.text() });
  };
  return (
    <>
      <Section lead={t("imports_lead")}>
        <Choice
          label={t("imports_what")}
          value={kind}
          onChange={(k) => {
            setKind(k);
            choose(null);
          }}
          options={KINDS.map((value) => ({ value, label: t(`imports_${value}`) }))}
        />
        <p class="quiet">{t(`imports_lead_${kind}`)}</p>
        <div class="form-actions">
          <Button kind="primary" onClick={() => input.current?.click()}>
            {t("imports_choose")}
          </Button>
          <Button onClick={() => void example().catch(explain)}>{t("imports_example")}</Button>
          <input
            ref={input}
            type="file"
            hidden
            accept=".json,.csv,application/json,text/csv"
            aria-label={t("imports_choose")}
            onChange={(e) => {
              const file = e.currentTarget.files?.[0];
              e.currentTarget.value = "";
              if (file) void take(file);
            }}
          />
        </div>
        {error && (
          <p class="field-error" role="alert">
            {error}
          </p>
        )}
        {chosen && (
          <ImportLook
            key={chosen.name + chosen.text.length + chosen.kind}
            path={path}
            chosen={chosen}
            came={(b: Brought) => {
              done(t("imports_done", { n: b.added }));
              again(turn + 1);
              if (!b.wrong) choose(null);
            }}
          />
        )}
      </Section>
      <List path={path} turn={turn} />
    </>
  );
}

/** What came in, latest first, each with the way back. */
function List({ path, turn }: { path: string; turn: number }) {
  const [list, setList] = useState<readonly Import[] | null>(null);
  const [trouble, setTrouble] = useState("");
  const load = () => {
    setTrouble("");
    api.get<{ imports: Import[] }>(path).then((d) => setList(d.imports), (err: ApiError) => setTrouble(err.message));
  };
  useEffect(load, [path, turn]);
  const undo = async (i: Import) => {
    if (!(await ask({ title: t("imports_undo_title", { name: i.name }), body: t("imports_undo_body"), yes: t("imports_undo"), danger: true }))) return;
    try {
      const { stay } = await api.remove<{ stay: number }>(`${path}/${i.id}`);
      done(stay ? t("imports_stay", { n: stay }) : t("imports_undone"));
    } catch (err) {
      explain(err);
    }
    load();
  };
  return (
    <Section title={t("imports_list")}>
      {trouble ? <Trouble message={trouble} retry={load} /> : !list && <Skeleton kind="row" lines={2} />}
      {list?.length === 0 && <p class="quiet">{t("imports_none")}</p>}
      <ul class="people">
        {list?.map((i) => (
          <li key={i.id} class="person">
            <div class="grow">
              <strong>
                <bdi>{i.name || t(`imports_${i.kind}`)}</bdi>
              </strong>
              <span class="quiet">
                {t(`imports_${i.kind}`)} · {t("imports_came", { n: i.added })} · <bdi>{i.by?.name ?? t("imports_shell")}</bdi> · {exactTime(i.made_at)}
                {i.undone_at > 0 && <> · {t("imports_was_undone")}</>}
              </span>
            </div>
            {!i.undone_at && (
              <Button kind="quiet" onClick={() => void undo(i)}>
                {t("imports_undo")}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Section>
  );
}
