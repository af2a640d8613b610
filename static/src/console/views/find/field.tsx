import { Search as Glass, X } from "lucide-preact";
import { useEffect, useId, useRef, useState } from "preact/hooks";
import { t, type Key } from "../../i18n";
import type { PersonFound } from "../../../wire/protocol";
import { api } from "../../api";
import { useAgents } from "../../state/agents";
import { offer, pieces, type Option } from "../../state/query";
import { me } from "../../state/session";

interface Props {
  text: string;
  problem: string;
  /** now: do not wait for more letters. */
  onText: (text: string, now?: boolean) => void;
}

/** The field with what may come next below it: arrows choose, Enter or Tab takes, Esc lets be. */
export function SearchField({ text, problem, onText }: Props) {
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const [caret, moveCaret] = useState(text.length);
  const [at, point] = useState(-1);
  const [shut, close] = useState(true);
  const agents = useAgents() ?? [];
  const people = usePeople(text, caret);
  const sites = me.value?.sites ?? [];
  const offered = shut ? null : offer(text, caret, { agents: agents.map((a) => a.name), people, sites: sites.length > 1 ? sites.map((s) => s.name) : [] });
  const options = offered?.options ?? [];
  useEffect(() => field.current?.focus(), []);
  useEffect(() => point(-1), [text, caret]);

  const take = (option: Option) => {
    const whole = !option.insert.endsWith(":");
    const head = text.slice(0, offered!.start) + option.insert + (whole ? " " : "");
    onText(head + text.slice(offered!.end).trimStart(), whole);
    close(whole);
    setTimeout(() => {
      field.current?.setSelectionRange(head.length, head.length);
      moveCaret(head.length);
    });
  };
  const key = (e: KeyboardEvent) => {
    if (e.isComposing) return;
    const down = e.key === "ArrowDown";
    const chosen = options[at];
    if ((down || e.key === "ArrowUp") && options.length > 0) {
      point((at + (down ? 1 : -1) + options.length) % options.length);
    } else if (down) {
      document.querySelector<HTMLElement>(".hit")?.focus();
    } else if ((e.key === "Enter" || e.key === "Tab") && chosen) {
      take(chosen);
    } else if (e.key === "Enter") {
      close(true);
      onText(text, true);
    } else if (e.key === "Escape" && options.length > 0) {
      close(true);
    } else return;
    e.preventDefault();
  };
  return (
    <div class="search-field">
      <Glass size={18} aria-hidden="true" />
      <input
        ref={field}
        type="text"
        class="input"
        dir="auto"
        role="combobox"
        aria-label={t("search")}
        aria-expanded={options.length > 0}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={at >= 0 ? `${id}-${at}` : undefined}
        aria-invalid={problem !== "" || undefined}
        aria-describedby={problem ? `${id}-problem` : undefined}
        autocomplete="off"
        spellcheck={false}
        maxLength={300}
        placeholder={t("search_placeholder")}
        value={text}
        onInput={(e) => {
          moveCaret(e.currentTarget.selectionStart ?? 0);
          close(false);
          onText(e.currentTarget.value);
        }}
        onKeyDown={key}
        onSelect={(e) => moveCaret(e.currentTarget.selectionStart ?? 0)}
        onBlur={() => close(true)}
      />
      {text && (
        <button
          type="button"
          class="icon-button small"
          aria-label={t("search_clear")}
          onClick={() => {
            onText("", true);
            field.current?.focus();
          }}
        >
          <X size={16} />
        </button>
      )}
      <div id={`${id}-list`} role="listbox" aria-label={t("search_offers")} class="offers" hidden={options.length === 0}>
        {options.map((o, i) => (
          <div
            key={o.insert}
            id={`${id}-${i}`}
            role="option"
            tabIndex={-1}
            aria-selected={i === at}
            class={i === at ? "on" : ""}
            onMouseEnter={() => point(i)}
            onMouseDown={(e) => {
              e.preventDefault();
              take(o);
            }}
          >
            <bdi>{o.label}</bdi>
            {o.filter && <span class="quiet">{t(`filter_${o.filter}` as Key)}</span>}
          </div>
        ))}
      </div>
      {problem && (
        <p id={`${id}-problem`} class="field-error" role="alert">
          {problem}
        </p>
      )}
    </div>
  );
}

/** How long one must stop typing before names are fetched, ms. */
const PAUSE = 200;

/** Customers whose names begin as the from: or to: under the caret does. */
function usePeople(text: string, caret: number): string[] {
  const [found, find] = useState<string[]>([]);
  const piece = pieces(text).find((p) => p.start < caret && caret <= p.end);
  const begun = piece?.name === "from" || piece?.name === "to" ? piece.value : "";
  useEffect(() => {
    if (begun.length < 2) return;
    let late = false;
    const timer = setTimeout(() => {
      api
        .get<{ people: PersonFound[] }>("people?" + new URLSearchParams({ q: begun }))
        .then(({ people }) => late || find(people.map((p) => p.name || p.email).filter(Boolean)))
        .catch(() => {}); // Nothing is offered then.
    }, PAUSE);
    return () => {
      late = true;
      clearTimeout(timer);
    };
  }, [begun]);
  return begun.length < 2 ? [] : found;
}
