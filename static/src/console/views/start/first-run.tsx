import "./dress";
import { useEffect, useRef } from "preact/hooks";
import type { Site } from "../../../wire/protocol";
import { t, type Key } from "../../i18n";
import { go } from "../../nav";
import { manages } from "../../state/session";
import { Button } from "../../ui/button";
import { Empty } from "../../ui/state";
import type { ScreenProps } from "./screen";
import { ownSite, saveQuietly } from "./own-site";
import { LookScreen, NameScreen } from "./screen-look";
import { HoursScreen } from "./screen-hours";
import { PeopleScreen } from "./screen-people";
import { PlaceScreen } from "./screen-place";
import { TradeScreen } from "./screen-trade";

const SCREENS: readonly { title: Key; short: Key; show: (props: ScreenProps) => preact.JSX.Element | null }[] = [
  { title: "first_look", short: "first_look_short", show: LookScreen },
  { title: "first_trade", short: "first_trade_short", show: TradeScreen },
  { title: "first_hours", short: "first_hours_short", show: HoursScreen },
  { title: "first_people", short: "first_people_short", show: PeopleScreen },
  { title: "first_place", short: "first_place_short", show: PlaceScreen },
];

/**
 * The way of a new owner: five screens, each saved when it is left, so that one may go back, leave
 * and come again. What is not asked here has a good default and stands in the settings.
 */
export default function FirstRun({ params }: { params?: { screen?: string } }) {
  const now = ownSite();
  const title = useRef<HTMLHeadingElement>(null);
  const asked = Number(params?.screen) || now?.start?.screen || 1;
  const at = Math.min(Math.max(Math.trunc(asked), 1), SCREENS.length);
  useEffect(() => title.current?.focus(), [at, now?.id]);
  if (!manages.value) {
    return (
      <main class="first-run">
        <Empty title={t("only_managers")} />
      </main>
    );
  }
  const screen = SCREENS[at - 1]!;
  const last = at === SCREENS.length;
  const onward = async (patch: Partial<Site> = {}) => {
    const next = last ? 0 : at + 1;
    await saveQuietly(now!, { ...patch, start: { screen: next } });
    go(last ? "/queue" : "/start/" + next);
  };
  const foot = (busy: boolean) => (
    <div class="form-actions first-foot">
      {at > 1 && <Button onClick={() => go("/start/" + (at - 1))}>{t("first_back")}</Button>}
      <span class="grow" />
      <Button kind="primary" type="submit" busy={busy}>
        {last ? t("first_done") : t("first_on")}
      </Button>
    </div>
  );
  return (
    <main class="first-run">
      <header class="first-head">
        <p class="quiet">{t("first_step", { n: at, of: SCREENS.length })}</p>
        <Button kind="quiet" onClick={() => go("/queue")}>
          {t("first_later")}
        </Button>
      </header>
      <Way at={at} open={now !== null} />
      <h1 ref={title} tabIndex={-1} class="site-title">
        {t(screen.title)}
      </h1>
      {now ? <screen.show key={`${now.id} ${at}`} now={now} onward={onward} foot={foot} /> : <NameScreen />}
    </main>
  );
}

/** The five screens, and which of them is open; before there is a site only the first is. */
function Way({ at, open }: { at: number; open: boolean }) {
  return (
    <nav aria-label={t("first_way")}>
      <ol class="first-way">
        {SCREENS.map((s, i) => {
          const n = i + 1;
          const current = n === at;
          return (
            <li key={s.short} class={n < at ? "past" : current ? "on" : ""}>
              {open ? (
                <a href={"/console/start/" + n} aria-current={current ? "step" : undefined}>
                  {t(s.short)}
                </a>
              ) : (
                <span aria-current={current ? "step" : undefined}>{t(s.short)}</span>
              )}
            </li>
          );
        })}
      </ol>
    </nav>
  );
}
