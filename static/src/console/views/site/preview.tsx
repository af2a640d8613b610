import { ChevronDown, Clock, Ellipsis, MessageCircle, Send, Smile } from "lucide-preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import type { SiteSettings, TeamMember } from "../../../wire/protocol";
import { t } from "../../i18n";
import { inkOn } from "../../../loader/contrast";
import { team } from "../../state/team";
import { Face } from "../../ui/face";

/** What the panel says about who is there, in its own words. */
export function presenceWords(online: readonly Pick<TeamMember, "name">[]): string {
  const [first, second, ...more] = online.map((a) => a.name);
  if (!first) return t("preview_away");
  if (!second) return t("preview_one", { first });
  return more.length > 0 ? t("preview_more", { first, second, n: more.length }) : t("preview_two", { first, second });
}

/** The panel's first screen and the button that opens it, as they will look, while one chooses. */
export function LookPreview({ name, color, position, greeting, reply_note }: Pick<SiteSettings, "name" | "color" | "position" | "greeting" | "reply_note">) {
  const box = useRef<HTMLDivElement>(null);
  // Set by script: our content security policy takes no style attributes.
  useLayoutEffect(() => {
    box.current?.style.setProperty("--brand", color);
    box.current?.style.setProperty("--brand-ink", inkOn(color));
  }, [color]);
  const online = team.value.filter((a) => a.status === "online");
  return (
    <div class={`preview preview-${position}`} ref={box} role="img" aria-label={t("preview_of", { name })}>
      <div class="preview-panel">
        <div class="preview-head">
          <div class="preview-bar">
            <strong>
              <bdi>{name}</bdi>
            </strong>
            <Ellipsis size={18} />
            <ChevronDown size={18} />
          </div>
          {online.length > 0 && (
            <span class="preview-faces">
              {online.slice(0, 3).map((a) => (
                <Face key={a.id} {...a} size="large" />
              ))}
            </span>
          )}
          <p class="preview-greeting" dir="auto">
            {greeting}
          </p>
          <p class={`preview-status ${online.length > 0 ? "" : "away"}`}>
            <bdi>{presenceWords(online)}</bdi>
          </p>
        </div>
        <div class="preview-body">
          {online.length > 0 && reply_note && (
            <p class="preview-note">
              <Clock size={16} />
              <span dir="auto">{reply_note}</span>
            </p>
          )}
          <p class="preview-composer">
            <span>{t("preview_write")}</span>
            <Smile size={18} />
            <span class="preview-send">
              <Send size={16} />
            </span>
          </p>
        </div>
      </div>
      <span class="preview-launcher">
        <MessageCircle size={24} />
      </span>
    </div>
  );
}
