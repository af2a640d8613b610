import { t } from "../i18n";
import { Switch } from "../ui/field";
import { Section } from "../views/pages/page";
import { chosen, ON, want, wantAll } from "./chosen";
import "./dress";
import { KINDS } from "./mark";

/** Which marks to see; all of it stays in this browser. */
export function MarkSwitches() {
  const { all, kinds } = chosen.value;
  return (
    <Section title={t("marks_section")} lead={t("marks_section_lead")}>
      <Switch label={t("marks_all")} checked={all} onChange={wantAll} />
      {all && KINDS.map((kind) => <Switch key={kind} label={t(`mark_${kind}`)} hint={t(`mark_why_${kind}`, { about: "…" })} checked={kinds[kind] ?? ON[kind]} onChange={(on) => want(kind, on)} />)}
    </Section>
  );
}
