import { ChevronRight } from "lucide-preact";
import { useState } from "preact/hooks";
import { api } from "../../api";
import { t } from "../../i18n";
import { diff } from "../../state/diff";
import { Button } from "../../ui/button";
import { Skeleton, Trouble } from "../../ui/state";
import { exactTime } from "../../words";

export interface Version {
  version: number;
  by_name: string;
  at: number;
}

/** How versions of one kind read. */
export interface Reading<V extends Version> {
  /** What stands in it as running words. */
  words: (v: V) => string;
  /** What it says beside them, each with its name. */
  lines: (v: V) => [string, string][];
}

interface Props<V extends Version> extends Reading<V> {
  /** Where its history is read. */
  path: string;
  putBack: (v: V) => void;
}

/** Who changed what and when, the latest first; each earlier version can be put back into the form. */
export function Versions<V extends Version>({ path, putBack, ...reading }: Props<V>) {
  const [versions, setVersions] = useState<V[] | null>(null);
  const [error, setError] = useState<string | null>(null);
  const [taken, take] = useState(0);
  const load = () => {
    setError(null);
    api.get<{ current: V; versions: V[] }>(`${path}/versions`).then(
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
              <Change before={versions[i + 1]} after={v} {...reading} />
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
function Change<V extends Version>({ before, after, words, lines }: Reading<V> & { before: V | undefined; after: V }) {
  if (!before) {
    return (
      <>
        {after.version === 1 && <p class="quiet">{t("version_first")}</p>}
        <p class="version-words" dir="auto">
          {words(after)}
        </p>
      </>
    );
  }
  const was = lines(before);
  const now = lines(after);
  const changed = now.filter(([, value], i) => value !== was[i]![1]);
  if (changed.length === 0 && words(before) === words(after)) return <p class="quiet">{t("version_saved")}</p>;
  return (
    <>
      {changed.map(([what, value]) => (
        <p key={what} class="quiet">
          {t("version_from", { what, before: was.find(([w]) => w === what)![1] || t("version_none"), after: value || t("version_none") })}
        </p>
      ))}
      {words(before) !== words(after) && <Words before={words(before)} after={words(after)} />}
    </>
  );
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
