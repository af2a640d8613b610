import { useEffect, useState } from "preact/hooks";
import type { Person, SamePerson as Side } from "../../../wire/protocol";
import { api, type ApiError } from "../../api";
import { t } from "../../i18n";
import { now } from "../../state/clock";
import { Face } from "../../ui/face";
import { TextField } from "../../ui/field";
import { Empty, Skeleton, Trouble } from "../../ui/state";
import { personName, shortAgo } from "../../words";

/** How long nothing is typed before it is looked for, ms. */
const PAUSE = 200;

/** Looks for whoever may be the same person, and begins with those of the same address. */
export function Find({ person, choose }: { person: Person; choose: (side: Side) => void }) {
  const [text, type] = useState("");
  const { people, trouble, again } = useSame(person.id, text.trim());
  return (
    <>
      <TextField label={t("same_find")} hint={t("same_find_hint")} value={text} onValue={type} dir="auto" autoComplete="off" />
      <div aria-live="polite">
        {trouble && <Trouble message={trouble} retry={again} />}
        {!people && !trouble && <Skeleton kind="row" lines={2} />}
        {people?.length === 0 && !trouble && <Empty title={t(text.trim() ? "same_nobody" : "same_begin")} />}
      </div>
      {people && people.length > 0 && (
        <section class="same-found" aria-label={t(text.trim() ? "same_found" : "same_address")}>
          <h3>{t(text.trim() ? "same_found" : "same_address")}</h3>
          <ul>
            {people.map((side) => (
              <li key={side.person.id}>
                <Found side={side} choose={choose} />
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

/** Who is found by what was typed last; null until they are. */
function useSame(id: string, text: string) {
  const [people, show] = useState<readonly Side[] | null>(null);
  const [trouble, fail] = useState("");
  const [round, again] = useState(0);
  useEffect(() => {
    let left = false;
    const look = () =>
      api.get<{ people: Side[] }>(`people/${id}/same?q=${encodeURIComponent(text)}`).then(
        (found) => {
          if (left) return;
          show(found.people);
          fail("");
        },
        (err: ApiError) => left || fail(err.message),
      );
    const timer = setTimeout(() => void look(), text ? PAUSE : 0);
    return () => {
      left = true;
      clearTimeout(timer);
    };
  }, [id, text, round]);
  return { people, trouble, again: () => again((n) => n + 1) };
}

function Found({ side, choose }: { side: Side; choose: (side: Side) => void }) {
  const { person, last } = side;
  return (
    <button type="button" class="same-one" onClick={() => choose(side)}>
      <Face id={person.id} name={person.name} size="small" />
      <span class="grow">
        <bdi class="same-name">{personName(person)}</bdi>
        {person.email && <bdi class="quiet">{person.email}</bdi>}
        {last && (
          <span class="quiet same-last" dir="auto">
            {last.text}
          </span>
        )}
      </span>
      <span class="quiet same-talks">
        {t("same_talks", { n: side.conversations })}
        {last && <time>{shortAgo(last.at, now.value)}</time>}
      </span>
    </button>
  );
}
