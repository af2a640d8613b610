import { useState } from "preact/hooks";
import type { Site as SiteT, SiteSettings } from "../../../wire/protocol";
import { api } from "../../api";
import { ask } from "../../ask";
import { explain } from "../../desk";
import { t } from "../../i18n";
import { inkContrast, isColor } from "../../state/color";
import { manages, replaceSite, site } from "../../state/session";
import { done } from "../../state/toasts";
import { Button } from "../../ui/button";
import { useWork } from "../../ui/busy";
import { CopyBox } from "../../ui/copy";
import { Choice, Field, Switch, TextArea, TextField } from "../../ui/field";
import { Empty } from "../../ui/state";
import { exactTime } from "../../words";
import { TradeFacts } from "../guide/facts";
import { AfterClosing } from "./after";
import { ApiKeys } from "./api-keys";
import { HouseWords } from "./house-words";
import { LookPreview } from "./preview";
import { Page, Section } from "./page";

const signSample = (key: string, kid: string) => `import jwt from "jsonwebtoken"; // npm install jsonwebtoken

const token = jwt.sign(
  { name: user.name, email: user.email },
  process.env.RAPPORT_SECRET,
  {
    algorithm: "HS256",
    keyid: "${kid}",
    audience: "${key}",
    subject: String(user.id),
    expiresIn: "10m",
  },
);
// in the page: Rapport("identify", { token })`;

/** How the chat looks and greets on the site, and how it gets there. */
export default function Site() {
  const now = site.value;
  if (!now || !manages.value) {
    return (
      <Page at="site" title={t("site")}>
        <Empty title={t("only_managers")} />
      </Page>
    );
  }
  return (
    <Page at="site" title={t("site")} lead={t("site_lead")}>
      <Look key={now.id} now={now} />
      <Section title={t("snippet")} lead={t("snippet_lead")}>
        <CopyBox label={t("snippet")} text={now.snippet} />
      </Section>
      <Origins key={`o-${now.id}`} now={now} />
      <Mail now={now} />
      <AfterClosing now={now} />
      <Identity now={now} />
      <ApiKeys key={`k-${now.id}`} now={now} />
      <HouseWords key={`j-${now.id}`} now={now} />
      <TradeFacts key={`t-${now.id}`} now={now} />
    </Page>
  );
}

type Form = Pick<SiteSettings, "name" | "color" | "position" | "greeting" | "reply_note" | "allowed_origins" | "track_pages" | "no_files">;
const pick = ({ name, color, position, greeting, reply_note, allowed_origins, track_pages, no_files = false }: SiteT): Form => ({ name, color, position, greeting, reply_note, allowed_origins, track_pages, no_files });

async function save(id: string, patch: Partial<SiteSettings>): Promise<void> {
  replaceSite(await api.patch<SiteT>(`sites/${id}`, patch));
  done(t("saved"));
}

function Look({ now }: { now: SiteT }) {
  const [form, setForm] = useState<Form>(pick(now));
  const work = useWork();
  const set = (patch: Partial<Form>) => setForm({ ...form, ...patch });
  const good = isColor(form.color);
  const errorOf = (field: string) => (work.field === field ? work.error : "");
  const changed = JSON.stringify(form) !== JSON.stringify(pick(now));
  const { name, color, position, greeting, reply_note, track_pages, no_files } = form;
  return (
    <Section title={t("look")} lead={t("look_lead")}>
      <form
        class="look"
        onSubmit={(e) => {
          e.preventDefault();
          work.run(() => save(now.id, { name, color, position, greeting, reply_note, track_pages, no_files }));
        }}
      >
        <div class="look-fields">
          <TextField label={t("site_name")} required maxLength={80} value={name} onValue={(v) => set({ name: v })} error={errorOf("name")} />
          <Field label={t("color")} error={good ? errorOf("color") : t("color_bad")} hint={good && t("contrast_good", { ratio: inkContrast(form.color).toFixed(1) })}>
            {(ids) => (
              <div class="color-row">
                <input type="color" class="color" value={good ? color : "#000000"} aria-label={t("choose_color")} onInput={(e) => set({ color: e.currentTarget.value })} />
                <input {...ids} type="text" class="input color-text" dir="ltr" value={color} maxLength={7} onInput={(e) => set({ color: e.currentTarget.value.trim() })} />
              </div>
            )}
          </Field>
          <Choice
            label={t("position")}
            value={position}
            onChange={(v) => set({ position: v })}
            options={[
              { value: "left", label: t("position_left") },
              { value: "right", label: t("position_right") },
            ]}
          />
          <TextArea label={t("greeting")} maxLength={500} value={greeting} onValue={(v) => set({ greeting: v })} error={errorOf("greeting")} />
          <TextField label={t("reply_note")} maxLength={200} value={reply_note} onValue={(v) => set({ reply_note: v })} hint={t("reply_note_hint")} error={errorOf("reply_note")} />
          <Switch label={t("track_pages")} hint={t("track_pages_hint")} checked={track_pages} onChange={(v) => set({ track_pages: v })} />
          <Switch label={t("take_files")} hint={t("take_files_hint")} checked={!no_files} onChange={(v) => set({ no_files: !v })} />
          {work.error && !work.field && (
            <p class="field-error" role="alert">
              {work.error}
            </p>
          )}
          <div class="form-actions">
            <Button kind="primary" type="submit" busy={work.busy} disabled={!changed || !good}>
              {t("save")}
            </Button>
            {changed && (
              <Button kind="quiet" onClick={() => setForm(pick(now))}>
                {t("discard")}
              </Button>
            )}
          </div>
        </div>
        <LookPreview {...form} color={good ? color : now.color} />
      </form>
    </Section>
  );
}

