import type { LedgerRow } from "../../../wire/protocol";
import { t } from "../../i18n";
import { deskPath } from "../../nav";
import { Button } from "../../ui/button";
import { personName } from "../../words";
import { Due } from "../agreement/due";
import { Theirs } from "../agreement/theirs";

/** Promises in short: what, to whom, by when; what became of those that were handed on. */
export function Promises({ promises, handed, takeBack }: { promises: readonly LedgerRow[]; handed?: boolean; takeBack?: ((p: LedgerRow) => void) | undefined }) {
  return (
    <ul class="absence-list">
      {promises.map((p) => (
        <li key={p.id}>
          <span class="grow">
            <bdi>{p.text}</bdi>{" "}
            <a href={"/console" + deskPath("open", p.conversation_id)}>
              <bdi>{personName(p.person)}</bdi>
            </a>
          </span>
          <Theirs.Provider value={p.person}>
            <Due at={p.due_at} />
          </Theirs.Provider>
          {handed && <span class="quiet">{standing(p)}</span>}
          {takeBack && p.state === "open" && (
            <Button kind="quiet" onClick={() => takeBack(p)}>
              {t("take_back")}
              <span class="sr"> {p.text}</span>
            </Button>
          )}
        </li>
      ))}
    </ul>
  );
}

function standing(p: LedgerRow): string {
  if (p.state !== "open") return t(`ended_${p.state}`);
  return p.owner ? t("with_name", { name: p.owner.name }) : t("with_anyone");
}
