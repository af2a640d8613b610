import { commands, type Command } from "../../commands";
import { t, type Key } from "../../i18n";
import { choose, settings } from "../../state/settings";
import { Dialog } from "../../ui/dialog";
import { Switch } from "../../ui/field";
import { Keys } from "../../ui/keys";
import "./dress";
import { helpOpen } from "./open";

const GROUPS: Command["group"][] = ["go", "conversation", "write", "coach", "page"];

/** The sheet of all shortcuts. */
export default function Help() {
  return (
    <Dialog open={helpOpen.value} onClose={() => (helpOpen.value = false)} title={t("shortcuts")} size="large">
      <Sheet />
    </Dialog>
  );
}

function Sheet() {
  const all = commands().filter((c) => (c.single || c.chord) && !c.hidden);
  const sending: { label: Key; keys: string }[] = [
    { label: "send", keys: "mod+Enter" },
    { label: "send_and_close", keys: "mod+shift+Enter" },
    { label: "insert_template", keys: "/" },
    { label: "next_blank", keys: "Tab" },
  ];
  return (
    <>
      <div class="help">
        {GROUPS.map((group) => (
          <section key={group}>
            <h3>{t(`group_${group}` as Key)}</h3>
            <dl>
              {all
                .filter((c) => c.group === group)
                .map((c) => (
                  <div key={c.id}>
                    <dt>{c.label}</dt>
                    <dd>
                      {c.single && <Keys keys={c.single} />}
                      {c.single && c.chord && <span class="quiet"> {t("or")} </span>}
                      {c.chord && <Keys keys={c.chord} />}
                    </dd>
                  </div>
                ))}
              {group === "write" &&
                sending.map((s) => (
                  <div key={s.keys}>
                    <dt>{t(s.label)}</dt>
                    <dd>
                      <Keys keys={s.keys} />
                    </dd>
                  </div>
                ))}
            </dl>
          </section>
        ))}
      </div>
      <Switch label={t("single_keys")} hint={t("single_keys_hint")} checked={settings.value.singleKeys} onChange={(singleKeys) => choose({ singleKeys })} />
    </>
  );
}
