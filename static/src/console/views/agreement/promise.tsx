import { EllipsisVertical } from "lucide-preact";
import type { ComponentChildren } from "preact";
import { useContext, useEffect, useRef, useState } from "preact/hooks";
import { isLate, newId } from "../../../wire";
import type { CustomerPromise, Delay } from "../../../wire/protocol";
import { explain } from "../../desk";
import { t } from "../../i18n";
import { firstAble, useAgents } from "../../state/agents";
import { now } from "../../state/clock";
import { act, fetchCalendar } from "../../state/promises";
import { me } from "../../state/session";
import { Button } from "../../ui/button";
import { useWork } from "../../ui/busy";
import { TextField } from "../../ui/field";
import { Menu } from "../../ui/menu";
import { exactTime } from "../../words";
import { DelayMark, MayBeLate } from "../delay/mark";
import { TakeOver } from "./take-over";
import { Due } from "./due";
import { shortName, Theirs, useBoth } from "./theirs";
import { WhenField } from "./when";

type Deed = "keep" | "move" | "hand" | "drop";

/** An open promise and what can be done with it; more: what stands above its words, such as the customer; reported: that it may be late. */
export function PromiseItem({ promise, more, reported }: { promise: CustomerPromise; more?: ComponentChildren; reported?: Delay | undefined }) {
  const [deed, choose] = useState<Deed | null>(null);
  const place = useRef<HTMLLIElement>(null);
  const late = isLate(promise, now.value);
  const theirs = promise.whose === "theirs";
  const both = useBoth();
  const close = () => {
    choose(null);
    place.current?.querySelector("button")?.focus();
  };
  return (
    <li ref={place} class={`promise ${late ? "promise-late" : ""}`}>
      <div class="promise-line-row">
        <div class="grow">
          {more}
          <p class="promise-text">
            {theirs && <span class="tag">{t("their_part_label")}</span>} {promise.kind === "appointment" && <span class="tag">{t("appointment")}</span>} <bdi>{promise.text}</bdi>
          </p>
          <p class="promise-sub">
            {promise.kind === "appointment" ? <time title={exactTime(promise.due_at)}>{both(promise.due_at)}</time> : <Due at={promise.due_at} late={late} />}
            {late && <span class="late"> · {t("late")}</span>}
            {promise.place && (
              <span>
                {" "}
                · <bdi>{promise.place}</bdi>
              </span>
            )}
            {promise.moved && <span> · {t("was_moved")}</span>}
            {theirs && <WaitsFor />}
            {promise.next_at > now.value && <span> · {t("next_word", { time: both(promise.next_at) })}</span>}
            <Owner promise={promise} />
          </p>
          <MayBeLate promise={promise} delay={reported} />
          <DelayMark promise={promise} answer={() => choose("move")} />
        </div>
        {!promise.owner && <Take promise={promise} />}
        <Button onClick={() => choose("keep")} aria-expanded={deed === "keep"}>
          {t(theirs ? "done_by_them" : "keep")}
        </Button>
        <Menu
          label={t("more_about", { text: promise.text })}
          items={[
            { id: "move", label: t("move"), run: () => choose("move") },
            ...(promise.kind === "appointment" ? [{ id: "calendar", label: t("to_calendar"), run: () => void fetchCalendar(promise.id).catch(explain) }] : []),
            { id: "hand", label: t("hand_on"), run: () => choose("hand") },
            { id: "drop", label: t("drop"), danger: true, run: () => choose("drop") },
          ]}
        >
          <EllipsisVertical size={16} />
        </Menu>
      </div>
      {deed && <DeedForm key={deed} deed={deed} promise={promise} close={close} />}
    </li>
  );
}

/** The customer's own part: it is for them to do. */
function WaitsFor() {
  const customer = useContext(Theirs);
  return <span> · {t("waits_for", { name: customer ? shortName(customer) : t("them") })}</span>;
}

/** Who answers for it, unless that is oneself, and for whose absence it was handed on. */
function Owner({ promise: { owner, away } }: { promise: CustomerPromise }) {
  const own = owner?.id === me.value?.agent.id;
  return (
    <>
      {!owner && <span> · {t("for_anyone")}</span>}
      {owner && !own && (
        <span>
          {" "}
          · <bdi>{owner.name}</bdi>
        </span>
      )}
      {away && away.id !== owner?.id && <span> · {t("was_of", { name: away.name })}</span>}
    </>
  );
}

/** What anyone may do is taken with one press. */
function Take({ promise }: { promise: CustomerPromise }) {
  const work = useWork();
  const take = () => act(promise, "hand", { agent_id: me.value?.agent.id ?? "" });
  return (
    <>
      <Button busy={work.busy} onClick={() => work.run(take)}>
        {t("take_promise")}
      </Button>
      {work.error && (
        <span class="field-error" role="alert">
          {work.error}
        </span>
      )}
    </>
  );
}

/** Asks what the deed needs: words for the customer, another time, a colleague. */
function DeedForm({ deed, promise, close }: { deed: Deed; promise: CustomerPromise; close: () => void }) {
  const [client_id] = useState(newId);
  const [text, set] = useState("");
  const [at, setAt] = useState(0);
  const [chosen, setAgent] = useState<string | null>(null);
  const form = useRef<HTMLFormElement>(null);
  const work = useWork();
  // After the menu has given the focus back.
  useEffect(() => {
    const timer = setTimeout(() => form.current?.querySelector<HTMLElement>("input, select, textarea")?.focus(), 40);
    return () => clearTimeout(timer);
  }, []);
  const agents = useAgents();
  // What is anyone's already goes to somebody; what is somebody's is first offered to anyone.
  const agent = chosen ?? (promise.owner || !agents ? "" : firstAble(agents, promise.due_at));
  const ready = { keep: true, move: at > 0 && text.trim() !== "", hand: agents !== null, drop: text.trim() !== "" }[deed];
  const go = (): Promise<void> => {
    const why = text.trim();
    switch (deed) {
      case "keep": return act(promise, "keep", { client_id, ...(why ? { text: why } : {}) });
      case "move": return act(promise, "move", { client_id, due_at: at, why });
      case "hand": return act(promise, "hand", { agent_id: agent });
      case "drop": return act(promise, "drop", { why });
    }
  };
  const label = { keep: "tell_them", move: "why_moved", hand: "hand_to", drop: "why_dropped" } as const;
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <form
      ref={form}
      class="deed"
      aria-label={t(deed === "hand" ? "hand_on" : deed)}
      onKeyDown={(e) => {
        if (e.key !== "Escape") return;
        e.stopPropagation();
        close();
      }}
      onSubmit={(e) => {
        e.preventDefault();
        if (ready) work.run(() => go().then(close));
      }}
    >
      {deed === "move" && <WhenField label={t("new_time")} at={at} onAt={setAt} />}
      {deed === "hand" ? <TakeOver label={t("hand_to")} chosen={agent} choose={setAgent} at={promise.due_at} {...(promise.owner ? { but: promise.owner.id } : {})} /> : <TextField label={t(label[deed])} maxLength={500} value={text} onValue={set} />}
      {work.error && (
        <p class="field-error" role="alert">
          {work.error}
        </p>
      )}
      <div class="deed-foot">
        <Button kind="quiet" onClick={close}>
          {t("cancel")}
        </Button>
        <Button kind={deed === "drop" ? "danger" : "primary"} type="submit" disabled={!ready} busy={work.busy}>
          {t(`do_${deed}`)}
        </Button>
      </div>
    </form>
  );
}
