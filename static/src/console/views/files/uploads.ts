/** Files on their way, per conversation, and where sent ones are fetched from. */
import { signal } from "@preact/signals";
import { FileLinks } from "../../../files/links";
import { sendFile } from "../../../files/send";
import { problemsOf } from "../../../files/tray";
import { Uploads } from "../../../files/uploads";
import type { FileLink } from "../../../wire/protocol";
import { api, csrfToken } from "../../api";
import { attached, attachedTo } from "../../state/attached";
import { serverNow } from "../../state/clock";
import { atLeaving } from "../../state/leaving";
import { templates } from "../../state/guide";
import { words } from "./words";

const rooms = new Map<string, Uploads>();

/** What of the last chosen files did not fit, by conversation. */
export const problems = signal<Readonly<Record<string, readonly string[]>>>({});

/** Those of a conversation; whose: where else its files belong. */
export function uploadsOf(id: string, whose = `conversation=${id}`): Uploads {
  let uploads = rooms.get(id);
  if (!uploads) {
    uploads = new Uploads({
      target: () => Promise.resolve({ url: `/v1/console/files?${whose}`, headers: { "X-CSRF-Token": csrfToken() } }),
      send: sendFile,
      list: () => attached.peek()[id] ?? [],
      changed: (list) => {
        attached.value = { ...attached.value, [id]: list };
      },
    });
    rooms.set(id, uploads);
  }
  return uploads;
}

export function addFiles(id: string, files: readonly File[]): void {
  tell(id, problemsOf(uploadsOf(id).add(files), words));
}

/** The files of a template go with the next message, as far as there is room. */
export function bringAlong(id: string, template: string): void {
  const files = templates.peek().find((x) => x.id === template)?.files;
  if (files) tell(id, problemsOf({ many: uploadsOf(id).bring(files) }, words));
}

/** Nobody comes back to these; what is on its way is given up. */
export function dropUploads(id: string): void {
  for (const { key } of attachedTo(id)) rooms.get(id)?.remove(key);
  rooms.delete(id);
  attached.value = Object.fromEntries(Object.entries(attached.value).filter(([k]) => k !== id));
  problems.value = Object.fromEntries(Object.entries(problems.value).filter(([k]) => k !== id));
}

function tell(id: string, troubles: readonly string[]): void {
  problems.value = { ...problems.value, [id]: troubles };
}

export const links = new FileLinks(async (ids) => (await api.get<{ links: FileLink[] }>(`files?ids=${ids.join()}`)).links, serverNow);

atLeaving(() => {
  for (const id of rooms.keys()) dropUploads(id);
  links.forget();
});
