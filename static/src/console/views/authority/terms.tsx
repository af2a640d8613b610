import { useState } from "preact/hooks";
import type { Authority, Left } from "../../../wire/protocol";
import { t } from "../../i18n";
import { agree, amountWords, wish } from "../../state/authority";
import { done } from "../../state/toasts";
import { Button } from "../../ui/button";
import { useWork } from "../../ui/busy";
import { TextArea } from "../../ui/field";

/** One's own limits, to read and agree to, with the way to ask for others. */
export function Terms({ held }: { held: Authority }) {
  const work = useWork();
  const agreed = held.read_version === held.version;
  return (
    <section class="terms" aria-label={t("your_limits")}>
      <ul>
        {held.kinds.map((k) => (
          <li key={k.key}>
            <strong>
              <bdi>{k.name}</bdi>
            </strong>{" "}
            <span class="quiet">{limitWords(held, k.key)}</span>
          </li>
        ))}
      </ul>
      {agreed ? (
        <p class="quiet">{t("you_agreed")}</p>
      ) : (
        <Button kind="primary" busy={work.busy} onClick={() => work.run(() => agree(held.version))}>
          {t("i_agree")}
        </Button>
      )}
      {work.error && (
        <span class="field-error" role="alert">
          {work.error}
        </span>
      )}
      <Wish />
    </section>
  );
}

function limitWords(held: Authority, key: string): string {
  const kind = held.kinds.find((k) => k.key === key);
  const limit: Left | undefined = held.left.find((l) => l.kind === key);
  if (!kind || !limit || limit.each === 0) return t("limit_nothing");
  const words = (n: number) => (kind.unit === "none" ? n.toString() : amountWords(n, kind.unit, held.currency));
  return t(kind.unit === "none" ? "limit_counted" : "limit_words", { each: words(limit.each), day: words(limit.day), month: words(limit.month) });
}

/** Asks the owner for other limits. */
function Wish() {
  const [open, show] = useState(false);
  const [text, set] = useState("");
  const work = useWork();
  if (!open) {
    return (
      <Button kind="quiet" onClick={() => show(true)}>
        {t("wish_limits")}
      </Button>
    );
  }
  const send = async () => {
    await wish(text.trim());
    done(t("wish_sent"));
    set("");
    show(false);
  };
  return (
    <div class="wish">
      <TextArea label={t("wish_text")} rows={2} maxLength={500} value={text} error={work.error} onValue={set} />
      <Button busy={work.busy} disabled={!text.trim()} onClick={() => work.run(send)}>
        {t("send_wish")}
      </Button>
    </div>
  );
}
