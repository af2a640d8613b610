import { ExternalLink } from "lucide-preact";
import { useState } from "preact/hooks";
import type { InviteRule, Site, TriedRule } from "../../../wire/protocol";
import { api } from "../../api";
import { t } from "../../i18n";
import { useWork } from "../../ui/busy";
import { Button } from "../../ui/button";
import { plain } from "./rules";

/** The invitation as it is being written, on a page of the site, for who presses this alone. */
export function TryRule({ now, rule }: { now: Site; rule: InviteRule }) {
  const work = useWork();
  const [blocked, setBlocked] = useState("");
  const go = () => {
    setBlocked("");
    // Browsers open a tab while the button is pressed only; where it leads is known later.
    const tab = open("", "_blank");
    if (tab) tab.opener = null;
    work.run(() =>
      api.post<TriedRule>(`sites/${now.id}/inviting/try`, { rule: plain(rule) }).then(
        ({ url }) => (tab ? tab.location.replace(url) : setBlocked(url)),
        (err) => {
          tab?.close();
          throw err;
        },
      ),
    );
  };
  return (
    <div class="field inviting-try">
      <div>
        <Button onClick={go} busy={work.busy} disabled={!rule.text.trim()}>
          <ExternalLink size={16} /> {t("inviting_try")}
        </Button>
      </div>
      <p class="field-hint">{t("inviting_try_hint")}</p>
      {blocked && (
        <p role="status">
          <a href={blocked} target="_blank" rel="noreferrer">
            {t("inviting_try_open")}
          </a>
        </p>
      )}
      {work.error && (
        <p class="field-error" role="alert">
          {work.error}
        </p>
      )}
    </div>
  );
}
