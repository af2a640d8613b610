import "./dress";
import { ChevronRight, MoveLeft } from "lucide-preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Site as SiteT } from "../../../wire/protocol";
import { t } from "../../i18n";
import { go } from "../../nav";
import { room } from "../../state/room";
import { manages, site } from "../../state/session";
import { keep, recall } from "../../state/storage";
import { Empty } from "../../ui/state";
import { Rail } from "../desk/rail";
import { Page } from "../pages/page";
import { SECTIONS, type SiteSection } from "./sections";

/**
 * The settings of a site: sections at the side and one of them open, each with an address of its
 * own. Where there is room for one pane, the list comes first and leads to a section.
 */
export default function Site({ params }: { params?: { section?: string } }) {
  const now = site.value;
  if (!now || !manages.value) {
    return (
      <Page at="site" title={t("site")}>
        <Empty title={t("only_managers")} />
      </Page>
    );
  }
  return <Settings key={now.id} now={now} asked={params?.section ?? ""} />;
}

function Settings({ now, asked }: { now: SiteT; asked: string }) {
  const open = SECTIONS.find((s) => s.id === asked);
  const narrow = room.value === "narrow";
  useEffect(() => {
    if (open) keep("site-section", open.id);
    else if (!narrow || asked) go("/site/" + last(), true);
  }, [open, narrow, asked]);
  return (
    <div class="desk">
      <Rail at="site" />
      <main class="page site-page">
        {(!narrow || !open) && <Contents now={now} open={open} />}
        <Opened now={now} open={open} narrow={narrow} />
      </main>
    </div>
  );
}

/** The section that was open last on this device. */
function last(): string {
  const kept = recall("site-section", "");
  return SECTIONS.some((s) => s.id === kept) ? kept : SECTIONS[0]!.id;
}

function Contents({ now, open }: { now: SiteT; open: SiteSection | undefined }) {
  // One first heading on a page: the open section's own.
  const Title = open ? "p" : "h1";
  return (
    <div class="site-side">
      <Title class="settings-name">
        {t("site")}
        <bdi class="quiet">{now.name}</bdi>
      </Title>
      <nav aria-label={t("site_settings")}>
        <ul>
          {SECTIONS.map((s) => (
            <li key={s.id}>
              <a href={"/console/site/" + s.id} class={`site-link ${s === open ? "on" : ""}`} aria-current={s === open ? "page" : undefined}>
                {s.icon}
                <span class="grow">
                  {t(s.title)}
                  <span class="site-about">{t(s.about)}</span>
                </span>
                <ChevronRight size={18} class="site-go" />
              </a>
            </li>
          ))}
        </ul>
      </nav>
    </div>
  );
}

/**
 * The open section, and out of sight those that were opened before: what was typed there and is not
 * saved yet must not be lost on the way to look something up.
 */
function Opened({ now, open, narrow }: { now: SiteT; open: SiteSection | undefined; narrow: boolean }) {
  const [seen, see] = useState<readonly SiteSection[]>([]);
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (!open) return;
    see((before) => (before.includes(open) ? before : [...before, open]));
    // The list that was left has gone with the focus.
    if (narrow) title.current?.focus();
  }, [open]);
  return (
    <div class="site-open" hidden={!open}>
      {open && (
        <header>
          {narrow && (
            <a href="/console/site" class="site-back">
              <MoveLeft size={16} /> {t("all_settings")}
            </a>
          )}
          <h1 ref={title} tabIndex={-1} class="site-title">
            {t(open.title)}
          </h1>
          <p class="quiet">{t(open.about)}</p>
        </header>
      )}
      {seen.map((s) => (
        <div key={s.id} class="site-section" hidden={s !== open}>
          <s.show now={now} />
        </div>
      ))}
    </div>
  );
}
