import { ShieldAlert } from "lucide-preact";
import { useEffect, useState } from "preact/hooks";
import type { ApiError } from "../../api";
import { t } from "../../i18n";
import { ended, signIn } from "../../state/session";
import { Button } from "../../ui/button";
import { useWork } from "../../ui/busy";
import { TextField } from "../../ui/field";
import { Frame } from "./frame";

/** Is this page on plain http at an address that is not this machine? */
export function insecureHere(): boolean {
  return location.protocol === "http:" && !/^(localhost|127\.|\[::1\])/.test(location.hostname);
}

/** What plain http means, in one line; shown wherever a password is typed. */
export function InsecureWarning() {
  if (!insecureHere()) return null;
  return (
    <p class="notice notice-amber" role="note">
      <ShieldAlert size={16} /> {t("insecure")}
    </p>
  );
}

export default function SignIn() {
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [code, setCode] = useState("");
  const [second, ask] = useState(false);
  const work = useWork();
  useEffect(() => {
    if (second) document.querySelector<HTMLInputElement>("input[autocomplete=one-time-code]")?.focus();
  }, [second]);
  const send = async () => {
    try {
      await signIn(email, password, second ? code : "");
    } catch (err) {
      if ((err as ApiError).code !== "second_step_due") throw err;
      ask(true);
    }
  };
  return (
    <Frame title={t("sign_in_title")} lead={ended.value ? t("session_ended") : t("sign_in_lead")}>
      <InsecureWarning />
      <form
        onSubmit={(e) => {
          e.preventDefault();
          work.run(send);
        }}
      >
        <TextField label={t("email")} type="email" autocomplete="username" required value={email} onValue={setEmail} error={work.field === "email" ? work.error : ""} />
        <TextField label={t("password")} type="password" autocomplete="current-password" required value={password} onValue={setPassword} error={work.field === "password" ? work.error : ""} />
        {second && <TextField label={t("second_step_code")} hint={t("second_step_hint")} autocomplete="one-time-code" autocapitalize="none" spellcheck={false} dir="ltr" required maxLength={64} value={code} onValue={setCode} error={work.field === "code" ? work.error : ""} />}
        {work.error && !["email", "password", "code"].includes(work.field) && (
          <p class="field-error" role="alert">
            {work.error}
          </p>
        )}
        <Button kind="primary" type="submit" class="wide" busy={work.busy}>
          {t("sign_in")}
        </Button>
      </form>
    </Frame>
  );
}
