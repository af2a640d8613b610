import { useEffect, useState } from "preact/hooks";
import type { Me, Role } from "../../../wire/protocol";
import { api, type ApiError } from "../../api";
import { t, type Key } from "../../i18n";
import { go } from "../../nav";
import { enter } from "../../state/session";
import { Button } from "../../ui/button";
import { useWork } from "../../ui/busy";
import { TextField } from "../../ui/field";
import { Skeleton, Trouble } from "../../ui/state";
import { Frame } from "./frame";
import { InsecureWarning } from "./signin";

interface Look {
  email: string;
  role: Role;
  role_name?: string;
  installation: string;
}

/** A colleague's first page, by the link of an invitation. */
export default function Join() {
  const [token] = useState(() => location.hash.slice(1));
  const [look, setLook] = useState<Look | null>(null);
  const [trouble, setTrouble] = useState<ApiError | null>(null);
  const [name, setName] = useState("");
  const [password, setPassword] = useState("");
  const work = useWork();
  const load = () => {
    setTrouble(null);
    api.enter<Look>("invitations/look", { token }).then(setLook, setTrouble);
  };
  useEffect(load, [token]);
  if (trouble && trouble.code !== "link_expired") {
    return (
      <Frame title={t("join_title")}>
        <Trouble message={trouble.message} retry={load} />
      </Frame>
    );
  }
  if (trouble) {
    return (
      <Frame title={t("join_broken")} lead={trouble.message}>
        <p class="quiet">{t("join_broken_more")}</p>
      </Frame>
    );
  }
  if (!look) return <Frame title={t("join_title")}>{<Skeleton lines={3} />}</Frame>;
  const submit = async () => {
    enter(await api.enter<Me>("invitations/accept", { token, name, password }));
    go("/queue", true);
  };
  return (
    <Frame title={t("join_title")} lead={t("join_lead", { site: look.installation, role: look.role_name ?? t(`role_${look.role}` as Key) })}>
      <InsecureWarning />
      <form
        onSubmit={(e) => {
          e.preventDefault();
          work.run(submit);
        }}
      >
        <TextField label={t("email")} type="email" autocomplete="username" value={look.email} readOnly onValue={() => {}} />
        <TextField label={t("your_name")} autocomplete="name" required maxLength={80} value={name} onValue={setName} hint={t("your_name_hint")} error={work.field === "name" ? work.error : ""} />
        <TextField label={t("password")} type="password" autocomplete="new-password" required minLength={10} value={password} onValue={setPassword} hint={t("password_hint")} error={work.field === "password" ? work.error : ""} />
        {work.error && !["name", "password"].includes(work.field) && (
          <p class="field-error" role="alert">
            {work.error}
          </p>
        )}
        <Button kind="primary" type="submit" class="wide" busy={work.busy}>
          {t("join_do")}
        </Button>
      </form>
    </Frame>
  );
}
