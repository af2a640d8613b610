import { useState } from "preact/hooks";
import type { Me } from "../../../wire/protocol";
import { api } from "../../api";
import { t } from "../../i18n";
import { go } from "../../nav";
import { enter } from "../../state/session";
import { Button } from "../../ui/button";
import { useWork } from "../../ui/busy";
import { TextField } from "../../ui/field";
import { Frame } from "./frame";
import { InsecureWarning } from "./signin";

/** The owner's first page, by the link that the server printed. */
export default function SetUp() {
  const [token] = useState(() => location.hash.slice(1));
  const [form, setForm] = useState({ name: "", email: "", password: "" });
  const work = useWork();
  const set = (patch: Partial<typeof form>) => setForm({ ...form, ...patch });
  if (!token) {
    return (
      <Frame title={t("setup_title")} lead={t("setup_no_link")}>
        {null}
      </Frame>
    );
  }
  const submit = async () => {
    enter(await api.enter<Me>("setup", { token, ...form }));
    go("/start", true);
  };
  return (
    <Frame title={t("setup_title")} lead={t("setup_lead")}>
      <InsecureWarning />
      <form
        onSubmit={(e) => {
          e.preventDefault();
          work.run(submit);
        }}
      >
        <TextField label={t("your_name")} autocomplete="name" required maxLength={80} value={form.name} onValue={(name) => set({ name })} hint={t("your_name_hint")} error={work.field === "name" ? work.error : ""} />
        <TextField label={t("email")} type="email" autocomplete="username" required value={form.email} onValue={(email) => set({ email })} error={work.field === "email" ? work.error : ""} />
        <TextField label={t("password")} type="password" autocomplete="new-password" required minLength={10} value={form.password} onValue={(password) => set({ password })} hint={t("password_hint")} error={work.field === "password" ? work.error : ""} />
        {work.error && !["name", "email", "password"].includes(work.field) && (
          <p class="field-error" role="alert">
            {work.error}
          </p>
        )}
        <Button kind="primary" type="submit" class="wide" busy={work.busy}>
          {t("setup_do")}
        </Button>
      </form>
    </Frame>
  );
}
