import { useEffect, useState } from "preact/hooks";
import type { SecondStep } from "../../../wire/protocol";
import { api, type ApiError } from "../../api";
import { t } from "../../i18n";
import { refreshMe } from "../../state/session";
import { done } from "../../state/toasts";
import { Button } from "../../ui/button";
import { useWork } from "../../ui/busy";
import { TextField } from "../../ui/field";
import { Skeleton, Trouble } from "../../ui/state";
import { exactTime } from "../../words";
import { Section } from "../pages/page";
import "./dress";
import { CodeForm, Codes, SetUpSecondStep } from "./setup";

/** On one's own account: whether signing in asks for a code, and changing that. */
export function SecondStepSection() {
  const [state, show] = useState<SecondStep | null>(null);
  const [trouble, setTrouble] = useState("");
  const [doing, turn] = useState<"" | "set" | "codes" | "off">("");
  const load = () => {
    setTrouble("");
    turn("");
    api.get<SecondStep>("me/second-step").then(show, (err: ApiError) => setTrouble(err.message));
  };
  useEffect(load, []);
  const changed = () => {
    load();
    void refreshMe();
  };
  return (
    <Section title={t("second_step")} lead={t("second_step_lead")}>
      {trouble ? <Trouble message={trouble} retry={load} /> : !state && <Skeleton kind="row" lines={1} />}
      {state && !state.on && doing === "" && (
        <div>
          <Button onClick={() => turn("set")}>{t("second_set_up")}</Button>
        </div>
      )}
      {doing === "set" && <SetUpSecondStep onDone={changed} />}
      {state?.on && <On state={state} doing={doing} turn={turn} onChanged={changed} />}
    </Section>
  );
}

interface OnProps {
  state: SecondStep;
  doing: string;
  turn: (to: "" | "codes" | "off") => void;
  onChanged: () => void;
}

function On({ state, doing, turn, onChanged }: OnProps) {
  const [codes, keep] = useState<string[] | null>(null);
  const renew = async (code: string) => keep((await api.post<{ codes: string[] }>("me/second-step/codes", { code })).codes);
  if (codes) return <Codes codes={codes} onDone={onChanged} />;
  return (
    <div class="second">
      <p>
        {t("second_on_since", { time: exactTime(state.since) })} {t("second_codes_left", { n: state.codes_left })} {state.required && t("second_required")}
      </p>
      <div class="second-deeds">
        <Button aria-expanded={doing === "codes"} onClick={() => turn(doing === "codes" ? "" : "codes")}>
          {t("second_new_codes")}
        </Button>
        {!state.required && (
          <Button kind="quiet" aria-expanded={doing === "off"} onClick={() => turn(doing === "off" ? "" : "off")}>
            {t("second_turn_off")}
          </Button>
        )}
      </div>
      {doing === "codes" && <CodeForm label={t("second_any_code")} yes={t("second_new_codes")} send={renew} />}
      {doing === "off" && <Off onDone={onChanged} />}
    </div>
  );
}

function Off({ onDone }: { onDone: () => void }) {
  const [form, setForm] = useState({ password: "", code: "" });
  const work = useWork();
  const send = async () => {
    await api.post("me/second-step/off", form);
    done(t("second_turned_off"));
    onDone();
  };
  return (
    <form
      onSubmit={(e) => {
        e.preventDefault();
        work.run(send);
      }}
    >
      <TextField label={t("password")} type="password" autocomplete="current-password" required value={form.password} onValue={(password) => setForm({ ...form, password })} error={work.field === "password" ? work.error : ""} />
      <TextField label={t("second_any_code")} autocomplete="one-time-code" dir="ltr" required maxLength={64} value={form.code} onValue={(code) => setForm({ ...form, code })} error={work.field === "password" ? "" : work.error} />
      <div>
        <Button kind="danger" type="submit" busy={work.busy}>
          {t("second_turn_off")}
        </Button>
      </div>
    </form>
  );
}
