import { CalendarClock, FolderInput, Phone, Split, Store, Video } from "lucide-preact";
import type { ByHand } from "../../../wire/protocol";
import { t } from "../../i18n";
import "./dress";

const SIGNS = { call: Phone, visit: Store, video: Video, appointment: CalendarClock, import: FolderInput, aside: Split };

/** What it was, as a sign with its name. */
export function Channel({ of }: { of: ByHand }) {
  const Sign = SIGNS[of];
  return <Sign size={14} class="channel-sign" aria-label={t(`channel_${of}`)} />;
}
