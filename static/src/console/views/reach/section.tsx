import { Smartphone } from "lucide-preact";
import { useEffect, useState } from "preact/hooks";
import type { PushDevice, Reach } from "../../../wire/protocol";
import { api, type ApiError } from "../../api";
import { explain } from "../../desk";
import { t } from "../../i18n";
import { now } from "../../state/clock";
import { me } from "../../state/session";
import { done } from "../../state/toasts";
import { Button } from "../../ui/button";
import { useWork } from "../../ui/busy";
import { Switch } from "../../ui/field";
import { Skeleton, Trouble } from "../../ui/state";
import { ago } from "../../words";
import { canTell, Denied, tellHere, tellNoMore } from "../../worker";
import { browserOf } from "../pages/browser";
import { Section } from "../pages/page";
import "./dress";
import { Kinds } from "./kinds";
import { Putting } from "./put";
import { Quiet } from "./quiet";

/** On one's own account: how a customer who waits reaches one while no console is open. */
export function ReachSection() {
  const [putting, begin] = useState<Putting | null>(null);
  const [trouble, setTrouble] = useState("");
  const load = () => {
    setTrouble("");
    api.get<Reach>("me/reach").then((reach) => begin(new Putting(reach, keep)), (err: ApiError) => setTrouble(err.message));
  };
  useEffect(load, []);
  return (
    <Section title={t("reach")} lead={t("reach_lead")}>
      {trouble ? <Trouble message={trouble} retry={load} /> : !putting && <Skeleton kind="row" lines={2} />}
      {putting && <Ways putting={putting} />}
    </Section>
  );
}

interface Props {
  reach: Reach;
  show: (reach: Reach) => void;
}

/** The whole of it is put; what is muted holds from then on. */
async function keep({ mail, quiet, begins, ends, zone, mutes }: Reach): Promise<Reach> {
  const kept = await api.put<Reach>("me/reach", { mail, quiet, begins, ends, zone, mutes });
  if (me.value) me.value = { ...me.value, mutes: kept.mutes };
  return kept;
}

function Ways({ putting }: { putting: Putting }) {
  const reach = putting.wanted.value;
  const { put, show } = putting;
  const mailed = reach.mail_sent && reach.mail;
  return (
    <>
      <div role="status">{reach.devices.length === 0 && !mailed && <p class="reach-none">{t("reach_none")}</p>}</div>
      <Devices reach={reach} show={show} />
      {reach.mail_sent ? (
        <Switch label={t("reach_mail")} hint={t("reach_mail_hint", { email: me.value?.agent.email ?? "" })} checked={reach.mail} onChange={(mail) => void put(() => ({ mail })).catch(explain)} />
      ) : (
        <p class="quiet">{t("reach_no_mail")}</p>
      )}
      <Quiet reach={reach} put={put} />
      <Kinds reach={reach} put={put} />
    </>
  );
}

function Devices({ reach, show }: Props) {
  const forget = async (device: PushDevice) => {
    show(await api.remove<Reach>(`me/reach/devices/${device.id}`));
    if (device.current) await tellNoMore();
  };
  return (
    <>
      {reach.devices.length > 0 && (
        <ul class="people" aria-label={t("reach_devices")}>
          {reach.devices.map((d) => (
            <li key={d.id} class="person">
              <Smartphone size={18} />
              <div class="grow">
                <strong>
                  {browserOf(d.user_agent)} {d.current && <span class="tag">{t("this_one")}</span>}
                </strong>
                <span class="quiet">{d.reached_at ? t("reach_reached", { time: ago(d.reached_at, now.value) }) : t("reach_not_yet")}</span>
              </div>
              <Button kind="quiet" aria-label={t("reach_forget", { device: browserOf(d.user_agent) })} onClick={() => void forget(d).catch(explain)}>
                {t("reach_forget_short")}
              </Button>
            </li>
          ))}
        </ul>
      )}
      {!reach.devices.some((d) => d.current) && <TellHere reach={reach} show={show} />}
    </>
  );
}

/** The button that sets this browser up, or why there is none. */
export function TellHere({ reach, show }: Props) {
  const work = useWork();
  if (!isSecureContext) return <p class="quiet">{t("reach_insecure")}</p>;
  if (!canTell() || !reach.key) return <p class="quiet">{t("reach_unable")}</p>;
  const tell = async () => {
    try {
      show(await tellHere(reach.key));
    } catch (err) {
      if (err instanceof Denied) throw new Error(t("reach_denied"), { cause: err });
      if (err instanceof DOMException) throw new Error(t("reach_failed"), { cause: err });
      throw err;
    }
    done(t("reach_told"));
  };
  return (
    <div class="form-actions">
      {work.error && (
        <span class="field-error" role="alert">
          {work.error}
        </span>
      )}
      <Button kind="primary" busy={work.busy} onClick={() => work.run(tell)}>
        {t("reach_tell")}
      </Button>
    </div>
  );
}
