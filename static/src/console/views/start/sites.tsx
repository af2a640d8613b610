import "./dress";
import { Plus } from "lucide-preact";
import { useState } from "preact/hooks";
import type { Site } from "../../../wire/protocol";
import { ask } from "../../ask";
import { explain } from "../../desk";
import { t } from "../../i18n";
import { go } from "../../nav";
import { chooseSite, me, site } from "../../state/session";
import { useWork } from "../../ui/busy";
import { Button } from "../../ui/button";
import { TextField } from "../../ui/field";
import { Section } from "../pages/page";
import { saveSite } from "../site/save";
import { makeSite } from "./own-site";

/** All sites of the installation: which one is worked on, one more, and those that take nobody new. */
export default function Sites() {
  const list = me.value?.sites ?? [];
  return (
    <>
      <Section>
        <ul class="people" aria-label={t("sites")}>
          {list.map((s) => (
            <SiteItem key={s.id} of={s} />
          ))}
        </ul>
      </Section>
      <NewSite />
    </>
  );
}

function SiteItem({ of }: { of: Site }) {
  const here = of.id === site.value?.id;
  const left = of.start?.screen ?? 0;
  return (
    <li class={`person ${of.disabled ? "disabled" : ""}`}>
      <div class="grow">
        <strong>
          <bdi>{of.name}</bdi>
          {of.demo && <span class="site-badge">{t("site_demo")}</span>}
          {of.disabled && <span class="site-badge">{t("site_off")}</span>}
          {here && <span class="site-badge">{t("site_here")}</span>}
        </strong>
        <p class="quiet">
          <bdi>{of.allowed_origins.join(", ") || t("site_nowhere")}</bdi>
        </p>
      </div>
      {left > 0 && (
        <Button kind="quiet" onClick={() => (chooseSite(of.id), go("/start"))} aria-label={t("site_set_up_of", { name: of.name })}>
          {t("site_set_up")}
        </Button>
      )}
      {!here && (
        <Button onClick={() => chooseSite(of.id)} aria-label={t("site_choose_of", { name: of.name })}>
          {t("site_choose")}
        </Button>
      )}
      <Toggle of={of} />
    </li>
  );
}

function Toggle({ of }: { of: Site }) {
  const off = !!of.disabled;
  const turn = async () => {
    if (!off && !(await ask({ title: t("site_disable_title", { name: of.name }), body: t("site_disable_body"), yes: t("site_disable"), danger: true }))) return;
    await saveSite(of.id, { disabled: !off }).catch(explain);
  };
  return (
    <Button kind="quiet" onClick={() => void turn()} aria-label={t(off ? "site_enable_of" : "site_disable_of", { name: of.name })}>
      {t(off ? "site_enable" : "site_disable")}
    </Button>
  );
}

function NewSite() {
  const [name, setName] = useState("");
  const work = useWork();
  const make = async () => {
    await makeSite(name);
    setName("");
    go("/start");
  };
  return (
    <Section title={t("site_more")} lead={t("site_more_lead")}>
      <form
        onSubmit={(e) => {
          e.preventDefault();
          work.run(make);
        }}
      >
        <TextField label={t("site_name")} required maxLength={80} dir="auto" value={name} onValue={setName} error={work.error} />
        <div class="form-actions">
          <Button type="submit" busy={work.busy} disabled={!name.trim()}>
            <Plus size={16} /> {t("first_make")}
          </Button>
        </div>
      </form>
    </Section>
  );
}
