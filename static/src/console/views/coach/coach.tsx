import { ChevronRight, Undo2 } from "lucide-preact";
import { useState } from "preact/hooks";
import { STEPS, type ByHand, type ConversationView, type Matter } from "../../../wire/protocol";
import { undoProgress } from "../../desk";
import { t } from "../../i18n";
import { promptsByStep } from "../../state/guide";
import { promptStates } from "../../state/coach";
import { isClosed } from "../../state/conversation";
import { known } from "../../state/fit";
import { IconButton } from "../../ui/button";
import { ago, exactTime, stepName } from "../../words";
import { now } from "../../state/clock";
import { part } from "../../ui/part";
import { OpenPromises } from "../agreement/lazy";
import { Track } from "../complaint/lazy";
import "../entry/dress";
import { WorkedOn } from "../split/lazy";
import { Matters } from "../matters/list";
import { Recalled } from "../matters/recalled";
import { PromptItem } from "./prompt";
import { Steps } from "./steps";

/** How many open prompts are shown before "more". */
const OPEN_SHOWN = 3;

/** Fetched right behind the first screen, so that it does not come late and push what stands below it. */
const Ideas = part<{ id: string; view: ConversationView }>(() => import("./ideas"), true);
setTimeout(() => void Ideas.preload(), 100);

/** Where the conversation stands, what comes next, and words to begin with. It never asks for a click. */
export function Coach({ id, view }: { id: string; view: ConversationView }) {
  const { matter } = view;
  if (view.entry) return <Promised id={id} view={view} what={view.entry.channel} />;
  return (
    <section class="coach" aria-label={t("coach")}>
      <Recalled id={id} view={view} />
      {view.earlier.some((r) => r.split_from && r.id !== id) && <WorkedOn view={view} />}
      <Matters id={id} view={view} />
      <Steps id={id} matter={matter} />
      <div class="coach-now">
        <h3>{stepName(matter.step)}</h3>
        <Why id={id} matter={matter} />
      </div>
      {(view.complaint ?? matter.type === "complaint") && <Track id={id} view={view} />}
      <OpenPromises id={id} view={view} />
      <Prompts key={matter.step} id={id} view={view} />
      {!view.row.split_from && <Ideas id={id} view={view} />}
      <OtherSteps id={id} view={view} />
    </section>
  );
}

/** Of what was entered by hand: nobody talks there, so that there is nothing to coach. */
function Promised({ id, view, what }: { id: string; view: ConversationView; what: ByHand }) {
  return (
    <section class="coach" aria-label={t("coach")}>
      <h3 class="sr">{t(`channel_${what}`)}</h3>
      <OpenPromises id={id} view={view} />
    </section>
  );
}

/** Why it is in this step, with the way back when something moved it. */
function Why({ id, matter }: { id: string; matter: Matter }) {
  const move = matter.progress.findLast((p) => p.what === "step");
  return (
    <p class="coach-why">
      <span title={move ? exactTime(move.at) : undefined}>
        {matter.why || t("step_start")}
        {move && <span class="quiet"> · {ago(move.at, now.value)}</span>}
      </span>
      {move && (
        <IconButton class="small" label={t("undo_move")} keys="Z" onClick={() => void undoProgress(id, move.id)}>
          <Undo2 size={14} />
        </IconButton>
      )}
    </p>
  );
}

function Prompts({ id, view }: { id: string; view: ConversationView }) {
  const { matter } = view;
  const { step } = matter;
  const [all, showAll] = useState(false);
  const closed = isClosed(id);
  const states = promptStates(promptsByStep.value.get(step) ?? [], matter, known(view), closed);
  const open = states.filter((s) => s.state === "open");
  const settled = states.filter((s) => s.state !== "open");
  const shown = all ? open : open.slice(0, OPEN_SHOWN);
  if (states.length === 0) return null;
  return (
    <ul class="prompts" aria-label={t("prompts_of", { step: stepName(step) })}>
      {settled.map((s) => (
        <PromptItem key={s.prompt.key} id={id} {...s} />
      ))}
      {shown.map((s, i) => (
        <PromptItem key={s.prompt.key} id={id} {...s} digit={i < 3 ? i + 4 : undefined} />
      ))}
      {open.length > shown.length && (
        <li>
          <button type="button" class="link more" onClick={() => showAll(true)}>
            {t("n_more", { n: open.length - shown.length })}
          </button>
        </li>
      )}
      {open.length === 0 && settled.length > 0 && !closed && <li class="quiet prompts-done">{t("all_held")}</li>}
    </ul>
  );
}

/** Prompts of the steps before and after, for work out of order. */
function OtherSteps({ id, view }: { id: string; view: ConversationView }) {
  const { matter } = view;
  const others = STEPS.filter((s) => s !== matter.step && (promptsByStep.value.get(s)?.length ?? 0) > 0);
  if (others.length === 0) return null;
  return (
    <details class="fold">
      <summary>
        <ChevronRight size={14} class="fold-sign mirror" /> {t("other_steps")}
      </summary>
      {others.map((step) => (
        <div key={step} class="other-step">
          <h4>
            {STEPS.indexOf(step) + 1} · {stepName(step)}
          </h4>
          <ul class="prompts">
            {promptStates(promptsByStep.value.get(step) ?? [], matter, known(view), isClosed(id)).map((s) => (
              <PromptItem key={s.prompt.key} id={id} {...s} />
            ))}
          </ul>
        </div>
      ))}
    </details>
  );
}
