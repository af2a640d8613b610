import type { Site, SiteSettings } from "../../../wire/protocol";
import { api } from "../../api";
import { t } from "../../i18n";
import { replaceSite } from "../../state/session";
import { done } from "../../state/toasts";

/** Changes some settings of a site and says so; throws the server's ApiError. */
export async function saveSite(id: string, patch: Partial<SiteSettings>): Promise<Site> {
  const saved = await api.patch<Site>(`sites/${id}`, patch);
  replaceSite(saved);
  done(t("saved"));
  return saved;
}
