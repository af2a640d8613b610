import { Paperclip } from "lucide-preact";
import { useEffect, useRef } from "preact/hooks";
import { t } from "../../i18n";
import { IconButton } from "../../ui/button";
import { FileTray } from "./tray";
import { addFiles } from "./uploads";

/** The files that go with the next message, and a button for more; they may be pasted into the composer and dropped on the thread as well. */
export function Attach({ id }: { id: string }) {
  const input = useRef<HTMLInputElement>(null);
  useDrops(id, input);
  return (
    <>
      <FileTray id={id} />
      <IconButton label={t("files_attach")} onClick={() => input.current?.click()}>
        <Paperclip size={18} />
      </IconButton>
      <input
        ref={input} type="file" multiple hidden tabIndex={-1} aria-hidden="true"
        onChange={(e) => {
          addFiles(id, [...(e.currentTarget.files ?? [])]);
          e.currentTarget.value = "";
        }}
      />
    </>
  );
}

/** Takes what is dropped on the whole thread, and pictures that are pasted where one writes. */
function useDrops(id: string, inside: { current: HTMLElement | null }): void {
  useEffect(() => {
    const thread = inside.current?.closest<HTMLElement>(".thread");
    if (!thread) return;
    const take = (e: Event, list: FileList | undefined) => {
      if (!list?.length) return;
      e.preventDefault();
      addFiles(id, [...list]);
    };
    const paste = (e: ClipboardEvent) => take(e, e.clipboardData?.files);
    const over = (e: DragEvent) => {
      const files = !!e.dataTransfer?.types.includes("Files");
      if (files) e.preventDefault();
      thread.classList.toggle("dropping", files);
    };
    const leave = (e: DragEvent) => {
      if (!(e.relatedTarget instanceof Node) || !thread.contains(e.relatedTarget)) thread.classList.remove("dropping");
    };
    const drop = (e: DragEvent) => {
      thread.classList.remove("dropping");
      take(e, e.dataTransfer?.files);
    };
    const heard = { paste, dragover: over, dragleave: leave, drop } as unknown as Record<string, EventListener>;
    for (const [name, hear] of Object.entries(heard)) thread.addEventListener(name, hear);
    return () => {
      for (const [name, hear] of Object.entries(heard)) thread.removeEventListener(name, hear);
    };
  }, [id]);
}
