import { useState } from "preact/hooks";
import { api, type ApiError } from "../../api";
import { t } from "../../i18n";
import { may, site } from "../../state/session";
import type { Listed } from "../../state/visitors";
import { Button } from "../../ui/button";
import { TextArea } from "../../ui/field";

/** The most that an invitation says: a card holds no more. */
const MOST = 280;

/** A short word to somebody who looks around, or what has become of it. */
export function Invite({ visitor: v }: { visitor: Listed }) {
  if (v.invitation) return <Invited invitation={v.invitation} />;
  if (v.left || v.conversation_id || !may("conversation.answer")) return null;
  return <Write id={v.id} />;
}

function Invited({ invitation: i }: { invitation: NonNullable<Listed["invitation"]> }) {
  return (
    <section class="visitor-invited">
      <h3>{t("visitor_invited", { name: i.from })}</h3>
      <blockquote dir="auto">{i.text}</blockquote>
      <p class="quiet" role="status">
        {t(`visitor_invited_${i.state}`)}
      </p>
    </section>
  );
}

function Write({ id }: { id: string }) {
  const [text, write] = useState(t("visitor_invite_begin"));
  const [error, fail] = useState("");
  const [busy, work] = useState(false);
  const send = async (e: Event) => {
    e.preventDefault();
    work(true);
    fail("");
    try {
      await api.post(`visitors/${id}/invitation`, { site: site.value?.id, text });
    } catch (err) {
      fail((err as ApiError).message);
      work(false);
    }
  };
  return (
    <form class="visitor-invite" onSubmit={(e) => void send(e)}>
      <TextArea label={t("visitor_invite")} hint={t("visitor_invite_hint")} error={error} value={text} maxLength={MOST} required onValue={write} />
      <Button kind="primary" type="submit" busy={busy} disabled={!text.trim()}>
        {t("visitor_invite_send")}
      </Button>
    </form>
  );
}
