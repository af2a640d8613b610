import { t } from "../../i18n";
import { now } from "../../state/clock";
import { pathOf, type Listed } from "../../state/visitors";
import { Face } from "../../ui/face";
import { personName, stopwatch } from "../../words";

/** What a visitor is called: a customer by name, else somebody new. */
export const nameOf = (v: Listed): string => (v.person ? personName(v.person) : t("visitor_stranger"));

/** A visitor with the page that stands open; opens what more is known. */
export function Row({ visitor: v, top, open }: { visitor: Listed; top: number; open: (v: Listed) => void }) {
  return (
    <div role="listitem" class={`visitor ${v.left ? "visitor-left" : ""}`} style={{ transform: `translateY(${top}px)` }}>
      <button type="button" onClick={() => open(v)}>
        <Face id={v.person?.id ?? v.id} name={v.person?.name ?? ""} size="small" />
        <span class="visitor-who">
          <bdi>{nameOf(v)}</bdi>
          <span class="quiet">{v.left ? t("visitor_left") : v.invitation ? t(`visitor_invited_${v.invitation.state}`) : v.hidden ? t("visitor_away") : v.source ? <bdi>{t("visitor_from", { source: v.source })}</bdi> : ""}</span>
        </span>
        <span class="visitor-page">
          <span dir="auto">{v.page.title || pathOf(v.page.url)}</span>
          <span class="quiet">
            <bdi dir="ltr">{pathOf(v.page.url)}</bdi>
          </span>
        </span>
        <span class="visitor-pages quiet figures">{v.visits ? `${t("visitor_visit", { n: v.visits })} · ` : ""}{t("visitor_pages", { n: v.pages })}</span>
        <span class="figures">{stopwatch(now.value - v.since)}</span>
      </button>
    </div>
  );
}
