import { MessageCircle, X } from "lucide-preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import type { SiteSettings } from "../../../wire/protocol";
import { t } from "../../i18n";
import { inkOn } from "../../state/color";
import { team } from "../../state/team";
import { Face } from "../../ui/face";

/** How the launcher and the top of the panel will look, while one chooses. */
export function LookPreview({ name, color, position, greeting, reply_note }: Pick<SiteSettings, "name" | "color" | "position" | "greeting" | "reply_note">) {
  const box = useRef<HTMLDivElement>(null);
  // Set by script: our content security policy takes no style attributes.
  useLayoutEffect(() => {
    box.current?.style.setProperty("--brand", color);
    box.current?.style.setProperty("--brand-ink", inkOn(color).ink);
  }, [color]);
  return (
    <div class={`preview preview-${position}`} ref={box} role="img" aria-label={t("preview_of", { name })}>
      <div class="preview-panel">
        <div class="preview-head">
          <span class="preview-faces">
            {team.value.slice(0, 3).map((a) => (
              <Face key={a.id} {...a} size="small" />
            ))}
          </span>
          <strong>
            <bdi>{name}</bdi>
          </strong>
          <X size={16} />
          <span class="preview-note">
            <bdi>{reply_note}</bdi>
          </span>
        </div>
        <div class="preview-body">
          {greeting && (
            <p class="preview-greeting" dir="auto">
              {greeting}
            </p>
          )}
          <p class="preview-own">{t("preview_message")}</p>
        </div>
      </div>
      <span class="preview-launcher">
        <MessageCircle size={24} />
      </span>
    </div>
  );
}
