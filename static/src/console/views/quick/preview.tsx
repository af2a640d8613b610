import { ChevronRight } from "lucide-preact";
import { useState } from "preact/hooks";
import { fitting } from "../../../panel/answers";
import { Markdown } from "../../../panel/view/markdown";
import type { QuickAnswer } from "../../../wire/protocol";
import { t } from "../../i18n";
import { shown } from "../../state/quick";
import { TextField } from "../../ui/field";

/** The quick answers as the widget shows them. What is folded away is not drawn: Chromium loses rows that move inside it. */
export function QuickPreview() {
  const [open, setOpen] = useState(false);
  if (!shown.value) return null;
  return (
    <details class="fold quick-preview" open={open} onToggle={(e) => e.target === e.currentTarget && setOpen(e.currentTarget.open)}>
      <summary>
        <ChevronRight size={14} class="fold-sign mirror" /> {t("quick_preview")}
      </summary>
      {open && <Shelf all={shown.value} />}
    </details>
  );
}

/** On whatever page one thinks of. */
function Shelf({ all }: { all: readonly QuickAnswer[] }) {
  const [path, setPath] = useState("/");
  const [title, setTitle] = useState("");
  const url = `https://page.invalid/${path.replace(/^\/+/, "")}`;
  const list = fitting(all, { url, title });
  return (
    <>
      <p class="quiet">{t("quick_preview_lead")}</p>
      <div class="quick-page">
        <TextField label={t("quick_page")} dir="ltr" maxLength={200} value={path} onValue={setPath} />
        <TextField label={t("quick_page_title")} dir="auto" maxLength={200} value={title} onValue={setTitle} />
      </div>
      {list.length === 0 ? (
        <p class="quiet">{t("quick_none")}</p>
      ) : (
        <ul class="quick-list">
          {list.map((a) => (
            <Shown key={a.id} answer={a} />
          ))}
        </ul>
      )}
    </>
  );
}

function Shown({ answer: { title, text, link } }: { answer: QuickAnswer }) {
  return (
    <li>
      <details name="quick">
        <summary>
          <bdi>{title}</bdi>
        </summary>
        <p class="quiet">{t("quick_automatic")}</p>
        <Markdown text={text} />
        {link && (
          <a href={link} title={link} target="_blank" rel="noopener noreferrer">
            {t("quick_more")}
          </a>
        )}
      </details>
    </li>
  );
}
