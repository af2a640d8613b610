import { useState } from "preact/hooks";
import { api } from "../../api";
import { t } from "../../i18n";
import { Button } from "../../ui/button";
import { useWork } from "../../ui/busy";
import { CopyBox } from "../../ui/copy";
import { TextField } from "../../ui/field";
import "./dress";
import { QR } from "./qr";

interface Begun {
  secret: string;
  address: string;
  qr: string[];
}

/** Setting the second step up: the password, the app with its first code, the recovery codes. */
export function SetUpSecondStep({ onDone }: { onDone: () => void }) {
  const [begun, begin] = useState<Begun | null>(null);
  const [codes, keep] = useState<string[] | null>(null);
  if (codes) return <Codes codes={codes} onDone={onDone} />;
  if (begun) return <Prove begun={begun} onProven={keep} />;
  return <Begin onBegun={begin} />;
}

function Begin({ onBegun }: { onBegun: (begun: Begun) => void }) {
  const [password, setPassword] = useState("");
  const work = useWork();
  return (
    <div class="second">
      <form
        onSubmit={(e) => {
          e.preventDefault();
          work.run(async () => onBegun(await api.post<Begun>("me/second-step", { password })));
        }}
      >
        <TextField label={t("password")} hint={t("second_prove")} type="password" autocomplete="current-password" required value={password} onValue={setPassword} error={work.error} />
        <div>
          <Button kind="primary" type="submit" busy={work.busy}>
            {t("second_set_up")}
          </Button>
        </div>
      </form>
    </div>
  );
}

function Prove({ begun, onProven }: { begun: Begun; onProven: (codes: string[]) => void }) {
  const prove = async (code: string) => onProven((await api.post<{ codes: string[] }>("me/second-step/confirm", { code })).codes);
  return (
    <div class="second">
      <p>{t("second_scan")}</p>
      <QR rows={begun.qr} label={t("second_qr")} />
      <div>
        <p class="field-hint">{t("second_by_hand")}</p>
        <CopyBox label={t("second_by_hand")} text={begun.secret} secret />
      </div>
      <a href={begun.address}>{t("second_open_app")}</a>
      <CodeForm label={t("second_code")} yes={t("second_turn_on")} send={prove} />
    </div>
  );
}

/** Asks for a code and does something with it. */
export function CodeForm({ label, yes, send }: { label: string; yes: string; send: (code: string) => Promise<unknown> }) {
  const [code, setCode] = useState("");
  const work = useWork();
  return (
    <form
      onSubmit={(e) => {
        e.preventDefault();
        work.run(() => send(code));
      }}
    >
      <TextField label={label} inputMode="text" autocomplete="one-time-code" autocapitalize="none" spellcheck={false} dir="ltr" required maxLength={64} value={code} onValue={setCode} error={work.error} />
      <div>
        <Button kind="primary" type="submit" busy={work.busy}>
          {yes}
        </Button>
      </div>
    </form>
  );
}

/** Recovery codes, shown this once. */
export function Codes({ codes, onDone }: { codes: readonly string[]; onDone: () => void }) {
  return (
    <div class="second" role="status">
      <strong>{t("second_codes")}</strong>
      <p>{t("second_codes_lead")}</p>
      <CopyBox label={t("second_codes")} text={codes.join("\n")} secret />
      <Button kind="primary" onClick={onDone}>
        {t("second_codes_kept")}
      </Button>
    </div>
  );
}
