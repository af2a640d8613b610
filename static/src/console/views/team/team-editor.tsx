import { useState } from "preact/hooks";
import type { Agent, Skills, Team } from "../../../wire/protocol";
import { api } from "../../api";
import { t, type Key } from "../../i18n";
import { me } from "../../state/session";
import { TextField } from "../../ui/field";
import { EditorDialog } from "../guide/editor";
import { Many, parted } from "../guide/fit-editor";

const SEGMENTS = ["prospective", "new", "existing", "past"] as const;
const TYPES = ["request", "question", "complaint", "compliment"] as const;

/** What is written of a team that is yet to be made. */
export const blankTeam = (): Team => ({ id: "", name: "", skills: {}, members: [], made_at: 0 });

/** Writing a team: its name, what it is for, and who is in it. */
export function TeamEditor({ team, agents, onClose, onSaved }: { team: Team; agents: readonly Agent[]; onClose: () => void; onSaved: () => Promise<void> }) {
  const [name, setName] = useState(team.name);
  const [skills, setSkills] = useState<Skills>(team.skills);
  const [languages, setLanguages] = useState((team.skills.languages ?? []).join(", "));
  const [members, setMembers] = useState<readonly string[]>(team.members);
  const sites = me.value?.sites ?? [];
  const save = async () => {
    const body = { name, skills: { ...skills, languages: parted(languages) }, members };
    await (team.id ? api.put(`teams/${team.id}`, body) : api.post("teams", body));
    await onSaved();
  };
  const words = (list: readonly string[]) => list.map((w) => ({ value: w, label: t(`fit_${w}` as Key) }));
  return (
    <EditorDialog title={team.id ? t("edit_team") : t("new_team")} fields={["name", "sites", "segments", "types", "languages", "members"]} save={save} onClose={onClose}>
      {(errorOf) => (
        <>
          <TextField label={t("team_name")} required maxLength={80} value={name} onValue={setName} error={errorOf("name")} />
          <Many label={t("team_members")} words={agents.filter((a) => !a.disabled || members.includes(a.id)).map((a) => ({ value: a.id, label: a.name }))} chosen={members} error={errorOf("members")} onChange={setMembers} />
          {sites.length > 1 && <Many label={t("team_sites")} words={sites.map((s) => ({ value: s.id, label: s.name }))} chosen={skills.sites ?? []} error={errorOf("sites")} onChange={(list) => setSkills({ ...skills, sites: list })} />}
          <Many label={t("team_types")} words={words(TYPES)} chosen={skills.types ?? []} error={errorOf("types")} onChange={(types) => setSkills({ ...skills, types })} />
          <Many label={t("team_segments")} words={words(SEGMENTS)} chosen={skills.segments ?? []} error={errorOf("segments")} hint={t("team_skills_hint")} onChange={(segments) => setSkills({ ...skills, segments })} />
          <TextField label={t("team_languages")} hint={t("team_languages_hint")} dir="ltr" value={languages} onValue={setLanguages} error={errorOf("languages")} />
        </>
      )}
    </EditorDialog>
  );
}
