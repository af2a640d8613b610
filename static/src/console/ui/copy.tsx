import { Check, Copy } from "lucide-preact";
import { useRef, useState } from "preact/hooks";
import { t } from "../i18n";
import { Button } from "./button";

/** Text to take elsewhere, with a button that copies it; where the browser forbids that, it is selected. */
export function CopyBox({ label, text, secret }: { label: string; text: string; secret?: boolean }) {
  const [copied, setCopied] = useState(false);
  const box = useRef<HTMLElement>(null);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setCopied(true);
      setTimeout(() => setCopied(false), 2_000);
    } catch {
      if (box.current) getSelection()?.selectAllChildren(box.current);
    }
  };
  return (
    <div class={`copy ${secret ? "copy-secret" : ""}`}>
      {/* It scrolls sideways, so the keyboard must reach it. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <pre tabIndex={0} aria-label={label} dir="ltr">
        <code ref={box}>{text}</code>
      </pre>
      <Button onClick={() => void copy()}>
        {copied ? <Check size={15} /> : <Copy size={15} />} {copied ? t("copied") : t("copy")}
      </Button>
    </div>
  );
}
