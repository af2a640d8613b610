import "../guide/dress";
import "../matters/dress";
import { ChevronRight, CircleMinus } from "lucide-preact";
import type { ConversationView } from "../../../wire/protocol";
import { t, type Key } from "../../i18n";
import { known } from "../../state/fit";
import { promptsByStep } from "../../state/guide";
import { unneeded } from "../../state/unneeded";

const word = (x: string) => t(`fit_${x}` as Key);

/** Aims of this step that this kind of matter or customer does not need, each with its reason, for whoever looks. */
export function NotNeeded({ view }: { view: ConversationView }) {
  const { matter } = view;
  const list = unneeded(promptsByStep.value.get(matter.step) ?? [], matter, known(view));
  if (list.length === 0) return null;
  return (
    <details class="fold unneeded">
      <summary>
        <ChevronRight size={14} class="fold-sign mirror" /> {t("unneeded", { n: list.length })}
      </summary>
      <ul class="prompts">
        {list.map((x) => (
          <li key={x.prompt.key} class="prompt">
            <CircleMinus size={14} aria-hidden="true" />
            <span>
              {x.prompt.text}
              <span class="unneeded-why">{t("unneeded_why", { list: x.list.map(word).join(", "), is: word(x.is) })}</span>
            </span>
          </li>
        ))}
      </ul>
    </details>
  );
}
