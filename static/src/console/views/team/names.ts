/** What roles and permissions are called. */
import type { Permission, Role, RoleView } from "../../../wire/protocol";
import { t, type Key } from "../../i18n";

const BUILT_IN: readonly Role[] = ["owner", "admin", "supervisor", "agent"];

/** The name of a role; that of an own one is in the list of roles. */
export function roleName(role: Role, roles: readonly RoleView[]): string {
  if (BUILT_IN.includes(role)) return t(`role_${role}` as Key);
  return roles.find((r) => r.id === role)?.name ?? t("role_own");
}

export const permissionName = (p: Permission): string => t(`may_${p.replace(".", "_")}` as Key);

/** Roles that one may give: all but the owner's whose permissions one has oneself. */
export function givable(roles: readonly RoleView[], own: readonly Permission[]): RoleView[] {
  return roles.filter((r) => r.id !== "owner" && r.permissions.every((p) => own.includes(p)));
}

/** Whether somebody of this role stands above who has these permissions, and is not theirs to change. */
export function isAbove(role: Role, roles: readonly RoleView[], own: readonly Permission[]): boolean {
  return role === "owner" || (roles.some((r) => r.id === role) && !givable(roles, own).some((r) => r.id === role));
}

/** What a role is for, in a line: its own words, or how much of everything it may do. */
export function roleHint(role: RoleView): string {
  return role.own ? role.permissions.map(permissionName).join(", ") : t(`role_${role.id}_hint` as Key);
}
