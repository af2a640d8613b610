import type Fuzzysort from "fuzzysort";
import { signal } from "@preact/signals";
import { useEffect, useMemo, useState } from "preact/hooks";
import type { Template } from "../../../wire/protocol";
import { t } from "../../i18n";
import { viewOf } from "../../state/conversation";
import { templates } from "../../state/guide";
import { fill } from "../../state/template";
import { stepName } from "../../words";
import { insertTemplate } from "./writing";
import { Mirror } from "./mirror";

const SHOWN = 7;

export interface Slash {
  open: boolean;
  id: string;
  query: string;
  found: Template[];
  at: number;
  /** Id of the option in hand, for screen readers. */
  active: string | undefined;
  keyDown(e: KeyboardEvent): boolean;
  choose(i: number): void;
  point(i: number): void;
  dismiss(): void;
}

/** Templates by what was typed after "/"; those of the step in hand first while nothing is typed. */
export function useSlash(id: string, query: { from: number; query: string } | null): Slash {
  const [at, point] = useState(0);
  const [dismissed, dismiss] = useState("");
  const step = viewOf(id)?.matter.step;
  const place = query ? `${query.from}:${query.query}` : "";
  if (query) fetchFuzzy();
  const found = useMemo(() => (query ? search(query.query, step) : []), [place, templates.value, step, fuzzy.value]);
  useEffect(() => point(0), [place]);
  const open = query !== null && found.length > 0 && dismissed !== String(query.from);
  useEffect(() => {
    if (!query) dismiss("");
  }, [query === null]);

  const choose = (i: number) => {
    const template = found[i];
    if (template && query) insertTemplate(id, template, { from: query.from, to: query.from + 1 + query.query.length });
  };
  const away = () => dismiss(String(query?.from ?? ""));
  const keyDown = (e: KeyboardEvent): boolean => {
    if (!open) return false;
    const move = e.key === "ArrowDown" ? 1 : e.key === "ArrowUp" ? -1 : 0;
    if (move) point((at + move + found.length) % found.length);
    else if (e.key === "Enter" || e.key === "Tab") choose(at);
    else if (e.key === "Escape") away();
    else return false;
    e.preventDefault();
    e.stopPropagation();
    return true;
  };
  return { open, id, query: query?.query ?? "", found, at, active: open ? `slash-${at}` : undefined, keyDown, choose, point, dismiss: away };
}

/** Comes with the first "/"; until then plain inclusion serves. */
const fuzzy = signal<typeof Fuzzysort | null>(null);
const fetchFuzzy = once(() => void import("fuzzysort").then((m) => (fuzzy.value = m.default)));

function once(fn: () => void): () => void {
  let called = false;
  return () => {
    if (!called) fn();
    called = true;
  };
}

function search(query: string, step: string | undefined): Template[] {
  const all = templates.value;
  if (!query) {
    const fits = (x: Template) => Number(x.steps.some((s) => s === step));
    return [...all].sort((a, b) => fits(b) - fits(a) || b.uses - a.uses).slice(0, SHOWN);
  }
  const lower = query.toLocaleLowerCase();
  if (!fuzzy.value) return all.filter((x) => `${x.shortcut} ${x.title}`.toLocaleLowerCase().includes(lower)).slice(0, SHOWN);
  const results = fuzzy.value.go(query, all as Template[], { keys: ["shortcut", "title", "body"], limit: SHOWN, threshold: 0.5 });
  return results.map((r) => r.obj);
}

/** The list above the field, with what the one in hand would say. */
export function SlashMenu({ slash }: { slash: Slash }) {
  useEffect(() => document.getElementById(`slash-${slash.at}`)?.scrollIntoView({ block: "nearest" }), [slash.at, slash.open]);
  if (!slash.open) return null;
  const chosen = slash.found[slash.at];
  return (
    <div class="slash">
      <div class="slash-list" role="listbox" id="slash-menu" aria-label={t("templates")}>
        {slash.found.map((x, i) => (
          <div
            key={x.id}
            id={`slash-${i}`}
            role="option"
            tabIndex={-1}
            aria-selected={i === slash.at}
            class={`slash-item ${i === slash.at ? "on" : ""}`}
            onMouseEnter={() => slash.point(i)}
            onMouseDown={(e) => {
              e.preventDefault();
              slash.choose(i);
            }}
          >
            <span class="slash-title">{x.title}</span>
            {x.shortcut && <code dir="ltr">/{x.shortcut}</code>}
            <span class="slash-steps">{x.steps.map(stepName).join(", ")}</span>
          </div>
        ))}
      </div>
      {chosen && (
        <div class="slash-preview">
          <Mirror text={fill(chosen.body, viewOf(slash.id)?.variables ?? {})} />
          <p class="quiet">{t("slash_keys")}</p>
        </div>
      )}
    </div>
  );
}
