import { Paperclip } from "lucide-preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { Tray } from "../../../files/tray";
import type { SentFile } from "../../../wire/protocol";
import { t } from "../../i18n";
import { attached } from "../../state/attached";
import { site } from "../../state/session";
import { Button } from "../../ui/button";
import { addFiles, dropUploads, problems, uploadsOf } from "./uploads";
import { words } from "./words";

interface Props {
  files: readonly SentFile[];
  error: string;
  /** All that it keeps from now on; null while one is on its way or could not be sent. */
  onChange: (files: SentFile[] | null) => void;
}

let opened = 0;

/** The files of a template, which go with every reply that starts from it. */
export function KeptFiles({ files, error, onChange }: Props) {
  const [room] = useState(() => `template-${++opened}`);
  const uploads = uploadsOf(room, `site=${site.value?.id}`);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    uploads.bring(files);
    return () => dropUploads(room);
  }, []);
  const list = attached.value[room];
  useEffect(() => {
    if (list) onChange(list.every((g) => g.sent) ? list.flatMap((g) => g.sent ?? []) : null);
  }, [list]);
  return (
    <div class="field" role="group" aria-labelledby={`${room}-label`} aria-describedby={`${room}-hint`}>
      <span class="field-label" id={`${room}-label`}>{t("files_kept")}</span>
      <Tray uploads={uploads} list={list ?? []} problems={problems.value[room] ?? []} words={{ ...words, tray: t("files_kept") }} />
      <div>
        <Button kind="plain" onClick={() => input.current?.click()}>
          <Paperclip size={15} /> {t("files_attach")}
        </Button>
        <input
          ref={input} type="file" multiple hidden tabIndex={-1} aria-hidden="true"
          onChange={(e) => {
            addFiles(room, [...(e.currentTarget.files ?? [])]);
            e.currentTarget.value = "";
          }}
        />
      </div>
      <p class="field-hint" id={`${room}-hint`}>{t("files_kept_hint")}</p>
      {error && <p class="field-error" role="alert">{error}</p>}
    </div>
  );
}
