import type { Place } from "../../../wire/protocol";
import { t } from "../../i18n";

/** Customers can write from there. */
export const sound = (p: Place): boolean => p.state === "works" || p.state === "unnamed";

/** What a place's state means, and what to do about it. */
export function meaning(p: Place): string {
  switch (p.state) {
    case "works":
      return p.opened_at > 0 ? t("means_works") : t("means_unopened");
    case "refused":
      return p.near ? t("means_near", { near: p.near }) : t("means_refused");
    case "stranger":
      return t("means_stranger");
    case "silent":
      return t("means_silent");
    case "unnamed":
      return t("means_unnamed");
  }
}
