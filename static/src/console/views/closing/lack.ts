import { t } from "../../i18n";

const ATTRIBUTE = "customer.attribute.";

/** A variable without a value, in words for its agent. */
export function lackWords(name: string): string {
  if (name === "customer.first_name" || name === "customer.name") return t("lack_name");
  if (name === "customer.email") return t("lack_email");
  return name.startsWith(ATTRIBUTE) ? t("lack_attribute", { name: name.slice(ATTRIBUTE.length) }) : t("lack_other", { name });
}
