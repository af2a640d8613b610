import { useEffect, useRef, useState } from "preact/hooks";
import type { Site, Webhook } from "../../../wire/protocol";
import { api, type ApiError } from "../../api";
import { learn, t } from "../../i18n";
import words from "../../i18n/webhooks.json";
import css from "../../styles/webhooks.css?sheet";
import { Button } from "../../ui/button";
import { CopyBox } from "../../ui/copy";
import { wear } from "../../ui/sheet";
import { Skeleton, Trouble } from "../../ui/state";
import { Section } from "../pages/page";
import { HookForm } from "./webhook-form";
import { Hook } from "./webhook-one";
import { verifying } from "./webhook-words";

learn(words);
wear(css);

/** How often what is shown is read again while it is looked at, ms. */
const LOOK_MS = 10_000;
/** When it is read again after somebody did something: what is sent by that has been answered, ms. */
const SENT_MS = 1_500;

/** Where the site's own server is told what happens. */
export default function Webhooks({ now }: { now: Site }) {
  const place = `sites/${now.id}/webhooks`;
  const [list, setList] = useState<Webhook[] | null>(null);
  const [trouble, setTrouble] = useState("");
  const [adding, add] = useState(false);
  const [shown, show] = useState<Webhook | null>(null);
  const here = useRef<HTMLUListElement>(null);
  const read = () => {
    api.get<{ webhooks: Webhook[] }>(place).then(
      (found) => {
        setTrouble("");
        setList(found.webhooks);
      },
      (err: ApiError) => setTrouble(err.message),
    );
  };
  useEffect(() => {
    read();
    const timer = setInterval(() => {
      if (!document.hidden && here.current?.offsetParent) read();
    }, LOOK_MS);
    return () => clearInterval(timer);
  }, [place]);
  const readTwice = () => {
    read();
    setTimeout(read, SENT_MS);
  };
  const made = (hook: Webhook) => {
    show(hook);
    read();
  };
  return (
    <>
      <Section lead={t("webhooks_lead")}>
        {shown?.secret && (
          <div class="notice notice-amber">
            <div class="grow">
              <p>{t("webhook_once")}</p>
              <CopyBox label={t("webhook_secret_of", { url: shown.url })} text={shown.secret} secret />
            </div>
          </div>
        )}
        {trouble && !list ? <Trouble message={trouble} retry={read} /> : !list && <Skeleton kind="row" lines={2} />}
        {list?.length === 0 && !adding && <p class="quiet">{t("webhooks_none")}</p>}
        {list && list.length > 0 && (
          <ul ref={here} class="people" aria-label={t("webhooks_list")}>
            {list.map((hook) => (
              <Hook
                key={hook.id}
                place={place}
                hook={hook}
                read={readTwice}
                made={made}
                gone={() => {
                  if (shown?.id === hook.id) show(null);
                  setList((all) => all?.filter((h) => h.id !== hook.id) ?? null);
                }}
              />
            ))}
          </ul>
        )}
        {trouble && list && (
          <p class="field-error" role="alert">
            {trouble}
          </p>
        )}
        {adding ? (
          <HookForm
            save={async (chosen) => {
              made(await api.post<Webhook>(place, chosen));
              add(false);
            }}
            close={() => add(false)}
          />
        ) : (
          list && (
            <div class="form-actions">
              <Button kind={list.length ? "plain" : "primary"} onClick={() => add(true)}>
                {t("webhook_add")}
              </Button>
            </div>
          )
        )}
      </Section>
      <Section title={t("webhook_how")} lead={t("webhook_how_lead")}>
        <CopyBox label={t("webhook_how")} text={verifying} />
      </Section>
    </>
  );
}
