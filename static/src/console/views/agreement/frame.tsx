import { X } from "lucide-preact";
import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef } from "preact/hooks";
import { t } from "../../i18n";
import { room } from "../../state/room";
import { Button, IconButton } from "../../ui/button";

interface Props {
  title: string;
  lead: string;
  yes: string;
  busy: boolean;
  /** What went wrong with the whole of it, "" for nothing. */
  error: string;
  submit: () => void;
  close: () => void;
  /** What else can be done, before the button. */
  more?: ComponentChildren;
  children: ComponentChildren;
}

/** A small editor beside the composer: Ctrl+Enter sends, Esc puts it away with its words. */
export function EditorFrame({ title, lead, yes, busy, error, submit, close, more, children }: Props) {
  const id = useId();
  // Where the thread is all of the page, its name is the first heading.
  const Heading = room.value === "narrow" ? "h2" : "h3";
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => (form.current?.querySelector<HTMLElement>("[data-first]") ?? form.current?.querySelector<HTMLElement>("textarea, input"))?.focus(), []);
  const keyDown = (e: KeyboardEvent) => {
    if (e.isComposing) return;
    if (e.key === "Escape") close();
    else if (e.key === "Enter" && (e.ctrlKey || e.metaKey)) submit();
    else return;
    e.preventDefault();
    e.stopPropagation();
  };
  return (
    // The keys are those of the fields inside, gathered at one place.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <form
      ref={form}
      class="beside"
      aria-labelledby={id}
      onKeyDown={keyDown}
      onSubmit={(e) => {
        e.preventDefault();
        submit();
      }}
    >
      <header class="beside-head">
        <Heading id={id} class="beside-title">
          {title}
        </Heading>
        <span class="quiet">{lead}</span>
        <IconButton class="small" label={t("put_away")} keys="Escape" onClick={close}>
          <X size={14} />
        </IconButton>
      </header>
      {children}
      <footer class="beside-foot">
        {error && (
          <span class="field-error" role="alert">
            {error}
          </span>
        )}
        {more}
        <Button kind="primary" type="submit" busy={busy}>
          {yes}
        </Button>
      </footer>
    </form>
  );
}
