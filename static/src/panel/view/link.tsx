import type { LinkPreview } from "../../wire/protocol";

/** What the page behind a link says of itself. Both sides show it alike. */
export function LinkCard({ link: { url, host, name, title, text } }: { link: LinkPreview }) {
  return (
    <a class="link-card" href={url} target="_blank" rel="noopener noreferrer nofollow">
      <small>
        {name && <><bdi>{name}</bdi> · </>}
        <bdi dir="ltr">{host}</bdi>
      </small>
      <b dir="auto">{title}</b>
      {text && <span dir="auto">{text}</span>}
    </a>
  );
}
