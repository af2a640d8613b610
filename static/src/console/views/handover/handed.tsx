import { useState } from "preact/hooks";
import type { Handing } from "../../../wire/protocol";
import { due } from "../../../panel/view/time";
import { t, type Key } from "../../i18n";
import { now } from "../../state/clock";
import { Button } from "../../ui/button";
import { TextField } from "../../ui/field";
import { stepName } from "../../words";

/** What goes with a conversation that is handed to this agent, and a word for who hands it over. */
export function Handed({ handing, declining, decline }: { handing: Handing; declining: boolean; decline: (why: string) => void }) {
  const [why, write] = useState("");
  const asks = handing.by ?? handing.from;
  return (
    <>
      <p class="slip-from">{t(wanted(handing), { name: asks.name, team: handing.team ?? "", from: handing.from.name })}</p>
      {handing.note && (
        <p class="slip-words" dir="auto">
          {handing.note}
        </p>
      )}
      <p class="slip-why">
        {handing.need && (
          <>
            <bdi>{handing.need}</bdi> ·{" "}
          </>
        )}
        {stepName(handing.step)}
        {handing.promised_at ? <> · {t("hand_due", { time: due(handing.promised_at, now.value) })}</> : null}
      </p>
      {declining && (
        <form
          class="slip-form"
          onSubmit={(e) => {
            e.preventDefault();
            decline(why.trim());
          }}
        >
          <TextField label={t("hand_why", { name: asks.name })} value={why} onValue={write} maxLength={500} autoFocus />
          <Button type="submit">{t(handing.joins ? "join_decline" : "hand_decline")}</Button>
        </form>
      )}
    </>
  );
}

/** What they are asked for, by name or as one of a team, by who has it or by somebody else. */
const wanted = ({ by, joins, team }: Handing): Key => {
  if (by) return joins ? (team ? "join_for_team" : "join_for") : team ? "hand_for_team" : "hand_for";
  return joins ? (team ? "join_from_team" : "join_from") : team ? "hand_from_team" : "hand_from";
};
