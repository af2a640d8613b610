import { Paperclip } from "lucide-preact";
import { t } from "../../i18n";

/** Says that a template has files. */
export function Clip({ files }: { files: number }) {
  const words = t("with_files", { n: files });
  return (
    <span class="clip" role="img" aria-label={words} title={words}>
      <Paperclip size={13} aria-hidden="true" />
    </span>
  );
}
