import { useState } from "preact/hooks";
import type { Reach } from "../../../wire/protocol";
import { explain } from "../../desk";
import { t } from "../../i18n";
import { done } from "../../state/toasts";
import { Button } from "../../ui/button";
import { useWork } from "../../ui/busy";
import { Field, Switch } from "../../ui/field";
import type { Put } from "./put";

/** Hours in which nobody is called, in the zone that the browser has now. */
export function Quiet({ reach, put }: { reach: Reach; put: Put }) {
  const [hours, set] = useState({ begins: reach.begins, ends: reach.ends });
  const work = useWork();
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const same = hours.begins === reach.begins && hours.ends === reach.ends;
  const save = async () => {
    await put(() => ({ ...hours, zone }));
    done(t("saved"));
  };
  const time = (key: "begins" | "ends", label: string) => (
    <Field label={label} error={work.field === key ? work.error : ""}>
      {(ids) => <input {...ids} class="input" type="time" required value={clockOf(hours[key])} onInput={(e) => set({ ...hours, [key]: minuteOf(e.currentTarget.value) })} />}
    </Field>
  );
  return (
    <>
      <Switch label={t("reach_quiet")} hint={t("reach_quiet_hint")} checked={reach.quiet} onChange={(quiet) => void put(() => ({ quiet, zone })).catch(explain)} />
      {reach.quiet && (
        <form
          onSubmit={(e) => {
            e.preventDefault();
            work.run(save);
          }}
        >
          <div class="reach-hours">
            {time("begins", t("reach_begins"))}
            {time("ends", t("reach_ends"))}
          </div>
          <div class="form-actions">
            <Button kind="primary" type="submit" busy={work.busy} disabled={same}>
              {t("save")}
            </Button>
          </div>
        </form>
      )}
    </>
  );
}

/** "21:00" of a minute of the day, and back. */
export const clockOf = (minute: number): string => `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
export const minuteOf = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5));
