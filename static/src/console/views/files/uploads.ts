/** Files on their way, per conversation, and where sent ones are fetched from. */
import { signal } from "@preact/signals";
import { FileLinks } from "../../../files/links";
import { sendFile } from "../../../files/send";
import { problemsOf } from "../../../files/tray";
import { Uploads } from "../../../files/uploads";
import type { FileLink } from "../../../wire/protocol";
import { api, csrfToken } from "../../api";
import { attached } from "../../state/attached";
import { serverNow } from "../../state/clock";
import { words } from "./words";

const rooms = new Map<string, Uploads>();

/** What of the last chosen files did not fit, by conversation. */
export const problems = signal<Readonly<Record<string, readonly string[]>>>({});

export function uploadsOf(id: string): Uploads {
  let uploads = rooms.get(id);
  if (!uploads) {
    uploads = new Uploads({
      target: () => Promise.resolve({ url: `/v1/console/files?conversation=${id}`, headers: { "X-CSRF-Token": csrfToken() } }),
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
  problems.value = { ...problems.value, [id]: problemsOf(uploadsOf(id).add(files), words) };
}

export const links = new FileLinks(async (ids) => (await api.get<{ links: FileLink[] }>(`files?ids=${ids.join()}`)).links, serverNow);
