import { useState } from "preact/hooks";
import { api, type ApiError } from "../../api";
import { t } from "../../i18n";
import { may, site } from "../../state/session";
import type { Listed } from "../../state/visitors";
import { useBegun } from "../../ui/begun";
import { Button } from "../../ui/button";
import { TextArea } from "../../ui/field";

/** The most that an invitation says: a card holds no more. */
const MOST = 280;

/** A short word to somebody who looks around, or what has become of it. */
export function Invite({ visitor: v }: { visitor: Listed }) {
  const first = t("visitor_invite_begin");
  const { value, change, finish } = useBegun(`invitation:${v.id}`, { text: first });
  // From the moment it is sent on, nothing of it is left to send.
  const [sent, send] = useState(false);
  const write = (text: string) => change({ text });
  // A rule's that no page has shown yet gives way.
  const stands = v.invitation && !(v.invitation.rule && v.invitation.state === "sent");
  const open = !stands && !v.left && !v.conversation_id && may("conversation.answer");
  if (open) return <Write id={v.id} text={value.text} write={write} busy={sent} send={send} finish={finish} />;
  return (
    <>
      {v.invitation && <Invited invitation={v.invitation} />}
      {!sent && value.text.trim() && value.text !== first && <Unsent text={value.text} discard={() => write(first)} />}
    </>
  );
}

function Invited({ invitation: i }: { invitation: NonNullable<Listed["invitation"]> }) {
  return (
    <section class="visitor-invited">
      <h3>{i.rule ? t("visitor_invited_rule", { name: i.rule }) : t("visitor_invited", { name: i.from })}</h3>
      <blockquote dir="auto">{i.text}</blockquote>
      <p class="quiet" role="status">
        {t(`visitor_invited_${i.state}`)}
      </p>
    </section>
  );
}

/** What was begun when they went: it can be taken elsewhere. */
function Unsent({ text, discard }: { text: string; discard: () => void }) {
  return (
    <section class="visitor-invited">
      <h3>{t("visitor_unsent")}</h3>
      <blockquote dir="auto">{text}</blockquote>
      <p class="quiet" role="status">
        {t("visitor_unsent_why")}
      </p>
      <Button onClick={discard}>{t("visitor_unsent_discard")}</Button>
    </section>
  );
}

interface WriteProps {
  id: string;
  text: string;
  write: (text: string) => void;
  busy: boolean;
  send: (sent: boolean) => void;
  finish: () => void;
}

function Write({ id, text, write, busy, send, finish }: WriteProps) {
  const [error, fail] = useState("");
  const submit = async (e: Event) => {
    e.preventDefault();
    send(true);
    fail("");
    try {
      await api.post(`visitors/${id}/invitation`, { site: site.value?.id, text });
      finish();
    } catch (err) {
      fail((err as ApiError).message);
      send(false);
    }
  };
  return (
    <form class="visitor-invite" onSubmit={(e) => void submit(e)}>
      <TextArea label={t("visitor_invite")} hint={t("visitor_invite_hint")} error={error} value={text} maxLength={MOST} required onValue={write} />
      <Button kind="primary" type="submit" busy={busy} disabled={!text.trim()}>
        {t("visitor_invite_send")}
      </Button>
    </form>
  );
}
