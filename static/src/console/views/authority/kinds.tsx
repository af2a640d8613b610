import { Trash2 } from "lucide-preact";
import type { ComponentChildren } from "preact";
import type { GrantKind, GrantUnit } from "../../../wire/protocol";
import { t } from "../../i18n";
import { IconButton } from "../../ui/button";

const UNITS: readonly GrantUnit[] = ["money", "days", "none"];

/** What may be given or decided: names, units, and what stands beside each. */
export function Kinds({ kinds, onChange, children }: { kinds: readonly GrantKind[]; onChange: (kinds: GrantKind[]) => void; children: (kind: GrantKind) => ComponentChildren }) {
  const change = (key: string, patch: Partial<GrantKind>) => onChange(kinds.map((k) => (k.key === key ? { ...k, ...patch } : k)));
  return (
    <ul class="kinds">
      {kinds.map((k) => (
        <li key={k.key}>
          <input class="input kind-name" aria-label={t("kind_name")} placeholder={t("kind_name")} maxLength={80} required dir="auto" value={k.name} onInput={(e) => change(k.key, { name: e.currentTarget.value })} />
          <select class="input select" aria-label={t("kind_nature_of", { what: k.name })} value={k.nature} onChange={(e) => change(k.key, { nature: e.currentTarget.value as GrantKind["nature"] })}>
            <option value="goodwill">{t("nature_goodwill")}</option>
            <option value="decision">{t("nature_decision")}</option>
          </select>
          <select class="input select" aria-label={t("kind_unit_of", { what: k.name })} value={k.unit} onChange={(e) => change(k.key, { unit: e.currentTarget.value as GrantUnit })}>
            {UNITS.map((u) => (
              <option key={u} value={u}>
                {t(`unit_${u}`)}
              </option>
            ))}
          </select>
          {children(k)}
          {kinds.length > 1 && (
            <IconButton class="small" label={t("remove_kind", { what: k.name })} onClick={() => onChange(kinds.filter((x) => x.key !== k.key))}>
              <Trash2 size={14} />
            </IconButton>
          )}
        </li>
      ))}
    </ul>
  );
}
