import { useEffect, useState } from "preact/hooks";
import type { Holiday, HolidayRegion, Hours } from "../../../wire/protocol";
import { api } from "../../api";
import { locale, t } from "../../i18n";
import { Button } from "../../ui/button";
import { Field } from "../../ui/field";
import { dateWords, dayName } from "./clock";

interface Known {
  /** The country that was asked for. */
  of: string;
  regions: HolidayRegion[];
  coming: Holiday[];
}

/** A country by its name here, with the part of it; in the order of the names. */
function named(regions: readonly HolidayRegion[]): { code: string; name: string }[] {
  const countries = new Intl.DisplayNames(locale(), { type: "region" });
  const name = (r: HolidayRegion) => [countries.of(r.code.slice(0, 2)), r.name].filter(Boolean).join(" · ");
  return regions.map((r) => ({ code: r.code, name: name(r) })).toSorted((a, b) => a.name.localeCompare(b.name));
}

/** The public holidays of a country: the site is closed on each, but for those that are switched off. */
export function Holidays({ hours, change }: { hours: Hours; change: (patch: Partial<Hours>) => void }) {
  const { country, open_on = [] } = hours;
  const [known, setKnown] = useState<Known | null>(null);
  const [missing, miss] = useState(false);
  const fetchThem = () => {
    miss(false);
    api.get<Omit<Known, "of">>(`holidays?country=${encodeURIComponent(country)}`).then(
      (answer) => setKnown({ of: country, ...answer }),
      () => miss(true),
    );
  };
  useEffect(fetchThem, [country]);
  const closed = (name: string, on: boolean) => change({ open_on: on ? open_on.filter((n) => n !== name) : [...open_on, name] });
  const list = known?.of === country ? known.coming : [];
  return (
    <>
      {missing && (
        <p class="notice" role="alert">
          <span class="grow">{t("holidays_missing")}</span>
          <Button onClick={fetchThem}>{t("try_again")}</Button>
        </p>
      )}
      <Field label={t("holidays_of")} hint={t("holidays_hint")}>
        {(ids) => (
          <select {...ids} class="input select" value={country} disabled={!known} onChange={(e) => change({ country: e.currentTarget.value, open_on: [] })}>
            <option value="">{t("holidays_none")}</option>
            {named(known?.regions ?? []).map((r) => (
              <option key={r.code} value={r.code}>
                {r.name}
              </option>
            ))}
          </select>
        )}
      </Field>
      {list.length > 0 && (
        <fieldset class="holidays">
          <legend class="field-label">{t("holidays_closed")}</legend>
          {list.map((h) => (
            <label key={h.date + h.name} class="holiday">
              <input type="checkbox" checked={!open_on.includes(h.name)} onChange={(e) => closed(h.name, e.currentTarget.checked)} />
              <bdi class="grow">{h.name}</bdi>
              <span class="quiet">
                {dayName(new Date(`${h.date}T12:00Z`).getUTCDay())}, {dateWords(h)}
              </span>
            </label>
          ))}
        </fieldset>
      )}
    </>
  );
}
