/** What the files' pieces say in the console. */
import type { Words } from "../../../files/words";
import { t } from "../../i18n";

export const words: Words = {
  get tray() { return t("files_tray"); },
  get going() { return t("files_going"); },
  get waiting() { return t("files_waiting"); },
  get there() { return t("files_there"); },
  get again() { return t("files_again"); },
  get sent() { return t("files_sent"); },
  get gone() { return t("files_gone"); },
  get unreached() { return t("files_unreached"); },
  get saveIt() { return t("files_save_it"); },
  get close() { return t("files_close"); },
  remove: (name) => t("files_remove", { name }),
  ready: (name) => t("files_ready", { name }),
  failed: (failure) => failure?.message ?? t("files_failed"),
  many: (count) => t("files_many", { n: count }),
  large: (name) => t("files_large", { name }),
  empty: (name) => t("files_empty", { name }),
  save: (name, size) => t("files_save", { name, size }),
  picture: (name) => t("files_picture", { name }),
  locale: undefined,
};