function Origins({ now }: { now: SiteT }) {
  const [text, setText] = useState(now.allowed_origins.join("\n"));
  const work = useWork();
  const list = text.split(/\s+/).filter(Boolean);
  const changed = list.join("\n") !== now.allowed_origins.join("\n");
  return (
    <Section title={t("origins")} lead={t("origins_lead")}>
      <form
        onSubmit={(e) => {
          e.preventDefault();
          work.run(() => save(now.id, { allowed_origins: list }));
        }}
      >
        <TextArea label={t("origins_label")} rows={3} dir="ltr" spellcheck={false} placeholder="https://shop.example" value={text} onValue={setText} hint={t("origins_hint")} error={work.error} />
        <div class="form-actions">
          <Button kind="primary" type="submit" busy={work.busy} disabled={!changed}>
            {t("save")}
          </Button>
        </div>
      </form>
    </Section>
  );
}

const mailFlags = "--smtp smtp://user@mail.example.com:587 --mail-from hello@example.com";

/** Whether customers who have left are written to; the server's settings decide, not this page. */
function Mail({ now }: { now: SiteT }) {
  if (now.mail === "ready") {
    return (
      <Section title={t("mail")}>
        <p>{t("mail_ready")}</p>
      </Section>
    );
  }
  return (
    <Section title={t("mail")} lead={t("mail_lead")}>
      <div class="notice notice-amber">
        <p class="grow">{t("mail_not_set_up")}</p>
      </div>
      <CopyBox label={t("mail_flags")} text={mailFlags} />
      <p class="quiet">{t("mail_password")}</p>
    </Section>
  );
}

function Identity({ now }: { now: SiteT }) {
  const [shown, setShown] = useState<{ kid: string; secret: string } | null>(null);
  const has = now.identity_rotated_at > 0;
  const rotate = async () => {
    if (has && !(await ask({ title: t("rotate_title"), body: t("rotate_body"), yes: t("rotate"), danger: true }))) return;
    try {
      const made = await api.post<{ kid: string; secret: string }>(`sites/${now.id}/identity-secret`);
      setShown(made);
      replaceSite({ ...now, identity_kid: made.kid, identity_rotated_at: Date.now() });
    } catch (err) {
      explain(err);
    }
  };
  return (
    <Section title={t("identity")} lead={t("identity_lead")}>
      {shown && (
        <div class="notice notice-amber">
          <div class="grow">
            <p>{t("secret_once")}</p>
            <CopyBox label={t("identity_secret")} text={shown.secret} secret />
          </div>
        </div>
      )}
      <div class="form-actions">
        <Button onClick={() => void rotate()}>{has ? t("rotate") : t("make_secret")}</Button>
        {has && <span class="quiet">{t("rotated_at", { time: exactTime(now.identity_rotated_at) })}</span>}
      </div>
      <details class="fold">
        <summary>{t("how_to_sign")}</summary>
        <p class="card-lead">{t("how_to_sign_lead")}</p>
        <CopyBox label={t("how_to_sign")} text={signSample(now.key, shown?.kid ?? now.identity_kid)} />
      </details>
    </Section>
  );
}
