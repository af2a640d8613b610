import { ChevronRight } from "lucide-preact";
import { useState } from "preact/hooks";
import type { Template, TemplateVersion } from "../../../wire/protocol";
import { api } from "../../api";
import { t } from "../../i18n";
import { diff } from "../../state/diff";
import { site } from "../../state/session";
import { Button } from "../../ui/button";
import { Skeleton, Trouble } from "../../ui/state";
import { exactTime, stepName } from "../../words";
import { fitSummary } from "./fit-editor";

/** Who changed what of a template and when, the latest first; each earlier version can be put back into the form. */
export function Versions({ template, putBack }: { template: Template; putBack: (v: TemplateVersion) => void }) {
  const [versions, setVersions] = useState<TemplateVersion[] | null>(null);
  const [error, setError] = useState<string | null>(null);
  const [taken, take] = useState(0);
  const load = () => {
    setError(null);
    api.get<{ current: TemplateVersion; versions: TemplateVersion[] }>(`sites/${site.value?.id}/templates/${template.id}/versions`).then(
      (answer) => setVersions([answer.current, ...answer.versions]),
      (err: Error) => setError(err.message),
    );
  };
  return (
    <details class="fold" onToggle={(e) => e.currentTarget.open && versions === null && load()}>
      <summary>
        <ChevronRight size={14} class="fold-sign mirror" /> {t("versions")}
      </summary>
      {error !== null ? <Trouble message={error} retry={load} /> : versions === null && <Skeleton kind="row" lines={2} />}
      <ol class="versions">
        {versions?.map((v, i) => (
          <li key={v.version} class="version">
            <div class="grow">
              <p class="template-title">
                {t("version_by", { name: v.by_name || t("version_starter"), time: exactTime(v.at) })}
                {i === 0 && <span class="tag">{t("version_now")}</span>}
              </p>
              <Change before={versions[i + 1]} after={v} />
            </div>
            {i > 0 && (
              <Button
                onClick={() => {
                  putBack(v);
                  take(v.version);
                }}
              >
                {t("put_back")}
              </Button>
            )}
          </li>
        ))}
      </ol>
      <p role="status" class="quiet">
        {taken > 0 && t("version_in_form")}
      </p>
    </details>
  );
}

/** What a version changed of the one before; the whole of the first. */
function Change({ before, after }: { before: TemplateVersion | undefined; after: TemplateVersion }) {
  if (!before) {
    return (
      <>
        {after.version === 1 && <p class="quiet">{t("version_first")}</p>}
        <p class="version-words" dir="auto">
          {after.body}
        </p>
      </>
    );
  }
  const was = lines(before);
  const now = lines(after);
  const changed = now.filter(([, value], i) => value !== was[i]![1]);
  if (changed.length === 0 && before.body === after.body) return <p class="quiet">{t("version_saved")}</p>;
  return (
    <>
      {changed.map(([what, value]) => (
        <p key={what} class="quiet">
          {t("version_from", { what, before: was.find(([w]) => w === what)![1] || t("version_none"), after: value || t("version_none") })}
        </p>
      ))}
      {before.body !== after.body && <Words before={before.body} after={after.body} />}
    </>
  );
}

/** What a version says beside its words, each with its name. */
function lines(v: TemplateVersion): [string, string][] {
  return [
    [t("version_title"), v.title],
    [t("version_shortcut"), v.shortcut && `/${v.shortcut}`],
    [t("version_steps"), v.steps.map(stepName).join(", ")],
    [t("version_fit"), fitSummary(v.fit)],
  ];
}

const TAGS = { same: "span", gone: "del", new: "ins" } as const;

function Words({ before, after }: { before: string; after: string }) {
  return (
    <p class="version-words" dir="auto">
      {diff(before, after).map(({ kind, text }, i) => {
        const Tag = TAGS[kind];
        return <Tag key={i}>{text}</Tag>;
      })}
    </p>
  );
}
