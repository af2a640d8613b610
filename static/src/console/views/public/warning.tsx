import { Megaphone } from "lucide-preact";
import type { ConversationView } from "../../../wire/protocol";
import { t, type Key } from "../../i18n";
import { draftOf } from "../../state/drafts";
import { Button } from "../../ui/button";
import { insertText } from "../thread/writing";
import { touches } from "./matter";

/** Above the composer of a public conversation, while a reply touches what is the customer's alone. It keeps nobody from sending. */
export function InPublic({ id, view }: { id: string; view: ConversationView }) {
  const draft = draftOf(id);
  const heard = view.messages.findLast((m) => m.author.kind === "person")?.text ?? "";
  const matter = draft.kind === "reply" ? touches(draft.text, heard) : null;
  const space = draft.text && !/\s$/.test(draft.text) ? " " : "";
  return (
    <section class="in-public" role="status">
      {matter && (
        <p>
          <Megaphone size={16} class="mirror" aria-hidden="true" />
          <span>{t(`public_${matter}` as Key)}</span>
          <Button onClick={() => insertText(id, space + t("public_phrase"), { from: draft.text.length, to: draft.text.length })}>{t("public_private")}</Button>
        </p>
      )}
    </section>
  );
}
