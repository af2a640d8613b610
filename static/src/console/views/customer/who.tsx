import type { Person } from "../../../wire/protocol";
import { t } from "../../i18n";
import { personName } from "../../words";
import { InlineEdit } from "./inline";

/**
 * Name and e-mail: read where the site vouches for them, written in place where nobody does. What
 * was typed of a signed customer says so, or it would pass for signed.
 */
export function Who({ person, save }: { person: Person; save: (patch: { name?: string; email?: string }) => void }) {
  const { name, email, verified, name_given, email_given } = person;
  return (
    <>
      {verified && name && !name_given ? (
        <Signed text={personName(person)} class="signed strong" />
      ) : (
        <InlineEdit label={t("name")} value={name} placeholder={personName(person)} onSave={(typed) => save({ name: typed })} strong />
      )}
      {name_given && <Given />}
      {verified && email && !email_given ? (
        <Signed text={email} class="signed" />
      ) : (
        <InlineEdit label={t("email")} value={email} placeholder={t("add_email")} type="email" onSave={(typed) => save({ email: typed })} />
      )}
      {email_given && <Given />}
      {verified && <p class="signed-why">{t("signed_why")}</p>}
    </>
  );
}

function Signed({ text, class: look }: { text: string; class: string }) {
  return (
    <p class={look}>
      <bdi>{text}</bdi>
    </p>
  );
}

function Given() {
  return (
    <p class="signed-why" title={t("unverified_how")}>
      {t("given")}
    </p>
  );
}
