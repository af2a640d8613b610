import "./dress";
import { useState } from "preact/hooks";
import type { Site } from "../../../wire/protocol";
import { t } from "../../i18n";
import { keep, recall } from "../../state/storage";
import { CopyBox } from "../../ui/copy";
import { Choice } from "../../ui/field";
import { embedOf, GUIDES, policy } from "./platforms";

/** The tag, as the owner's kind of page takes it. The kind is remembered on this device. */
export function Guides({ now }: { now: Site }) {
  const [id, setId] = useState(() => recall("guide", GUIDES[0]!.id));
  const guide = GUIDES.find((g) => g.id === id) ?? GUIDES[0]!;
  const embed = embedOf(now);
  const choose = (chosen: string) => {
    keep("guide", chosen);
    setId(chosen);
  };
  return (
    <div class="guides">
      <Choice label={t("made_with")} value={guide.id} onChange={choose} options={GUIDES.map((g) => ({ value: g.id, label: t(g.title) }))} />
      <ol class="guide-steps">
        {guide.steps.map((step) => (
          <li key={step}>{t(step)}</li>
        ))}
      </ol>
      {guide.codes(embed).map((code) => (
        <div key={code.label} class="guide-code">
          <p class="field-label">{t(code.label)}</p>
          <CopyBox label={t(code.label)} text={code.text} />
        </div>
      ))}
      {guide.notes.map((note) => (
        <p key={note} class="field-hint">
          {t(note)}
        </p>
      ))}
      <details class="fold">
        <summary>{t("strict_policy")}</summary>
        <p class="card-lead">{t("strict_policy_lead")}</p>
        <CopyBox label={t("strict_policy")} text={policy(embed)} />
      </details>
    </div>
  );
}
