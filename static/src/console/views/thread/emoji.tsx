import { Smile } from "lucide-preact";
import { useRef } from "preact/hooks";
import { t } from "../../i18n";
import { Popover } from "../../ui/popover";

/** What serves in a conversation with customers: few enough to find at a glance. */
const SIGNS = [..."🙂😊😀😄😉😍🤗🤔😅😌😇🥳😢😟😕😮🙈💛👍👏🙏🤝👌💪✌️👋🎉🎁🌷☀️⭐✨🔥💡📦🚚📅⏰📞✉️📎🔑🔧✅❗❓➡️☕"].reduce<string[]>((out, c) => {
  // A variation selector belongs to the sign before it.
  if (c === "\ufe0f" && out.length) out[out.length - 1] += c;
  else out.push(c);
  return out;
}, []);

const COLUMNS = 8;

export default function Emoji({ pick }: { pick: (sign: string) => void }) {
  const grid = useRef<HTMLDivElement>(null);
  const move = (e: KeyboardEvent, i: number) => {
    const by = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: COLUMNS, ArrowUp: -COLUMNS }[e.key];
    if (!by) return;
    e.preventDefault();
    grid.current?.querySelectorAll("button")[Math.max(0, Math.min(SIGNS.length - 1, i + by))]?.focus();
  };
  return (
    <Popover defaultOpen label={t("insert_emoji")} trigger={<Smile size={18} />}>
      {(close) => (
        <div ref={grid} class="emoji">
          {SIGNS.map((sign, i) => (
            <button
              key={sign}
              type="button"
              tabIndex={i === 0 ? 0 : -1}
              class="emoji-sign"
              onKeyDown={(e) => move(e, i)}
              onClick={() => {
                close();
                pick(sign);
              }}
            >
              {sign}
            </button>
          ))}
        </div>
      )}
    </Popover>
  );
}
