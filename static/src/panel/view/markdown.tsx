import type { ComponentChildren } from "preact";

/** Links, `code`, **bold**, *italic* and _italic_; stars inside words and sums stay stars. */
const inline = /(https?:\/\/[^\s<>"]+)|\[([^\]\n]{1,200})\]\((https?:\/\/[^\s<>"()]+|mailto:[^\s<>"()]+)\)|`([^`\n]+)`|\*\*(?=\S)([^\n]*?\S)\*\*(?!\*)|(?<![\w*])\*(?=\S)([^*\n]*?\S)\*(?![\w*])|(?<![\w_])_(?=\S)([^_\n]*?\S)_(?![\w_])/g;

/** Full stops and brackets that end a sentence are not part of an address. */
function trimmed(url: string): string {
  let end = url.replace(/[.,;:!?'"]+$/, "");
  if (end.endsWith(")") && !end.includes("(")) end = end.slice(0, -1);
  return end;
}

/** A label that looks like an address must not stand for another one. */
const posing = /:\/\/|^\s*www\.|^[\w-]+(\.[\w-]+)+(\/|\s*$)/i;

function link(href: string, label: string) {
  const text = label !== href && posing.test(label) ? href : label;
  return (
    <a href={href} title={href} target="_blank" rel="noopener noreferrer nofollow" dir={text === href ? "ltr" : "auto"}>
      {text}
    </a>
  );
}

/** Marks inside marks go this deep; what is deeper stays as it was written. */
const DEEPEST = 3;

function spans(text: string, depth = 0): ComponentChildren[] {
  if (depth > DEEPEST) return [text];
  const out: ComponentChildren[] = [];
  let from = 0;
  for (const m of text.matchAll(inline)) {
    const [whole, url, label, target, code, bold, star, under] = m;
    let used = whole;
    out.push(text.slice(from, m.index));
    if (url) out.push(link((used = trimmed(url)), used));
    else if (label) out.push(link(target!, label));
    else if (code) out.push(<code dir="ltr">{code}</code>);
    else if (bold) out.push(<strong>{spans(bold, depth + 1)}</strong>);
    else out.push(<em>{spans((star ?? under)!, depth + 1)}</em>);
    from = m.index + used.length;
  }
  out.push(text.slice(from));
  return out;
}

const bullet = /^\s{0,3}[-*•]\s+(?=\S)/;
const numbered = /^\s{0,3}(\d{1,3})[.)]\s+(?=\S)/;

/**
 * A message's text as elements: paragraphs, lists, and the inline marks. There is no way from
 * text to markup here: everything is made of elements and text nodes.
 */
export function Markdown({ text }: { text: string }) {
  const blocks: ComponentChildren[] = [];
  const lines = text.split("\n");
  for (let i = 0; i < lines.length; ) {
    const mark = bullet.test(lines[i]!) ? bullet : numbered.test(lines[i]!) ? numbered : null;
    const from = i;
    const same = (line: string) => (mark ? mark.test(line) : !bullet.test(line) && !numbered.test(line));
    while (i < lines.length && same(lines[i]!)) i++;
    const part = lines.slice(from, i);
    if (!mark) blocks.push(<p dir="auto">{spans(part.join("\n"))}</p>);
    else {
      const items = part.map((line) => <li>{spans(line.replace(mark, ""))}</li>);
      const start = Number(numbered.exec(part[0]!)?.[1] ?? 1);
      blocks.push(mark === bullet ? <ul dir="auto">{items}</ul> : <ol dir="auto" start={start}>{items}</ol>);
    }
  }
  return <>{blocks}</>;
}
