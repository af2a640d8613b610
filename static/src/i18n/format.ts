/** Formatters by language and form, each made once: making one takes longer than drawing a row. */
const dates = new Map<string, Intl.DateTimeFormat>();

export function dateFormat(locale: string, form: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = locale + JSON.stringify(form);
  let made = dates.get(key);
  if (!made) dates.set(key, (made = new Intl.DateTimeFormat(locale, form)));
  return made;
}
