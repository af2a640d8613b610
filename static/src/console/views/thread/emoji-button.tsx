import { Smile } from "lucide-preact";
import { useState } from "preact/hooks";
import { t } from "../../i18n";
import { IconButton } from "../../ui/button";
import { part } from "../../ui/part";

const Emoji = part(() => import("./emoji"), true);

/** The button for emoji; what it opens is fetched with the first press. */
export function EmojiButton({ pick }: { pick: (sign: string) => void }) {
  const [wanted, want] = useState(false);
  if (wanted) return <Emoji pick={pick} />;
  return (
    <IconButton label={t("insert_emoji")} onClick={() => want(true)}>
      <Smile size={18} />
    </IconButton>
  );
}
