/** Putting a file on the wire. */
import type { Failure } from "../wire/protocol";
import type { SentFile } from "../wire/protocol-files";
import { Refused, Unreached, type Sending, type Target } from "./uploads";

/** Nothing moved for so long, in ms: the connection is not what it seems. */
const STILL = 30_000;

/** Sends a file as the body of a request; fetch cannot say how far it is. */
export function sendFile({ url, headers }: Target, file: File, progress: (part: number) => void): Sending {
  const request = new XMLHttpRequest();
  const answer = new Promise<SentFile>((resolve, reject) => {
    let still = setTimeout(() => request.abort(), STILL);
    const moved = () => {
      clearTimeout(still);
      still = setTimeout(() => request.abort(), STILL);
    };
    request.upload.onprogress = (e) => {
      moved();
      progress(e.loaded / Math.max(e.total, 1));
    };
    request.onloadend = () => {
      clearTimeout(still);
      const told = read(request);
      if (told && "file" in told) resolve(told.file);
      else reject(told ? new Refused(told) : new Unreached());
    };
  });
  request.open("POST", url);
  for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
  request.setRequestHeader("Content-Type", file.type || "application/octet-stream");
  request.setRequestHeader("Content-Disposition", disposition(file.name));
  request.send(file);
  return { answer, abort: () => request.abort() };
}

/** What the server said; null where there was no answer of ours. */
function read({ status, responseText }: XMLHttpRequest): { file: SentFile } | Failure | null {
  try {
    const told = JSON.parse(responseText) as { file: SentFile } | Failure;
    return status === 200 || "code" in told ? told : null;
  } catch {
    return null;
  }
}

/** Letters of a name that are sent; the server keeps fewer. A header has no room for more. */
const NAME = 100;

/** A file's name as a header (RFC 6266), cut so that its ending stays. */
export function disposition(name: string): string {
  const letters = [...name.replace(/\p{Surrogate}/gu, "")];
  const kept = letters.length > NAME ? [...letters.slice(0, NAME - 12), ...letters.slice(-12)] : letters;
  const plain = encodeURIComponent(kept.join("") || "file").replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
  return `attachment; filename*=UTF-8''${plain}`;
}
