import { useState } from "preact/hooks";
import type { Site } from "../../../wire/protocol";
import { explain } from "../../desk";
import { t } from "../../i18n";
import { Switch } from "../../ui/field";
import { Section } from "../pages/page";
import { saveSite } from "./save";

/** What is on or off for the whole site. A switch is saved at once. */
export function More({ now }: { now: Site }) {
  const [{ track_pages, no_files = false, link_previews = false }, setOn] = useState(now);
  const save = async (patch: Partial<Pick<Site, "track_pages" | "no_files" | "link_previews">>) => {
    setOn({ ...now, ...patch });
    try {
      setOn(await saveSite(now.id, patch));
    } catch (err) {
      setOn(now);
      explain(err);
    }
  };
  return (
    <>
      <Section>
        <Switch label={t("track_pages")} hint={t("track_pages_hint")} checked={track_pages} onChange={(on) => void save({ track_pages: on })} />
        <Switch label={t("take_files")} hint={t("take_files_hint")} checked={!no_files} onChange={(on) => void save({ no_files: !on })} />
        <Switch label={t("link_previews")} hint={t("link_previews_hint")} checked={link_previews} onChange={(on) => void save({ link_previews: on })} />
      </Section>
      <Section title={t("step_by_step")} lead={t("step_by_step_lead")}>
        <div class="form-actions">
          <a class="button button-plain" href="/console/start/1">
            {t("step_by_step_go")}
          </a>
        </div>
      </Section>
    </>
  );
}
