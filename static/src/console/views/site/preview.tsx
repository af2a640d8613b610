import { useEffect, useRef, useState } from "preact/hooks";
import type { FromPreview, PreviewCard } from "../../../preview/talk";
import type { Preview, Site, SiteSettings } from "../../../wire/protocol";
import { api, type ApiError } from "../../api";
import { t } from "../../i18n";
import { dark } from "../../state/settings";
import { done } from "../../state/toasts";
import { Button } from "../../ui/button";
import { Choice } from "../../ui/field";
import { languageName } from "./languages";

/** Between the last letter typed and the next look, ms. */
const CALM = 300;
/** A look that is not drawn within this long does not come, ms. */
const PATIENCE = 15_000;

type Scheme = "light" | "dark";
type Device = "desktop" | "phone";
const WIDTH: Record<Device, number> = { desktop: 560, phone: 360 };

interface Shown {
  key: string;
  src: string;
  /** It stands; until then nobody can reach it. */
  drawn: boolean;
}

/**
 * The real chat on a page of nobody's, with settings that are not saved. Each change is drawn out
 * of sight first and takes the place of the one before when it stands, so nothing flickers.
 * card: an invitation beside the launcher of a chat that nobody has opened.
 */
export function LivePreview({ now, draft, locales, locale, onLocale, card }: { now: Site; draft: Partial<SiteSettings>; locales: readonly string[]; locale: string; onLocale: (tag: string) => void; card?: PreviewCard }) {
  const [scheme, setScheme] = useState<Scheme>(dark.peek() ? "dark" : "light");
  const [device, setDevice] = useState<Device>("desktop");
  const { frames, trouble, again } = useLooks(now, draft, scheme, locale, card);
  const stage = useScale(WIDTH[device]);
  return (
    <div class="live">
      <div class="live-tools">
        <Choice
          label={t("preview_light")}
          value={scheme}
          onChange={setScheme}
          options={[
            { value: "light", label: t("theme_light") },
            { value: "dark", label: t("theme_dark") },
          ]}
        />
        <Choice
          label={t("preview_device")}
          value={device}
          onChange={setDevice}
          options={[
            { value: "desktop", label: t("preview_desktop") },
            { value: "phone", label: t("preview_phone") },
          ]}
        />
        {locales.length > 1 && <Choice label={t("preview_language")} value={locale} onChange={onLocale} options={locales.map((tag) => ({ value: tag, label: languageName(tag) }))} />}
      </div>
      <div class={`live-stage live-${device} ${scheme === "dark" ? "live-dark" : ""}`} ref={stage}>
        {frames.map((f) => (
          <iframe key={f.key} src={f.src} inert={!f.drawn} class={f.drawn ? "" : "live-behind"} title={t("preview_of", { name: now.name })} />
        ))}
      </div>
      {trouble ? (
        <p class="live-note" role="status">
          {trouble} <Button kind="quiet" onClick={again}>{t("try_again")}</Button>
        </p>
      ) : (
        <p class="live-note quiet">{t("preview_real")}</p>
      )}
    </div>
  );
}

/** The look that stands and the one that is being drawn. */
function useLooks(now: Site, draft: Partial<SiteSettings>, scheme: Scheme, locale: string, card: PreviewCard | undefined) {
  const [frames, setFrames] = useState<readonly Shown[]>([]);
  const [trouble, setTrouble] = useState("");
  const [turn, setTurn] = useState(0);
  const open = useRef(!card);
  const [pages] = useState(() => new Map<string, (shown: PreviewCard) => void>());
  const list = useRef(frames);
  list.current = frames;

  const look = draft.look ?? now.look;
  const wanted = JSON.stringify({ ...draft, look: { ...look, theme: look.theme === "visitor" ? scheme : look.theme } });
  useEffect(() => {
    let left = false;
    const fetchLook = async () => {
      try {
        const { key, url } = await api.post<Preview>(`sites/${now.id}/preview`, JSON.parse(wanted));
        if (left) return;
        setTrouble("");
        const src = `${url}&locale=${locale}&theme=${scheme}${open.current ? "&open=1" : ""}`;
        setFrames((before) => [...before.filter((f) => f.drawn), { key, src, drawn: false }]);
      } catch (err) {
        if (!left) setTrouble((err as ApiError).message);
      }
    };
    const timer = setTimeout(() => void fetchLook(), list.current.length ? CALM : 0);
    return () => {
      left = true;
      clearTimeout(timer);
    };
  }, [wanted, scheme, locale, turn]);

  useEffect(() => {
    const hear = ({ data, origin, source }: MessageEvent<FromPreview | null>) => {
      const frame = list.current.find((f) => f.key === data?.rapport && new URL(f.src).origin === origin);
      if (!frame || !data) return;
      pages.set(frame.key, (shown) => (source as WindowProxy).postMessage(shown, origin));
      if (data.said === "ready") setFrames((before) => before.slice(before.findIndex((f) => f.key === frame.key)).map((f) => (f.key === frame.key ? { ...f, drawn: true } : f)));
      else if (data.said === "held") done(t("preview_held"));
      else if (frame.drawn) open.current = data.said === "open";
    };
    addEventListener("message", hear);
    return () => removeEventListener("message", hear);
  }, []);

  const waiting = frames.find((f) => !f.drawn)?.key;
  useEffect(() => {
    if (!waiting) return;
    const timer = setTimeout(() => setTrouble(t("preview_late")), PATIENCE);
    return () => clearTimeout(timer);
  }, [waiting]);
  // What it says is drawn on the page that stands.
  const standing = frames.find((f) => f.drawn)?.key;
  useEffect(() => {
    if (card && standing) pages.get(standing)?.(card);
  }, [card?.from, card?.text, standing]);
  return { frames, trouble, again: () => setTurn(turn + 1) };
}

/** Makes a page of this width fit where there is less room. */
function useScale(width: number) {
  const stage = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const el = stage.current!;
    // Set by script: our content security policy takes no style attributes.
    const fit = () => el.style.setProperty("--scale", String(Math.min(1, el.clientWidth / width)));
    const watch = new ResizeObserver(fit);
    watch.observe(el);
    fit();
    return () => watch.disconnect();
  }, [width]);
  return stage;
}
