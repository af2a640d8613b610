import { ShieldAlert } from "lucide-preact";
import { useState } from "preact/hooks";
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
  const work = useWork();
  return (
    <Frame title={t("sign_in_title")} lead={ended.value ? t("session_ended") : t("sign_in_lead")}>
      <InsecureWarning />
      <form
        onSubmit={(e) => {
          e.preventDefault();
          work.run(() => signIn(email, password));
        }}
      >
        <TextField label={t("email")} type="email" autocomplete="username" required value={email} onValue={setEmail} error={work.field === "email" ? work.error : ""} />
        <TextField label={t("password")} type="password" autocomplete="current-password" required value={password} onValue={setPassword} error={work.field === "password" ? work.error : ""} />
        {work.error && !["email", "password"].includes(work.field) && (
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
