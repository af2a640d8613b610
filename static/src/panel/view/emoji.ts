/** The 24 that chats need most; the system's own picker has the rest. */
export const emoji = [
  { symbol: "🙂", key: "emoji.smile" }, { symbol: "😂", key: "emoji.laugh" }, { symbol: "😉", key: "emoji.wink" },
  { symbol: "😍", key: "emoji.love" }, { symbol: "🤔", key: "emoji.think" }, { symbol: "😮", key: "emoji.oh" },
  { symbol: "🙁", key: "emoji.sad" }, { symbol: "😢", key: "emoji.cry" }, { symbol: "😌", key: "emoji.relief" },
  { symbol: "😅", key: "emoji.sweat" }, { symbol: "🙏", key: "emoji.please" }, { symbol: "👏", key: "emoji.thanks" },
  { symbol: "👍", key: "emoji.up" }, { symbol: "👎", key: "emoji.down" }, { symbol: "👌", key: "emoji.ok" },
  { symbol: "👋", key: "emoji.wave" }, { symbol: "❤️", key: "emoji.heart" }, { symbol: "⭐", key: "emoji.star" },
  { symbol: "🎉", key: "emoji.party" }, { symbol: "🔥", key: "emoji.fire" }, { symbol: "🎁", key: "emoji.gift" },
  { symbol: "📦", key: "emoji.parcel" }, { symbol: "✅", key: "emoji.check" }, { symbol: "❓", key: "emoji.question" },
] as const;
