/** Files in the panel: how they get to the server and where they are fetched from. Comes when there is one. */
import { signal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { wear } from "../../console/ui/sheet";
import css from "../../files/files.css?sheet";
import own from "../styles/clip.css?sheet";
import { FileLinks } from "../../files/links";
import { sendFile } from "../../files/send";
import { SentList } from "../../files/sent";
import { problemsOf, Tray as TrayView } from "../../files/tray";
import { FILES_AT_MOST, Uploads } from "../../files/uploads";
import type { Words } from "../../files/words";
import type { Failure, FileLink, SentFile } from "../../wire";
import type { App } from "../app";
import { pass } from "../pass";
import { plural, t, type Key } from "../words";
import { request } from "./as-visitor";

wear(css);
wear(own);

/** How far the server's clock is ahead of this browser's, ms, as its last answer says. */
let ahead = 0;

async function askLinks(app: App, ids: readonly string[]): Promise<readonly FileLink[]> {
  const answer = await request(app, `files?ids=${ids.join()}`);
  ahead = (Date.parse(answer.headers.get("Date") ?? "") || Date.now()) - Date.now();
  return (await answer.json() as { links: FileLink[] }).links;
}

/** There is one panel in a page. */
let files: ReturnType<typeof makeFiles> | null = null;
const filesOf = (app: App) => (files ??= makeFiles(app));

function makeFiles(app: App) {
  const uploads = new Uploads({
    target: async (renew) => ({ url: "/v1/widget/files", headers: { Authorization: `Bearer ${await pass(app, renew)}` } }),
    send: sendFile,
    list: () => app.attached.peek(),
    changed: (list) => {
      app.attached.value = list;
    },
  });
  const problems = signal<readonly string[]>([]);
  app.bring = (files) => {
    const over = app.attached.value.length + files.length > FILES_AT_MOST;
    problems.value = over ? problemsOf({ many: files }, words) : [];
    if (!over) uploads.bring(files);
    return over;
  };
  return {
    problems,
    uploads,
    links: new FileLinks((ids) => askLinks(app, ids), () => Date.now() + ahead),
  };
}

/** Why the server did not take a file, in the panel's language. */
const WHY: Record<string, Key> = { too_large: "files.too_large", rate_limited: "files.too_many_now", forbidden: "files.off" };

const words: Words = {
  get tray() { return t("files.tray"); },
  get going() { return t("files.going"); },
  get waiting() { return t("files.waiting"); },
  get there() { return t("files.there"); },
  get again() { return t("state.retry"); },
  get sent() { return t("files.sent"); },
  get gone() { return t("files.gone"); },
  get unreached() { return t("files.unreached"); },
  get saveIt() { return t("files.save_it"); },
  get close() { return t("files.close"); },
  remove: (name) => t("files.remove", { name }),
  ready: (name) => t("files.ready", { name }),
  failed: (failure: Failure | undefined) => t(WHY[failure?.code ?? ""] ?? "files.failed"),
  many: (count) => plural("files.many", count),
  large: (name) => t("files.large", { name }),
  empty: (name) => t("files.empty", { name }),
  save: (name, size) => t("files.save", { name, size }),
  picture: (name) => t("files.picture", { name }),
  locale: document.documentElement.lang || undefined,
};

/** What goes with the next message, and how more comes: chosen, pasted where one writes, dropped anywhere. */
export function Files({ app }: { app: App }) {
  const input = useRef<HTMLInputElement>(null);
  const { uploads, problems } = filesOf(app);
  useEffect(() => {
    const take = (e: Event, list: FileList | null | undefined) => {
      if (!list?.length) return;
      e.preventDefault();
      problems.value = problemsOf(uploads.add([...list]), words);
    };
    const chosen = (e: Event) => {
      take(e, input.current?.files);
      input.current!.value = "";
    };
    input.current?.addEventListener("change", chosen);
    document.onpaste = (e) => take(e, e.clipboardData?.files);
    // Left to the browser, a dropped file would take the panel's place.
    document.ondragover = (e) => e.dataTransfer?.types.includes("Files") && e.preventDefault();
    document.ondrop = (e) => take(e, e.dataTransfer?.files);
  }, []);
  const empty = !app.attached.value.length;
  useEffect(() => {
    // The message has gone: what was wrong with other files is no news any more.
    if (empty && app.model.value.pending.length) problems.value = [];
  }, [empty, app.model.value.pending]);
  return (
    <>
      <TrayView uploads={uploads} list={app.attached.value} problems={problems.value} words={words} />
      <label class="round attach" title={t("files.attach")}>
        <input ref={input} type="file" multiple aria-label={t("files.attach")} />
        <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
          <path d="m20 11.5-8.3 8.3a5 5 0 0 1-7-7l8.5-8.6a3.3 3.3 0 0 1 4.7 4.7l-8.5 8.6a1.7 1.7 0 0 1-2.4-2.4l7.8-7.8" />
        </svg>
      </label>
    </>
  );
}

export function Sent({ app, files, under }: { app: App; files: readonly SentFile[]; under: boolean }) {
  return <SentList files={files} links={filesOf(app).links} words={words} under={under} />;
}
