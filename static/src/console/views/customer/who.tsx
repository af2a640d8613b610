import type { Person } from "../../../wire/protocol";
import { t } from "../../i18n";
import { personName } from "../../words";
import { InlineEdit } from "./inline";

/**
 * Name and e-mail: written in place by an agent, until the site vouches for them. What an agent
 * typed over signed ones would pass for signed, so those are only read.
 */
export function Who({ person, save }: { person: Person; save: (patch: { name?: string; email?: string }) => void }) {
  if (person.verified) return <Signed person={person} />;
  return (
    <>
      <InlineEdit label={t("name")} value={person.name} placeholder={personName(person)} onSave={(name) => save({ name })} strong />
      <InlineEdit label={t("email")} value={person.email} placeholder={t("add_email")} type="email" onSave={(email) => save({ email })} />
    </>
  );
}

function Signed({ person }: { person: Person }) {
  return (
    <>
      <p class="signed strong">
        <bdi>{personName(person)}</bdi>
      </p>
      {person.email && (
        <p class="signed">
          <bdi>{person.email}</bdi>
        </p>
      )}
      <p class="signed-why">{t("signed_why")}</p>
    </>
  );
}
