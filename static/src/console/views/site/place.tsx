import { useState } from "preact/hooks";
import type { Site } from "../../../wire/protocol";
import { t } from "../../i18n";
import { Button } from "../../ui/button";
import { useWork } from "../../ui/busy";
import { TextArea } from "../../ui/field";
import { Section } from "../pages/page";
import { Guides } from "../start/guides";
import { Places } from "../start/places";
import { saveSite } from "./save";

/** How the chat gets onto the owner's pages, and where it may appear. */
export function Place({ now }: { now: Site }) {
  return (
    <>
      <Section title={t("snippet")}>
        <Guides now={now} />
      </Section>
      <Section title={t("places_title")} lead={t("places_lead")}>
        <Places now={now} />
      </Section>
      <Origins now={now} />
    </>
  );
}

function Origins({ now }: { now: Site }) {
  const [text, setText] = useState(now.allowed_origins.join("\n"));
  const work = useWork();
  const list = text.split(/\s+/).filter(Boolean);
  const changed = list.join("\n") !== now.allowed_origins.join("\n");
  return (
    <Section title={t("origins")} lead={t("origins_lead")}>
      <form
        onSubmit={(e) => {
          e.preventDefault();
          work.run(() => saveSite(now.id, { allowed_origins: list }));
        }}
      >
        <TextArea label={t("origins_label")} rows={3} dir="ltr" spellcheck={false} placeholder="https://shop.example" value={text} onValue={setText} hint={t("origins_hint")} error={work.error} />
        <div class="form-actions">
          <Button kind="primary" type="submit" busy={work.busy} disabled={!changed}>
            {t("save")}
          </Button>
        </div>
      </form>
    </Section>
  );
}
