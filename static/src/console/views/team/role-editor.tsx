import { useState } from "preact/hooks";
import type { Permission, RoleView } from "../../../wire/protocol";
import { PERMISSIONS } from "../../../wire/protocol-teams";
import { api } from "../../api";
import { t } from "../../i18n";
import { me } from "../../state/session";
import { TextField } from "../../ui/field";
import { EditorDialog } from "../guide/editor";
import { permissionName } from "./names";

/** What is written of a role that is yet to be made. */
export const blankRole = (): RoleView => ({ id: "", name: "", own: true, permissions: ["conversation.read"] });

/** Writing a role of one's own: its name, and what it may do. Only what one may do oneself can be given. */
export function RoleEditor({ role, onClose, onSaved }: { role: RoleView; onClose: () => void; onSaved: () => Promise<void> }) {
  const [name, setName] = useState(role.name);
  const [chosen, choose] = useState<readonly Permission[]>(role.permissions);
  const mine = me.value?.may ?? [];
  const toggle = (p: Permission) => choose(PERMISSIONS.filter((x) => (x === p) !== chosen.includes(x)));
  const save = async () => {
    const body = { name, permissions: chosen };
    await (role.id ? api.put(`roles/${role.id}`, body) : api.post("roles", body));
    await onSaved();
  };
  return (
    <EditorDialog title={role.id ? t("edit_role") : t("new_role")} fields={["name", "permissions"]} save={save} onClose={onClose}>
      {(errorOf) => (
        <>
          <TextField label={t("role_name")} required maxLength={80} value={name} onValue={setName} error={errorOf("name")} />
          <fieldset class="choice">
            <legend class="field-label">{t("permissions")}</legend>
            <div class="rights">
              {PERMISSIONS.filter((p) => p !== "security.change" && mine.includes(p)).map((p) => (
                <label key={p}>
                  <input type="checkbox" checked={chosen.includes(p)} onChange={() => toggle(p)} />
                  {permissionName(p)}
                </label>
              ))}
            </div>
            {errorOf("permissions") && (
              <p class="field-error" role="alert">
                {errorOf("permissions")}
              </p>
            )}
          </fieldset>
          {role.id && <p class="field-hint">{t("role_signs_out")}</p>}
        </>
      )}
    </EditorDialog>
  );
}
