import { ArrowUp, MousePointer2 } from "lucide-preact";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { learn, t } from "../../i18n";
import words from "../../i18n/visitors.json";
import { frozen } from "../../state/rows";
import { manages, site } from "../../state/session";
import { ordered, type Held, type Listed, type Whom } from "../../state/visitors";
import css from "../../styles/visitors.css?sheet";
import { wear } from "../../ui/sheet";
import { Empty, Skeleton, Trouble } from "../../ui/state";
import { useVirtual } from "../../ui/virtual";
import { Page } from "../pages/page";
import { Details } from "./details";
import { useVisitors } from "./read";
import { Row } from "./row";

learn(words);
wear(css);

const ROW = 60;

/** Who looks around on the site now. */
export function Visitors() {
  return (
    <Page at="visitors" title={t("visitors")} lead={t("visitors_lead")}>
      <Around key={site.value?.id} id={site.value?.id ?? ""} />
    </Page>
  );
}

function Around({ id }: { id: string }) {
  const [still, hold] = useState<readonly string[] | null>(null);
  const { held, on, error } = useVisitors(id, still);
  if (on === null) return error ? <Trouble message={error} retry={() => location.reload()} /> : <Skeleton kind="row" lines={6} />;
  if (!on) return <Off />;
  return (
    <>
      {error && (
        <p class="visitors-old" role="status">
          {t("visitors_old")} {error}
        </p>
      )}
      <Rows held={held} still={still} hold={hold} />
    </>
  );
}

function Off() {
  return (
    <Empty icon={<MousePointer2 size={22} />} title={manages.value ? t("visitors_off_manager") : t("visitors_off")}>
      {manages.value && (
        <a class="button button-plain" href="/console/site/visitors">
          {t("visitors_switch_on")}
        </a>
      )}
    </Empty>
  );
}

interface RowsProps {
  held: Held;
  still: readonly string[] | null;
  hold: (ids: readonly string[] | null) => void;
}

/** The list with what narrows it. While a mouse rests on it, or the focus is in it, no row moves. */
function Rows({ held, still, hold }: RowsProps) {
  const [text, ask] = useState("");
  const [whom, choose] = useState<Whom>("all");
  const [open, show] = useState<Listed | null>(null);
  const live = useMemo(() => ordered(held, text, whom), [held, text, whom]);
  const { ids, fresh } = frozen(live, still);
  useEffect(() => hold(null), [text, whom]);
  const here = useMemo(() => [...held.values()].filter((v) => !v.left).length, [held]);
  return (
    <>
      <div class="visitors-ask">
        <input class="input grow" type="search" dir="auto" value={text} placeholder={t("visitors_find")} aria-label={t("visitors_find")} onInput={(e) => ask(e.currentTarget.value)} />
        <select class="input select" aria-label={t("visitors_who")} value={whom} onChange={(e) => choose(e.currentTarget.value as Whom)}>
          {(["all", "known", "strangers"] as const).map((w) => (
            <option key={w} value={w}>
              {t(`visitors_who_${w}`)}
            </option>
          ))}
        </select>
        <span class="quiet figures">{t("visitors_here", { n: here })}</span>
      </div>
      {ids.length === 0 && fresh === 0 ? (
        <Empty icon={<MousePointer2 size={22} />} title={here > 0 ? t("visitors_none_fit") : t("visitors_none")} />
      ) : (
        <List held={held} ids={ids} fresh={fresh} live={live} hold={hold} open={show} />
      )}
      {open && <Details visitor={held.get(open.id) ?? { ...open, left: true }} onClose={() => show(null)} />}
    </>
  );
}

interface ListProps {
  held: Held;
  ids: readonly string[];
  fresh: number;
  live: readonly string[];
  hold: (ids: readonly string[] | null) => void;
  open: (v: Listed) => void;
}

function List({ held, ids, fresh, live, hold, open }: ListProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const resting = useRef(false);
  const virtual = useVirtual({ count: ids.length, getScrollElement: () => scroller.current, estimateSize: () => ROW, getItemKey: (i) => ids[i] ?? i, overscan: 6 });
  const rest = () => {
    if (!resting.current) hold(live);
    resting.current = true;
  };
  const move = () => {
    resting.current = false;
    hold(null);
  };
  const focusInside = () => !!scroller.current?.contains(document.activeElement);
  return (
    <div class="visitors-place" onPointerMove={(e) => e.pointerType === "mouse" && rest()} onPointerLeave={() => !focusInside() && move()} onFocusIn={rest} onFocusOut={(e) => !e.currentTarget.contains(e.relatedTarget as Node) && !e.currentTarget.matches(":hover") && move()}>
      {fresh > 0 && (
        <button type="button" class="fresh" onClick={() => (hold(live), virtual.scrollToOffset(0))}>
          {t("n_new", { n: fresh })} <ArrowUp size={14} />
        </button>
      )}
      <div ref={scroller} class="visitors-rows" role="list" aria-label={t("visitors_list")}>
        <div role="presentation" class="visitors-inner" style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map((at) => {
            const visitor = held.get(ids[at.index] ?? "");
            return visitor && <Row key={visitor.id} visitor={visitor} top={at.start} open={open} />;
          })}
        </div>
      </div>
    </div>
  );
}
