import { useEffect, useState } from "preact/hooks";
import type { RoleView, Security } from "../../../wire/protocol";
import { api, type ApiError } from "../../api";
import { t } from "../../i18n";
import { done } from "../../state/toasts";
import { useWork } from "../../ui/busy";
import { Skeleton, Trouble } from "../../ui/state";
import { Many } from "../guide/fit-editor";
import { Section } from "../pages/page";
import "../second/dress";
import { roleName } from "./names";

/** For the owner: which roles sign in with a second step. A choice is saved at once. */
export function SigningIn({ roles }: { roles: readonly RoleView[] }) {
  const [chosen, choose] = useState<string[] | null>(null);
  const [trouble, setTrouble] = useState("");
  const work = useWork();
  const load = () => {
    setTrouble("");
    api.get<Security>("security").then((s) => choose(s.second_step_roles), (err: ApiError) => setTrouble(err.message));
  };
  useEffect(load, []);
  const save = (list: string[]) =>
    work.run(async () => {
      choose((await api.put<Security>("security", { second_step_roles: list })).second_step_roles);
      done(t("saved"));
    });
  return (
    <Section title={t("security")} lead={t("security_lead")}>
      {trouble ? <Trouble message={trouble} retry={load} /> : !chosen && <Skeleton kind="row" lines={1} />}
      {chosen && <Many label={t("second_step")} words={roles.map((r) => ({ value: r.id as string, label: roleName(r.id, roles) }))} chosen={chosen} error={work.error} onChange={save} />}
    </Section>
  );
}
