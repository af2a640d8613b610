import { useLayoutEffect, useRef } from "preact/hooks";
import { t } from "../words";

/** The 24 that chats need most; the system's own picker has the rest. */
const emoji = [
  { symbol: "🙂", key: "emoji.smile" }, { symbol: "😂", key: "emoji.laugh" }, { symbol: "😉", key: "emoji.wink" },
  { symbol: "😍", key: "emoji.love" }, { symbol: "🤔", key: "emoji.think" }, { symbol: "😮", key: "emoji.oh" },
  { symbol: "🙁", key: "emoji.sad" }, { symbol: "😢", key: "emoji.cry" }, { symbol: "😌", key: "emoji.relief" },
  { symbol: "😅", key: "emoji.sweat" }, { symbol: "🙏", key: "emoji.please" }, { symbol: "👏", key: "emoji.thanks" },
  { symbol: "👍", key: "emoji.up" }, { symbol: "👎", key: "emoji.down" }, { symbol: "👌", key: "emoji.ok" },
  { symbol: "👋", key: "emoji.wave" }, { symbol: "❤️", key: "emoji.heart" }, { symbol: "⭐", key: "emoji.star" },
  { symbol: "🎉", key: "emoji.party" }, { symbol: "🔥", key: "emoji.fire" }, { symbol: "🎁", key: "emoji.gift" },
  { symbol: "📦", key: "emoji.parcel" }, { symbol: "✅", key: "emoji.check" }, { symbol: "❓", key: "emoji.question" },
] as const;

/** Comes when its button is first pressed, and takes the focus as soon as it is there. */
export function Emoji({ pick }: { pick(symbol: string): void }) {
  const first = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => first.current!.focus(), []);
  return emoji.map(({ symbol, key }, i) => (
    <button type="button" key={symbol} ref={i ? null : first} tabIndex={-1} aria-label={t(key)} title={t(key)} onClick={() => pick(symbol)}>
      {symbol}
    </button>
  ));
}
