import { ChevronRight } from "lucide-preact";
import { useState } from "preact/hooks";
import type { Template, TemplateVersion } from "../../../wire/protocol";
import { api } from "../../api";
import { t } from "../../i18n";
import { site } from "../../state/session";
import { Button } from "../../ui/button";
import { Skeleton, Trouble } from "../../ui/state";
import { exactTime } from "../../words";

/** What a template said before, who had written it and when; one of them can be put back into the form. */
export function Versions({ template, putBack }: { template: Template; putBack: (v: TemplateVersion) => void }) {
  const [versions, setVersions] = useState<TemplateVersion[] | null>(null);
  const [error, setError] = useState<string | null>(null);
  const [taken, take] = useState(0);
  const load = () => {
    setError(null);
    api.get<{ versions: TemplateVersion[] }>(`sites/${site.value?.id}/templates/${template.id}/versions`).then(
      (answer) => setVersions(answer.versions),
      (err: Error) => setError(err.message),
    );
  };
  return (
    <details class="fold" onToggle={(e) => e.currentTarget.open && versions === null && load()}>
      <summary>
        <ChevronRight size={14} class="fold-sign mirror" /> {t("versions")}
      </summary>
      {error !== null ? <Trouble message={error} retry={load} /> : versions === null && <Skeleton kind="row" lines={2} />}
      {versions?.length === 0 && <p class="quiet">{t("no_versions")}</p>}
      <ul>
        {versions?.map((v) => (
          <li key={v.version} class="template">
            <div class="template-open">
              <span class="template-title">{t("version_by", { name: v.by_name || t("version_starter"), time: exactTime(v.at) })}</span>
              <span class="template-body">
                <bdi>{v.body}</bdi>
              </span>
            </div>
            <Button
              onClick={() => {
                putBack(v);
                take(v.version);
              }}
            >
              {t("put_back")}
            </Button>
          </li>
        ))}
      </ul>
      <p role="status" class="quiet">
        {taken > 0 && t("version_in_form")}
      </p>
    </details>
  );
}
