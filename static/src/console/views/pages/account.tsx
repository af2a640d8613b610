import { Laptop } from "lucide-preact";
import { useLocation } from "preact-iso/router";
import { useEffect, useRef, useState } from "preact/hooks";
import type { AgentSession, Me } from "../../../wire/protocol";
import { api, type ApiError } from "../../api";
import { explain } from "../../desk";
import { t } from "../../i18n";
import { askForDesktop } from "../../notify";
import { chime } from "../../../panel/sound";
import { MarkSwitches } from "../../marks/switches";
import { enter, leave, may, me } from "../../state/session";
import { choose, settings, type Settings } from "../../state/settings";
import { done } from "../../state/toasts";
import { Button } from "../../ui/button";
import { useWork } from "../../ui/busy";
import { Choice, Switch, TextField } from "../../ui/field";
import { Skeleton, Trouble } from "../../ui/state";
import { ago, exactTime } from "../../words";
import { now } from "../../state/clock";
import { AbsencePanel } from "../absence/panel";
import { ReachSection } from "../reach/section";
import { SecondStepSection } from "../second/section";
import { browserOf } from "./browser";
import { OwnKeys } from "./keys";
import { Page, Section } from "./page";

/** One's own name, password, sessions, and how this browser behaves. */
export default function Account() {
  return (
    <Page at="account" title={t("account")}>
      <Name />
      <Away />
      <Preferences />
      {may("conversation.answer") && <ReachSection />}
      <OwnKeys />
      <MarkSwitches />
      <Password />
      <SecondStepSection />
      <Sessions />
    </Page>
  );
}

/** Where the own menu leads to say that one is away. */
function Away() {
  const { url } = useLocation();
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (location.hash === "#absence") place.current?.focus();
  }, [url]);
  const agent = me.value?.agent;
  return (
    <div ref={place} tabIndex={-1} role="region" aria-label={t("absence")} class="absence-place">
      <Section title={t("absence")} lead={t("absence_lead")}>
        {agent && <AbsencePanel agent={agent} />}
      </Section>
    </div>
  );
}

function Name() {
  const [name, setName] = useState(me.value?.agent.name ?? "");
  const work = useWork();
  const save = async () => {
    enter(await api.patch<Me>("me", { name }));
    done(t("saved"));
  };
  return (
    <Section title={t("you")} lead={me.value?.agent.email}>
      <form
        onSubmit={(e) => {
          e.preventDefault();
          work.run(save);
        }}
      >
        <TextField label={t("your_name")} autocomplete="name" required maxLength={80} value={name} onValue={setName} hint={t("your_name_hint")} error={work.error} />
        <div class="form-actions">
          <Button kind="primary" type="submit" busy={work.busy} disabled={name === me.value?.agent.name}>
            {t("save")}
          </Button>
        </div>
      </form>
    </Section>
  );
}

function Preferences() {
  const s = settings.value;
  const choice = <K extends keyof Settings>(key: K, values: readonly Settings[K][], label: string, names: string[]) => (
    <Choice label={label} value={s[key] as string} onChange={(v) => choose({ [key]: v } as Partial<Settings>)} options={values.map((v, i) => ({ value: v as string, label: names[i] ?? "" }))} />
  );
  return (
    <Section title={t("this_browser")} lead={t("this_browser_lead")}>
      {choice("theme", ["system", "light", "dark"], t("theme"), [t("theme_system"), t("theme_light"), t("theme_dark")])}
      {choice("density", ["comfortable", "compact"], t("density"), [t("density_comfortable"), t("density_compact")])}
      {choice("afterClose", ["next", "stay"], t("after_close"), [t("after_close_next"), t("after_close_stay")])}
      <Switch label={t("enter_sends_setting")} hint={t("enter_sends_hint")} checked={s.enterSends} onChange={(enterSends) => choose({ enterSends })} />
      <Switch label={t("hold_sends")} hint={t("hold_sends_hint")} checked={s.holdSends} onChange={(holdSends) => choose({ holdSends })} />
      <Switch label={t("single_keys")} hint={t("single_keys_hint")} checked={s.singleKeys} onChange={(singleKeys) => choose({ singleKeys })} />
      <Switch
        label={t("sound_setting")}
        checked={s.sound}
        onChange={(sound) => {
          choose({ sound });
          if (sound) chime();
        }}
      />
      <Switch label={t("desktop_setting")} hint={t("desktop_hint")} checked={s.desktop} onChange={(on) => (on ? void askForDesktop() : choose({ desktop: false }))} />
    </Section>
  );
}

function Password() {
  const [form, setForm] = useState({ old: "", new: "" });
  const work = useWork();
  const save = async () => {
    enter(await api.post<Me>("me/password", form));
    setForm({ old: "", new: "" });
    done(t("password_changed"));
  };
  return (
    <Section title={t("change_password")} lead={t("change_password_lead")}>
      <form
        onSubmit={(e) => {
          e.preventDefault();
          work.run(save);
        }}
      >
        <TextField label={t("old_password")} type="password" autocomplete="current-password" required value={form.old} onValue={(v) => setForm({ ...form, old: v })} error={work.field === "old" ? work.error : ""} />
        <TextField label={t("new_password")} type="password" autocomplete="new-password" required minLength={10} value={form.new} onValue={(v) => setForm({ ...form, new: v })} hint={t("password_hint")} error={work.field === "old" ? "" : work.error} />
        <div class="form-actions">
          <Button kind="primary" type="submit" busy={work.busy}>
            {t("change_password")}
          </Button>
        </div>
      </form>
    </Section>
  );
}

function Sessions() {
  const [list, setList] = useState<AgentSession[] | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const leaving = useWork();
  const load = () => {
    setTrouble(null);
    api.get<{ sessions: AgentSession[] }>("me/sessions").then((d) => setList(d.sessions), (err: ApiError) => setTrouble(err.message));
  };
  useEffect(load, []);
  const end = (id: string) => void api.remove(`me/sessions/${id}`).then(load, explain);
  const everywhere = async () => {
    await api.remove("me/sessions");
    leave(false);
  };
  return (
    <Section title={t("sessions")} lead={t("sessions_lead")}>
      {trouble !== null ? <Trouble message={trouble} retry={load} /> : !list && <Skeleton kind="row" lines={2} />}
      <ul class="people">
        {list?.map((s) => (
          <li key={s.id} class="person">
            <Laptop size={18} />
            <div class="grow">
              <strong>
                {browserOf(s.user_agent)} {s.current && <span class="tag">{t("this_one")}</span>}
              </strong>
              <span class="quiet" title={exactTime(s.seen_at)}>
                <bdi>{s.ip}</bdi> · {ago(s.seen_at, now.value)}
              </span>
            </div>
            {!s.current && (
              <Button kind="quiet" onClick={() => end(s.id)}>
                {t("end_session")}
              </Button>
            )}
          </li>
        ))}
      </ul>
      <div class="form-actions">
        {leaving.error && (
          <span class="field-error" role="alert">
            {leaving.error}
          </span>
        )}
        <Button busy={leaving.busy} onClick={() => leaving.run(everywhere)}>
          {t("sign_out_everywhere")}
        </Button>
      </div>
    </Section>
  );
}
