import { SentList } from "../../../files/sent";
import type { SentFile } from "../../../wire/protocol";
import { links } from "./uploads";
import { words } from "./words";

/** What was sent along with a message; under: it is on its way itself. */
export function SentFiles({ files, under }: { files: readonly SentFile[]; under: boolean }) {
  return <SentList files={files} links={links} words={words} under={under} />;
}
