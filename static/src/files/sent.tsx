import { useEffect, useRef, useState } from "preact/hooks";
import type { SentFile } from "../wire/protocol-files";
import type { FileLinks } from "./links";
import { sizeOf } from "./size";
import type { Words } from "./words";

/** A picture that did not come is tried again after so long, in ms, and each time four times as long. */
const AGAIN = 1_000;

/** What was sent along with a message: pictures as pictures, all else by name and size. */
export function SentList({ files, links, words, under }: { files: readonly SentFile[]; links: FileLinks; words: Words; under: boolean }) {
  return (
    <ul class="file-list" aria-label={words.sent}>
      {files.map((file) => (
        <li key={file.id}>
          {file.width && file.height && !under ? <Shown file={file} links={links} words={words} /> : <Named file={file} links={links} words={words} under={under} />}
        </li>
      ))}
    </ul>
  );
}

/** Saves a file; the reason why not, where that did not work. */
function useSave(file: SentFile, links: FileLinks, words: Words) {
  const [trouble, setTrouble] = useState("");
  const save = async () => {
    setTrouble("");
    try {
      const url = await links.get(file.id);
      if (url) follow(url);
      else setTrouble(words.gone);
    } catch {
      setTrouble(words.unreached);
    }
  };
  return { trouble, save };
}

/** The server has browsers save whatever comes from there, so no page is left. */
function follow(url: string): void {
  const link = document.createElement("a");
  link.href = url;
  link.target = "_blank";
  link.rel = "noopener noreferrer";
  link.click();
}

function Named({ file, links, words, under }: { file: SentFile; links: FileLinks; words: Words; under: boolean }) {
  const { trouble, save } = useSave(file, links, words);
  const size = sizeOf(file.size, words.locale);
  const what = (
    <>
      <svg class="file-sheet" viewBox="0 0 24 24" aria-hidden="true"><path d="M6 3h8l4 4v14H6zM14 3v4h4" /></svg>
      <span class="file-what">
        <bdi class="file-name">{file.name}</bdi>
        {" "}
        <span class="file-state">{size}</span>
      </span>
    </>
  );
  if (under) return <span class="file-named">{what}</span>;
  return (
    <>
      <button type="button" class="file-named" title={words.save(file.name, size)} onClick={() => void save()}>{what}</button>
      {trouble && <p class="file-trouble" role="alert">{trouble}</p>}
    </>
  );
}

/** A picture in the size of the thread; pressed, as large as the window. */
function Shown({ file, links, words }: { file: SentFile; links: FileLinks; words: Words }) {
  const [url, setUrl] = useState<string | null>(null);
  const [bad, setBad] = useState(false);
  const [failures, setFailures] = useState(0);
  const large = useRef<HTMLDialogElement>(null);
  const { trouble, save } = useSave(file, links, words);
  const failed = () => {
    links.drop(file.id);
    setBad(true);
    setFailures((n) => n + 1);
  };
  useEffect(() => {
    let gone = false;
    const look = async () => {
      try {
        const found = await links.get(file.id);
        if (gone) return;
        setUrl(found);
        setBad(!found);
      } catch {
        if (!gone) failed();
      }
    };
    const timer = failures ? setTimeout(look, AGAIN * 4 ** (failures - 1)) : undefined;
    if (!failures) void look();
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [file.id, failures]);
  useEffect(() => {
    const dialog = large.current;
    // What is around the picture closes it; Esc closes it and not the panel behind.
    dialog?.addEventListener("click", (e) => e.target === dialog && dialog.close());
    dialog?.addEventListener("keydown", (e) => e.key === "Escape" && e.stopPropagation());
  }, [bad]);
  if (bad) return <Named file={file} links={links} words={words} under={false} />;
  return (
    <>
      <button type="button" class="file-shown" aria-label={words.picture(file.name)} title={file.name} disabled={!url} onClick={() => large.current?.showModal()}>
        <img src={url ?? undefined} alt="" width={file.width!} height={file.height!} onError={failed} />
      </button>
      <dialog ref={large} class="file-large" aria-label={file.name}>
        {url && <img src={url} alt={file.name} width={file.width!} height={file.height!} />}
        <footer>
          <bdi class="file-name">{file.name}</bdi>
          <button type="button" onClick={() => void save()}>{words.saveIt}</button>
          <button type="button" onClick={() => large.current?.close()}>{words.close}</button>
        </footer>
        {trouble && <p class="file-trouble" role="alert">{trouble}</p>}
      </dialog>
    </>
  );
}
