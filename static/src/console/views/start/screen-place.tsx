import { t } from "../../i18n";
import { Onward } from "./onward";
import type { ScreenProps } from "./screen";
import { Guides } from "./guides";
import { Places } from "./places";

/** The line for one's pages, and whether it runs there. */
export function PlaceScreen({ now, onward, foot }: ScreenProps) {
  return (
    <div class="editor first-narrow">
      <Guides now={now} />
      <h2>{t("places_title")}</h2>
      <p class="card-lead">{t("places_lead")}</p>
      <Places now={now} />
      <Onward onward={onward} foot={foot} />
    </div>
  );
}
