/** Files in the panel: how they get to the server and where they are fetched from. Comes when there is one. */
import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { wear } from "../../console/ui/sheet";
import css from "../../files/files.css?sheet";
import { FileLinks } from "../../files/links";
import { sendFile } from "../../files/send";
import { SentList } from "../../files/sent";
import { problemsOf, Tray as TrayView } from "../../files/tray";
import { Unreached, Uploads } from "../../files/uploads";
import type { Words } from "../../files/words";
import type { Failure, FileLink, SentFile } from "../../wire";
import type { App } from "../app";
import { plural, t, type Key } from "../words";

wear(css);

/** The engine hands a token out within so long, in ms, or not at all: without a connection, perhaps. */
const PATIENCE = 15_000;

/** A token of the session, whichever tab holds it. */
function pass(app: App): Promise<string> {
  const asked = Date.now();
  app.run({ do: "pass" });
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      stop();
      reject(new Unreached());
    }, PATIENCE);
    const stop = app.model.subscribe(({ pass: got }) => {
      if (!got || got.at < asked) return;
      clearTimeout(timer);
      queueMicrotask(() => stop());
      resolve(got.token);
    });
  });
}

async function askLinks(app: App, ids: readonly string[]): Promise<readonly FileLink[]> {
  const headers = { Authorization: `Bearer ${await pass(app)}` };
  const answer = await fetch(`/v1/widget/files?ids=${ids.join()}`, { headers, credentials: "omit", cache: "no-store", signal: AbortSignal.timeout(PATIENCE) });
  if (!answer.ok) throw new Unreached();
  return (await answer.json() as { links: FileLink[] }).links;
}

/** There is one panel in a page. */
let files: ReturnType<typeof makeFiles> | null = null;
const filesOf = (app: App) => (files ??= makeFiles(app));

function makeFiles(app: App) {
  return {
    problems: signal<readonly string[]>([]),
    links: new FileLinks((ids) => askLinks(app, ids), () => Date.now()),
    uploads: new Uploads({
      target: async () => ({ url: "/v1/widget/files", headers: { Authorization: `Bearer ${await pass(app)}` } }),
      send: sendFile,
      list: () => app.attached.peek(),
      changed: (list) => {
        app.attached.value = list;
      },
    }),
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

export function Tray({ app }: { app: App }) {
  const { uploads, problems } = filesOf(app);
  useEffect(() => {
    const fresh = app.picked.value;
    if (!fresh.length) return;
    app.picked.value = [];
    problems.value = problemsOf(uploads.add(fresh), words);
  }, [app.picked.value]);
  const empty = !app.attached.value.length;
  useEffect(() => {
    // The message has gone: what was wrong with other files is no news any more.
    if (empty && app.model.value.pending.length) problems.value = [];
  }, [empty, app.model.value.pending]);
  return <TrayView uploads={uploads} list={app.attached.value} problems={problems.value} words={words} />;
}

export function Sent({ app, files, under }: { app: App; files: readonly SentFile[]; under: boolean }) {
  return <SentList files={files} links={filesOf(app).links} words={words} under={under} />;
}
