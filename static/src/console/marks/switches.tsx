import { t } from "../i18n";
import { Switch } from "../ui/field";
import { Section } from "../views/pages/page";
import { chosen, ON, want, wantAll } from "./chosen";
import "./dress";
import { KINDS, type MarkKind } from "./mark";

/** Why these are marked is said with a name or a question in it. */
const NAMING: ReadonlySet<MarkKind> = new Set(["name", "unanswered"]);

/** Which marks to see; all of it stays in this browser. */
export function MarkSwitches() {
  const { all, kinds } = chosen.value;
  return (
    <Section title={t("marks_section")} lead={t("marks_section_lead")}>
      <Switch label={t("marks_all")} checked={all} onChange={wantAll} />
      {all && KINDS.map((kind) => <Switch key={kind} label={t(`mark_${kind}`)} {...(NAMING.has(kind) ? {} : { hint: t(`mark_why_${kind}`) })} checked={kinds[kind] ?? ON[kind]} onChange={(on) => want(kind, on)} />)}
    </Section>
  );
}
