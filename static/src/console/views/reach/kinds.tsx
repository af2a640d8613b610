import { useId } from "preact/hooks";
import type { CallKind, CallWay, Mute, Reach } from "../../../wire/protocol";
import { explain } from "../../desk";
import { t } from "../../i18n";
import { may, me } from "../../state/session";
import type { Put } from "./put";

const WAYS: readonly CallWay[] = ["sound", "desktop", "phone"];
/** Whoever is offered something or asked is at a console, so that no phone is called for it. */
const PHONED: readonly CallKind[] = ["waiting", "mine"];

/** What can happen to this agent: alone, nobody hands over, mentions or asks. */
function kinds(): CallKind[] {
  const solo = me.value?.solo ?? false;
  return ["waiting", "mine", ...(solo ? [] : (["offer", "mention"] as const)), "promise", ...(!solo && may("grant.decide") ? (["decision"] as const) : [])];
}

/** One table of what calls an agent and how. Each tick is kept at once. */
export function Kinds({ reach, put }: { reach: Reach; put: Put }) {
  const title = useId();
  const turn = (mute: Mute, on: boolean) =>
    void put(({ mutes }) => {
      const rest = mutes.filter((m) => m !== mute);
      return { mutes: on ? rest : [...rest, mute] };
    }).catch(explain);
  return (
    <div class="calls-place">
      <h3 id={title}>{t("calls")}</h3>
      <p class="card-lead">{t("calls_lead")}</p>
      <table class="calls" aria-labelledby={title}>
        <thead>
          <tr>
            <th scope="col">{t("calls_kind")}</th>
            {WAYS.map((way) => (
              <th key={way} scope="col">
                {t(`calls_${way}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {kinds().map((kind) => (
            <tr key={kind}>
              <th scope="row">{t(`calls_${kind}`)}</th>
              {WAYS.map((way) => (
                <td key={way}>
                  {way === "phone" && !PHONED.includes(kind) ? (
                    <span class="never" role="img" aria-label={t("calls_never")} title={t("calls_never")}>
                      –
                    </span>
                  ) : (
                    <Tick kind={kind} way={way} muted={reach.mutes} turn={turn} />
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <div aria-live="polite">{reach.mutes.includes("waiting.phone") && <p class="reach-none">{t("calls_no_phone")}</p>}</div>
    </div>
  );
}

interface TickProps {
  kind: CallKind;
  way: CallWay;
  muted: readonly Mute[];
  turn: (mute: Mute, on: boolean) => void;
}

function Tick({ kind, way, muted, turn }: TickProps) {
  const mute = `${kind}.${way}` as Mute;
  const on = !muted.includes(mute);
  return (
    <label>
      <input
        type="checkbox"
        aria-label={t("calls_one", { kind: t(`calls_${kind}`), way: t(`calls_${way}`) })}
        checked={on}
        onChange={(e) => turn(mute, e.currentTarget.checked)}
      />
    </label>
  );
}
