import { GripVertical } from "lucide-preact";
import type { RefObject } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { t } from "../../i18n";
import { IconButton } from "../../ui/button";

interface Item {
  id: string;
}

export interface Order<T extends Item> {
  /** The items in the order of the screen, which may not be saved yet. */
  items: readonly T[];
  list: RefObject<HTMLUListElement | null>;
  /** What the last move came to, for screen readers. */
  said: string;
  handle: (item: T, name: string) => { onKeyDown: (e: KeyboardEvent) => void; onPointerDown: (e: PointerEvent) => void };
}

/** Puts a list into another order, by pointer or arrow keys; save gets all ids once a move is done. */
export function useOrder<T extends Item>(stored: readonly T[], save: (ids: string[]) => Promise<void>): Order<T> {
  const [ids, setIds] = useState<string[] | null>(null);
  const [said, say] = useState("");
  const list = useRef<HTMLUListElement>(null);
  const focus = useRef("");
  const items = ids ? [...stored].sort((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id)) : stored;
  // Moving a row in the document takes the focus from its handle.
  useLayoutEffect(() => {
    if (focus.current) list.current?.querySelector<HTMLElement>(`[data-id="${focus.current}"] .order-handle`)?.focus();
    focus.current = "";
  });
  const moved = (from: readonly string[], id: string, to: number) => {
    const rest = from.filter((x) => x !== id);
    return [...rest.slice(0, to), id, ...rest.slice(to)];
  };
  const keep = (next: string[]) => void save(next).finally(() => setIds((now) => (now === next ? null : now)));
  const place = (id: string, name: string, next: string[]) => {
    setIds(next);
    say(t("order_place", { name, n: next.indexOf(id) + 1, of: next.length }));
  };
  const handle = (item: T, name: string) => ({
    onKeyDown: (e: KeyboardEvent) => {
      const by = e.key === "ArrowUp" ? -1 : e.key === "ArrowDown" ? 1 : 0;
      if (!by) return;
      e.preventDefault();
      const from = items.map((x) => x.id);
      const to = from.indexOf(item.id) + by;
      if (to < 0 || to >= from.length) return;
      const next = moved(from, item.id, to);
      focus.current = item.id;
      place(item.id, name, next);
      keep(next);
    },
    onPointerDown: (e: PointerEvent) => {
      if (e.button !== 0) return;
      let next = items.map((x) => x.id);
      const before = next;
      const move = ({ clientY }: PointerEvent) => {
        const to = placeAt(list.current, item.id, clientY);
        if (to === next.indexOf(item.id)) return;
        next = moved(next, item.id, to);
        place(item.id, name, next);
      };
      const end = () => {
        removeEventListener("pointermove", move);
        removeEventListener("pointerup", end);
        removeEventListener("pointercancel", end);
        if (next !== before) keep(next);
      };
      addEventListener("pointermove", move);
      addEventListener("pointerup", end);
      addEventListener("pointercancel", end);
    },
  });
  return { items, list, said, handle };
}

/** The place among the other rows that a height on the screen stands for. */
function placeAt(list: HTMLElement | null, id: string, y: number): number {
  const others = [...(list?.children ?? [])].filter((row) => (row as HTMLElement).dataset["id"] !== id);
  const below = others.findIndex((row) => {
    const { top, height } = row.getBoundingClientRect();
    return y < top + height / 2;
  });
  return below < 0 ? others.length : below;
}

/** What one takes a row by. */
export function Handle({ name, ...on }: { name: string } & ReturnType<Order<Item>["handle"]>) {
  return (
    <IconButton {...on} class="order-handle" label={t("order_move", { name })}>
      <GripVertical size={16} />
    </IconButton>
  );
}
