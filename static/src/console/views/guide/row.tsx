import { Trash2 } from "lucide-preact";
import type { ComponentChildren } from "preact";
import { ask } from "../../ask";
import { explain } from "../../desk";
import { t } from "../../i18n";
import { done } from "../../state/toasts";
import { IconButton } from "../../ui/button";

interface Props {
  /** Where the list is put into order: the id, and the handle in front. */
  id?: string;
  handle?: ComponentChildren;
  title: string;
  tags?: ComponentChildren;
  body: string;
  open: (() => void) | null;
  children?: ComponentChildren;
}

/** One thing in a list: a click opens it; what is not one's to change can only be read. */
export function Row({ id, handle, title, tags, body, open, children }: Props) {
  const words = (
    <>
      <span class="template-title">
        <bdi>{title}</bdi>
        {tags}
      </span>
      <span class="template-body">
        <bdi>{body}</bdi>
      </span>
    </>
  );
  return (
    <li class="template" data-id={id}>
      {handle}
      {open ? (
        <button type="button" class="template-open" onClick={open}>
          {words}
        </button>
      ) : (
        <div class="template-open">{words}</div>
      )}
      {children}
    </li>
  );
}

/** Takes one thing out, after asking. */
export function Remove({ name, body, remove }: { name: string; body: string; remove: () => Promise<void> }) {
  const go = async () => {
    if (!(await ask({ title: t("remove_template_title", { title: name }), body, yes: t("remove"), danger: true }))) return;
    try {
      await remove();
      done(t("removed"));
    } catch (err) {
      explain(err);
    }
  };
  return (
    <IconButton label={t("remove_named", { name })} onClick={() => void go()}>
      <Trash2 size={16} />
    </IconButton>
  );
}
