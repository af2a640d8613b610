import { ImageUp, Trash2 } from "lucide-preact";
import { useId, useRef } from "preact/hooks";
import type { Site } from "../../../wire/protocol";
import { disposition } from "../../../files/send";
import { api } from "../../api";
import { t } from "../../i18n";
import { Button } from "../../ui/button";
import { useWork } from "../../ui/busy";

const TYPES = "image/png,image/jpeg,image/gif,image/webp";

/** Where the site's pictures are served, on the widget's own address. */
const addressOf = (now: Site, name: string) => `${new URL(/src="([^"]+)"/.exec(now.snippet)![1]!).origin}/v1/widget/sites/${now.id}/pictures/${name}`;

/** The picture at the top of the chat: brought at once, shown to others once the settings are saved. */
export function PictureField({ now, value, onValue, error }: { now: Site; value: string; onValue: (name: string) => void; error: string }) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const work = useWork();
  const bring = async (file: File) => {
    const { name } = await api.send<{ name: string }>(`sites/${now.id}/picture`, file, disposition(file.name));
    onValue(name);
  };
  const wrong = work.error || error;
  return (
    <div class="field" role="group" aria-labelledby={id}>
      <span class="field-label" id={id}>
        {t("picture")}
      </span>
      <div class="picture-row">
        {value && <img src={addressOf(now, value)} alt={t("picture_now")} class="picture-now" />}
        <Button busy={work.busy} onClick={() => input.current?.click()}>
          <ImageUp size={16} /> {value ? t("picture_other") : t("picture_choose")}
        </Button>
        {value && (
          <Button kind="quiet" onClick={() => onValue("")}>
            <Trash2 size={16} /> {t("picture_remove")}
          </Button>
        )}
      </div>
      <input
        ref={input}
        type="file"
        hidden
        accept={TYPES}
        aria-label={t("picture_choose")}
        onChange={(e) => {
          const file = e.currentTarget.files?.[0];
          e.currentTarget.value = "";
          if (file) work.run(() => bring(file));
        }}
      />
      <span class="field-hint">{t("picture_hint")}</span>
      {wrong && (
        <span class="field-error" role="alert">
          {wrong}
        </span>
      )}
    </div>
  );
}
