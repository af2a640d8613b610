import { Bell, Command as CommandIcon, Gauge, Globe, Handshake, Keyboard, LogOut, MessagesSquare, Moon, MousePointer2, ScrollText, Search, Sun, UserRound, Users, Volume2, VolumeX } from "lucide-preact";
import { t } from "../../i18n";
import logo from "../../icons/rapport.svg";
import { askForDesktop } from "../../notify";
import { chime } from "../../../panel/sound";
import { go } from "../../nav";
import { manages, may, me, signOut, site, solo } from "../../state/session";
import { choose, dark, settings } from "../../state/settings";
import { now } from "../../state/clock";
import { reasonOpen, setStatus, spared, spareMe, standing } from "../../status";
import { standingWords } from "../../words";
import { IconButton } from "../../ui/button";
import { Face } from "../../ui/face";
import { Menu, type MenuItem } from "../../ui/menu";
import { Tip } from "../../ui/tip";
import { helpOpen, paletteOpen } from "../palette/open";

/** The narrow column (on phones: the bar below) that leads everywhere. */
export function Rail({ at }: { at: "desk" | "search" | "promises" | "site" | "templates" | "team" | "board" | "visitors" | "account" }) {
  const link = (name: typeof at, href: string, label: string, keys: string, icon: preact.JSX.Element) => (
    <Tip label={label} keys={keys}>
      <a href={"/console" + href} class={`rail-link ${at === name ? "on" : ""}`} aria-label={label} aria-current={at === name ? "page" : undefined}>
        {icon}
      </a>
    </Tip>
  );
  return (
    <nav class="rail" aria-label={t("main_navigation")}>
      <img src={logo} alt="Rapport" class="rail-logo" width="28" height="28" />
      {link("desk", "/queue", t("conversations"), "g q", <MessagesSquare size={20} />)}
      {link("search", "/search", t("search"), "/", <Search size={20} />)}
      {link("promises", "/promises", t("promises"), "g r", <Handshake size={20} />)}
      {link("templates", "/templates", t("templates"), "g t", <ScrollText size={20} />)}
      {manages.value && link("site", "/site", t("site"), "g s", <Globe size={20} />)}
      {link("team", "/team", t("team"), "g p", <Users size={20} />)}
      {may("report.read") && (solo.value ? link("board", "/board/figures", t("figures"), "g i", <Gauge size={20} />) : link("board", "/board", t("board"), "g b", <Gauge size={20} />))}
      {may("conversation.read") && site.value?.visitors?.listed && link("visitors", "/visitors", t("visitors"), "g v", <MousePointer2 size={20} />)}
      <span class="rail-gap" />
      <IconButton label={t("palette")} keys="mod+K" class="rail-link rail-wide" onClick={() => (paletteOpen.value = true)}>
        <CommandIcon size={18} />
      </IconButton>
      <IconButton label={t("shortcuts")} keys="?" class="rail-link rail-wide" onClick={() => (helpOpen.value = true)}>
        <Keyboard size={18} />
      </IconButton>
      <OwnMenu />
    </nav>
  );
}

/** One's own picture: being there or away, looks and sounds, the account, the way out. */
function OwnMenu() {
  const agent = me.value?.agent;
  if (!agent) return null;
  const said = standing.value;
  const online = said.status === "online";
  const s = settings.value;
  const items: MenuItem[] = [
    { id: "online", label: t("status_online"), icon: <span class="dot dot-on" />, checked: online && !spared.value, run: () => setStatus("online") },
    { id: "spared", label: t("spare_me"), icon: <span class="dot dot-half" />, checked: online && spared.value, run: spareMe },
    { id: "away", label: t("status_away"), icon: <span class="dot dot-off" />, checked: said.status === "away", run: () => setStatus("away") },
    { id: "why", label: t("status_why"), icon: <span class="dot dot-off" />, run: () => (reasonOpen.value = true) },
    { id: "offline", label: t("status_offline"), icon: <span class="dot dot-none" />, checked: said.status === "offline", run: () => setStatus("offline") },
    { id: "until", label: t("status_until"), icon: <span class="dot dot-off" />, run: () => go("/account#absence") },
    { id: "sound", label: s.sound ? t("sound_off") : t("sound_on"), icon: s.sound ? <Volume2 size={16} /> : <VolumeX size={16} />, divide: true, run: toggleSound },
    { id: "desktop", label: s.desktop ? t("desktop_off") : t("desktop_on"), icon: <Bell size={16} />, run: toggleDesktop },
    { id: "theme", label: dark.value ? t("to_light") : t("to_dark"), icon: dark.value ? <Sun size={16} /> : <Moon size={16} />, run: () => choose({ theme: dark.value ? "light" : "dark" }) },
    { id: "account", label: t("account"), icon: <UserRound size={16} />, keys: "g a", divide: true, run: () => go("/account") },
    { id: "out", label: t("sign_out"), icon: <LogOut size={16} />, run: () => void signOut() },
  ];
  const head = (
    <div class="menu-head">
      <strong>
        <bdi>{agent.name}</bdi>
      </strong>
      <span class="quiet">
        <bdi>{agent.email}</bdi>
      </span>
    </div>
  );
  return (
    <Menu label={t("own_menu", { name: agent.name, status: standingWords(said, now.value) })} items={items} head={head} placement="right-end" class="rail-own">
      <Face {...agent} online={online} />
    </Menu>
  );
}

function toggleSound(): void {
  choose({ sound: !settings.value.sound });
  if (settings.value.sound) chime();
}

function toggleDesktop(): void {
  if (settings.value.desktop) choose({ desktop: false });
  else void askForDesktop();
}
