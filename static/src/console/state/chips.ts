/** Commitments heard in a reply: asked of the server while one writes, promised when the reply is sent. */
import { signal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { newId } from "../../wire";
import { explain } from "../desk";
import { asPromise, listen, type Found } from "./commitments";
import { viewOf } from "./conversation";
import { draftOf } from "./drafts";
import { hangOn } from "./held";
import { pending } from "./outbox";
import { makePromise } from "./promises";
import { saidBefore, wave } from "./said";
import { me } from "./session";

/** open: offered. armed: it is promised with the reply. said: the reply went without it. */
export interface Chip extends Found {
  /** That of its promise, for each attempt. */
  client_id: string;
  state: "open" | "armed" | "said";
}

/** What there is of the reply on screen: a commitment with its time, or a promise that goes with it. */
export const commitment = signal<"" | "open" | "armed">("");

/** The chips of each draft: what was decided stays while one looks at another conversation. */
const beside = signal<Readonly<Record<string, readonly Chip[]>>>({});
const NONE: readonly Chip[] = [];
/** What was waved away of each draft. */
const dismissed = new Map<string, Set<string>>();

function setChips(id: string, chips: readonly Chip[]): void {
  const { [id]: _, ...rest } = beside.value;
  beside.value = chips.length > 0 ? { ...rest, [id]: chips } : rest;
}

/** Nobody is asked before the hand rests this long, ms. */
const REST = 500;
/** The chips after an answer about the words: what was decided of a commitment stays while its words stand. */
export function withFound(chips: readonly Chip[], found: readonly Found[]): Chip[] {
  const said = chips.filter((c) => c.state === "said");
  const open = found.map((f): Chip => {
    const before = chips.find((c) => c.state !== "said" && c.text === f.text);
    return { ...f, due_at: f.due_at || before?.due_at || 0, state: before?.state ?? "open", client_id: before?.client_id ?? newId() };
  });
  return [...said, ...open];
}

/** The chips after a reply has gone, with what is heard of it only then; decided is what was offered of it before. */
export function withSaid(chips: readonly Chip[], found: readonly Found[], decided: readonly string[] = []): Chip[] {
  const late = found.filter((f) => !decided.includes(f.text) && !chips.some((c) => c.text === f.text));
  const said = (c: Chip) => c.state === "said";
  return [...chips.filter(said), ...late.map((f): Chip => ({ ...f, client_id: newId(), state: "said" })), ...chips.filter((c) => !said(c))];
}

/** Was this sent, and not only deleted? The server may have it already. */
function hasGone(id: string, text: string): boolean {
  const stored = viewOf(id)?.messages.slice(-3) ?? [];
  return pending.value.some((p) => p.conversation_id === id && p.text === text) || stored.some((m) => m.author.id === me.value?.agent.id && m.text === text);
}

interface Chips {
  chips: readonly Chip[];
  /** Promises it: with the reply while that is written, at once when it has gone. */
  hold: (chip: Chip, due?: number) => void;
  dismiss: (chip: Chip) => void;
}

/** The chips of a conversation's draft. */
export function useChips(id: string, zone: string): Chips {
  const draft = draftOf(id);
  const text = draft.kind === "reply" ? draft.text : "";
  const chips = beside.value[id] ?? NONE;
  const change = (how: (all: readonly Chip[]) => readonly Chip[]) => setChips(id, how(beside.value[id] ?? NONE));
  const before = useRef("");
  const heard = useRef("");
  const replace = (chip: Chip, by: Chip[]) => change((all) => all.flatMap((c) => (c === chip ? by : [c])));
  const promise = (chip: Chip) =>
    makePromise(id, { client_id: chip.client_id, text: asPromise(chip.text), due_at: chip.due_at, zone, ...(chip.words ? { words: chip.words } : {}) }).catch((err: unknown) => {
      change((all) => [...all, { ...chip, state: "said" }]);
      explain(err);
    });
  const ready = viewOf(id) !== undefined;
  useEffect(() => {
    if (!ready) return;
    void saidBefore(id, zone).then((found) => change((all) => withSaid(all, found)));
  }, [id, ready]);
  useEffect(() => {
    const any = (state: Chip["state"]) => chips.some((c) => c.state === state && c.due_at);
    commitment.value = any("armed") ? "armed" : any("open") ? "open" : "";
  }, [chips]);
  useEffect(() => {
    const left = before.current;
    before.current = text;
    if (text === "" && left) {
      const mine = chips.filter((c) => c.state !== "said");
      const others = (all: readonly Chip[]) => all.filter((c) => !mine.includes(c));
      const late = heard.current !== left;
      const gone = () => {
        const decided = [...chips.map((c) => c.text), ...(dismissed.get(id) ?? [])];
        dismissed.delete(id);
        for (const chip of mine) if (chip.state === "armed") void promise(chip);
        // Who sends before the hand has rested hears of it afterwards.
        if (late) void listen(left, zone).then((found) => change((all) => withSaid(all, found ?? [], decided)));
        change((all) => [...others(all), ...mine.filter((c) => c.state === "open").map((c): Chip => ({ ...c, state: "said" }))]);
      };
      // Nothing is promised by words that may be taken back.
      if (hangOn(id, left.trim(), { gone, back: () => change((all) => [...others(all), ...mine]) })) return change(others);
      if (hasGone(id, left.trim())) return gone();
    }
    let over = false;
    const timer = setTimeout(async () => {
      const found = await listen(text, zone);
      if (!found || over) return;
      heard.current = text;
      change((all) => withFound(all, found.filter((f) => !dismissed.get(id)?.has(f.text))));
    }, REST);
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [text]);
  return {
    chips,
    hold: (chip, due = chip.due_at) => {
      if (chip.state === "armed") return replace(chip, [{ ...chip, state: "open" }]);
      if (chip.state === "open") return replace(chip, [{ ...chip, due_at: due, state: "armed" }]);
      replace(chip, []);
      void promise({ ...chip, due_at: due });
    },
    dismiss: (chip) => {
      wave(id, chip.text);
      dismissed.set(id, (dismissed.get(id) ?? new Set()).add(chip.text));
      replace(chip, []);
    },
  };
}
