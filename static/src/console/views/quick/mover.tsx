import { ArrowDown, ArrowUp } from "lucide-preact";
import { explain } from "../../desk";
import { t } from "../../i18n";
import { move } from "../../state/quick";
import { IconButton } from "../../ui/button";

interface Props {
  id: string;
  name: string;
  /** Its place, from 0, and how many there are. */
  at: number;
  count: number;
  /** Told what is to be said when it has moved. */
  said(words: string): void;
}

/** Two buttons that move one of a list by a place; the focus stays on the one that was pressed. */
export function Mover({ id, name, at, count, said }: Props) {
  const go = (to: number) => (e: MouseEvent) => {
    if (to < 0 || to >= count) return;
    const button = e.currentTarget as HTMLButtonElement;
    move(id, to).catch(explain);
    said(t("order_said", { name, n: to + 1, of: count }));
    // A row that takes another place in the page loses the focus.
    requestAnimationFrame(() => button.focus());
  };
  return (
    <span class="mover">
      <IconButton class="small" label={t("move_up", { name })} aria-disabled={at === 0} onClick={go(at - 1)}>
        <ArrowUp size={16} />
      </IconButton>
      <IconButton class="small" label={t("move_down", { name })} aria-disabled={at === count - 1} onClick={go(at + 1)}>
        <ArrowDown size={16} />
      </IconButton>
    </span>
  );
}
