import { Smile } from "lucide-preact";
import lazy, { ErrorBoundary } from "preact-iso/lazy";
import { useState } from "preact/hooks";
import { t } from "../../i18n";
import { IconButton } from "../../ui/button";

const Emoji = lazy(() => import("./emoji"));

/** The button for emoji; what it opens is fetched with the first press. */
export function EmojiButton({ pick }: { pick: (sign: string) => void }) {
  const [wanted, want] = useState(false);
  if (wanted) {
    return (
      <ErrorBoundary>
        <Emoji pick={pick} />
      </ErrorBoundary>
    );
  }
  return (
    <IconButton label={t("insert_emoji")} onClick={() => want(true)}>
      <Smile size={18} />
    </IconButton>
  );
}
