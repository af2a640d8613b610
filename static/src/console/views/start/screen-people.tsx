import { useState } from "preact/hooks";
import type { Invitation } from "../../../wire/protocol";
import { api } from "../../api";
import { t } from "../../i18n";
import { may, solo } from "../../state/session";
import { useWork } from "../../ui/busy";
import { Button } from "../../ui/button";
import { CopyBox } from "../../ui/copy";
import { Choice, TextField } from "../../ui/field";
import { FirstReach } from "../reach/first";
import { Onward } from "./onward";
import type { ScreenProps } from "./screen";

/** Who answers: oneself, or others too, each by a link. Roles and teams wait on the team page. */
export function PeopleScreen({ onward, foot }: ScreenProps) {
  const [who, setWho] = useState<"alone" | "team">(solo.peek() ? "alone" : "team");
  const [made, setMade] = useState<readonly Invitation[]>([]);
  return (
    <div class="editor first-narrow">
      <p class="card-lead">{t("first_people_lead")}</p>
      <Choice
        label={t("first_who")}
        value={who}
        onChange={setWho}
        options={[
          { value: "alone", label: t("first_alone") },
          { value: "team", label: t("first_team") },
        ]}
      />
      {who === "team" && may("people.manage") && <Invite onMade={(i) => setMade((list) => [...list, i])} />}
      {who === "team" && (
        <ul class="place-list" aria-label={t("first_invited")}>
          {made.map((i) => (
            <li key={i.id} class="guide-code">
              <p class="field-label">
                <bdi>{i.email}</bdi>
              </p>
              <CopyBox label={t("first_link_of", { email: i.email })} text={i.link ?? ""} />
            </li>
          ))}
        </ul>
      )}
      <FirstReach />
      <Onward onward={onward} foot={foot} />
    </div>
  );
}

function Invite({ onMade }: { onMade: (made: Invitation) => void }) {
  const [email, setEmail] = useState("");
  const work = useWork();
  const invite = async () => {
    onMade(await api.post<Invitation>("invitations", { email, role: "agent" }));
    setEmail("");
  };
  return (
    <form
      class="editor"
      onSubmit={(e) => {
        e.preventDefault();
        work.run(invite);
      }}
    >
      <TextField label={t("first_email")} type="email" required value={email} onValue={setEmail} hint={t("first_email_hint")} error={work.error} />
      <div class="form-actions">
        <Button type="submit" busy={work.busy} disabled={!email.trim()}>
          {t("first_link")}
        </Button>
      </div>
    </form>
  );
}
