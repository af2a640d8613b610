import "./dress";
import { CircleAlert, CircleCheck, CircleDashed } from "lucide-preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Place, Site } from "../../../wire/protocol";
import { api, type ApiError } from "../../api";
import { explain } from "../../desk";
import { t } from "../../i18n";
import { now as clock } from "../../state/clock";
import { Button } from "../../ui/button";
import { Skeleton, Trouble } from "../../ui/state";
import { ago, exactTime } from "../../words";
import { saveSite } from "../site/save";
import { embedOf } from "./platforms";
import { meaning, sound } from "./meaning";

/** Between two looks while the page is looked at, ms: the server writes down what it sees within a second. */
const EVERY = 4_000;

interface Seen {
  places: Place[];
  secure: boolean;
}

/** "Is it installed?": on which pages the chat was seen, looked at again and again while this stands. */
export function Places({ now }: { now: Site }) {
  const { seen, trouble, look } = useSeen(now);
  if (trouble && !seen) return <Trouble message={trouble} retry={look} />;
  if (!seen) return <Skeleton kind="row" lines={2} />;
  const good = seen.places.some(sound);
  return (
    <div class="places">
      <p class={`place-verdict ${good ? "good" : ""}`} role="status">
        {good ? <CircleCheck size={20} /> : <CircleDashed size={20} />}
        {good ? t("installed") : seen.places.length > 0 ? t("installed_not_quite") : t("installed_not_yet")}
      </p>
      {!seen.secure && <p class="notice notice-amber">{t("not_secure", { origin: embedOf(now).origin })}</p>}
      {seen.places.length === 0 ? <Never /> : <List now={now} places={seen.places} />}
      {seen.places.some((p) => p.state === "refused") && <p class="field-hint">{t("allow_yours_only")}</p>}
      {trouble && <p class="field-error">{trouble}</p>}
    </div>
  );
}

function useSeen(now: Site) {
  const [seen, setSeen] = useState<Seen | null>(null);
  const [trouble, setTrouble] = useState("");
  const look = () =>
    api.get<Seen>(`sites/${now.id}/places`).then(
      (found) => {
        setSeen(found);
        setTrouble("");
      },
      (err: ApiError) => setTrouble(err.message),
    );
  const again = useRef(look);
  again.current = look;
  const origins = now.allowed_origins.join(" ");
  useEffect(() => {
    void again.current();
    const timer = setInterval(() => document.hidden || void again.current(), EVERY);
    return () => clearInterval(timer);
  }, [now.id, origins]);
  return { seen, trouble, look: () => void look() };
}

/** What it may be while nothing is heard of a page. */
function Never() {
  return (
    <>
      <p class="card-lead">{t("never_lead")}</p>
      <ul class="place-why">
        <li>{t("never_published")}</li>
        <li>{t("never_cache")}</li>
        <li>{t("never_policy")}</li>
        <li>{t("never_blocker")}</li>
      </ul>
    </>
  );
}

function List({ now, places }: { now: Site; places: readonly Place[] }) {
  return (
    <ul class="place-list" aria-label={t("places")}>
      {places.map((p) => (
        <li key={p.origin + p.state} class="place">
          {sound(p) ? <CircleCheck size={18} class="good" /> : <CircleAlert size={18} class="bad" />}
          <div class="grow">
            <bdi class="place-origin">{p.origin || t("place_unnamed")}</bdi>
            <p>{meaning(p)}</p>
            <p class="quiet" title={exactTime(p.loaded_at)}>
              {t("place_loaded", { time: ago(p.loaded_at, clock.value) })}
              {p.opened_at > 0 && ` · ${t("place_opened", { time: ago(p.opened_at, clock.value) })}`}
            </p>
          </div>
          {p.state === "refused" && <Allow now={now} origin={p.origin} />}
        </li>
      ))}
    </ul>
  );
}

function Allow({ now, origin }: { now: Site; origin: string }) {
  const [busy, setBusy] = useState(false);
  const allow = async () => {
    setBusy(true);
    await saveSite(now.id, { allowed_origins: [...now.allowed_origins, origin] }).catch(explain);
    setBusy(false);
  };
  return (
    <Button onClick={() => void allow()} busy={busy} aria-label={t("allow_of", { origin })}>
      {t("allow")}
    </Button>
  );
}
