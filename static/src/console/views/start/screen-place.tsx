import { t } from "../../i18n";
import { useWork } from "../../ui/busy";
import type { ScreenProps } from "./screen";
import { Guides } from "./guides";
import { Places } from "./places";

/** The line for one's pages, and whether it runs there. */
export function PlaceScreen({ now, onward, foot }: ScreenProps) {
  const work = useWork();
  return (
    <div class="editor first-narrow">
      <Guides now={now} />
      <h2>{t("places_title")}</h2>
      <p class="card-lead">{t("places_lead")}</p>
      <Places now={now} />
      <form
        onSubmit={(e) => {
          e.preventDefault();
          work.run(() => onward());
        }}
      >
        {work.error && (
          <p class="field-error" role="alert">
            {work.error}
          </p>
        )}
        {foot(work.busy)}
      </form>
    </div>
  );
}
