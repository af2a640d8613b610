/** Everything that a key or the palette can do, in one table: the palette and the help sheet are made of it. */
import { STEPS, type Step } from "../wire/protocol";
import { close, moveStep, release, reopen, take, tick, toggleContext } from "./desk";
import type { Key } from "./i18n";
import { t } from "./i18n";
import { askForDesktop } from "./notify";
import { go, openConversation } from "./nav";
import { reasonOpen, setStatus, spareMe, status } from "./status";
import { openEditor, raise } from "./state/agreement";
import { ideasFor, promptStates } from "./state/coach";
import { asked } from "./state/asked";
import { held } from "./state/held";
import { aside } from "./state/consults";
import { waitingDelays } from "./state/delays";
import { offered } from "./state/matters";
import { offers } from "./state/offers";
import { known } from "./state/fit";
import { currentId, isClosed, rowOf, viewOf } from "./state/conversation";
import { promptsByStep, templates } from "./state/guide";
import { cursor } from "./state/lists";
import { askAbout, leaveUnread, meant, selected, stretch, toggle, unselect } from "./state/order";
import { contextOpen, room } from "./state/room";
import { isGuest } from "./state/rows";
import { manages, may, me, signOut, solo } from "./state/session";
import { choose, dark, settings } from "./state/settings";
import { undoLast } from "./state/toasts";
import { heard, whispering } from "./state/whispers";
import { stepName } from "./words";
import { openComplaint } from "./views/complaint/lazy";
import { ideaTurn } from "./views/coach/turn";
import { goList, moveCursor, stepWaiting } from "./views/desk/lists";
import { openSearch } from "./views/find/open";
import { leave, stepIn } from "./views/handover/lazy";
import { aimSaid } from "./views/palette/aim";
import { helpOpen, paletteOpen } from "./views/palette/open";
import { undoSend } from "./views/thread/sending";
import { insertTemplate, writeIn } from "./views/thread/writing";

export interface Command {
  id: string;
  label: string;
  group: "go" | "conversation" | "write" | "coach" | "page";
  /** Without modifiers, outside of fields: "j", "g q". */
  single?: string;
  /** What single is where nobody has chosen another. */
  own?: string;
  /** With modifiers, everywhere: "alt+e", "mod+k". */
  chord?: string;
  /** Too small for the palette; the help sheet has it. */
  quiet?: boolean;
  /** Several digits in one line of the help sheet. */
  hidden?: boolean;
  when?: () => boolean;
  run: () => void;
}

const here = () => currentId.value;
const opened = () => here() !== "";
const mine = () => rowOf(here())?.assignee?.id === me.value?.agent.id;
const visiting = () => {
  const row = rowOf(here());
  return !!row && isGuest(row, me.value?.agent.id ?? "");
};
/** Somebody has it, and it is theirs to hand over. */
const mayHand = () => isOpen() && !solo.value && (mine() || (may("conversation.take_over") && !!rowOf(here())?.assignee));
const some = () => meant().length > 0;
const isOpen = () => opened() && !isClosed(here());
const whispered = () => heard.value?.id === here();
const late = () => {
  const view = viewOf(here());
  return !!view && waitingDelays(view).length > 0;
};

const command = (group: Command["group"], id: Key, run: () => void, more: Partial<Command> = {}): Command => ({ id, label: t(id), group, run, ...more });

/** The commands in the language in use. */
export function commands(): Command[] {
  return [...travel(), ...conversation(), ...writing(), ...coach(), ...page()].map(asChosen);
}

/** A command with the letter that the agent gave to it; "" for none. */
function asChosen(c: Command): Command {
  if (c.single === undefined) return c;
  const { single, ...rest } = c;
  const key = settings.value.keys[c.id] ?? single;
  return { ...rest, own: single, ...(key && { single: key }) };
}

function travel(): Command[] {
  return [
    command("go", "next_row", () => moveCursor(1), { single: "j", quiet: true }),
    command("go", "previous_row", () => moveCursor(-1), { single: "k", quiet: true }),
    command("go", "open_row", () => cursor.value && openConversation(cursor.value), { single: "Enter", quiet: true, when: () => cursor.value !== "" }),
    command("go", "select_row", () => toggle(cursor.value || here()), { single: "x", quiet: true, when: () => cursor.value !== "" || opened() }),
    command("go", "select_rows", () => stretch(cursor.value || here()), { single: "Shift+X", quiet: true, when: () => cursor.value !== "" || opened() }),
    command("go", "unselect", unselect, { single: "Escape", quiet: true, when: () => selected.value.length > 0 }),
    command("go", "next_waiting", () => stepWaiting(1), { chord: "alt+ArrowDown" }),
    command("go", "previous_waiting", () => stepWaiting(-1), { chord: "alt+ArrowUp" }),
    command("go", "go_queue", () => goList("queue"), { single: "g q" }),
    command("go", "go_mine", () => goList("mine"), { single: "g m" }),
    command("go", "go_open", () => goList("open"), { single: "g o" }),
    command("go", "go_mentions", () => goList("mentions"), { single: "g n" }),
    command("go", "go_snoozed", () => goList("snoozed"), { single: "g z" }),
    command("go", "go_closed", () => goList("closed"), { single: "g c" }),
    command("go", "go_promises", () => go("/promises"), { single: "g r" }),
    command("go", "go_complaints", () => go("/complaints"), { single: "g f", when: () => may("complaint.oversee") }),
    command("go", "go_templates", () => go("/templates"), { single: "g t" }),
    command("go", "go_site", () => go("/site"), { single: "g s", when: () => manages.value }),
    command("go", "go_team", () => go("/team"), { single: "g p" }),
    command("go", "go_board", () => go("/board"), { single: "g b", when: () => may("report.read") && !solo.value }),
    command("go", "go_figures", () => go("/board/figures"), { single: "g i", when: () => may("report.read") }),
    command("go", "go_visitors", () => go("/visitors"), { single: "g v", when: () => may("conversation.read") }),
    command("go", "go_authority", () => go("/authority"), { single: "g l" }),
    command("go", "go_account", () => go("/account"), { single: "g a" }),
  ];
}

function conversation(): Command[] {
  return [
    command("conversation", "take_conversation", () => void take(here()), { single: "i", chord: "alt+i", when: () => isOpen() && !mine() }),
    command("conversation", "release", () => void release(here()), { when: () => isOpen() && mine() }),
    command("conversation", "close_conversation", () => (selected.value.length > 0 ? askAbout("close") : void close(here())), { single: "e", chord: "alt+e", when: () => isOpen() || selected.value.length > 0 }),
    command("conversation", "snooze", () => askAbout("snooze"), { single: "h", chord: "alt+z", when: some }),
    command("conversation", "tag", () => askAbout("tag"), { single: "t", chord: "alt+d", when: some }),
    command("conversation", "assign", () => askAbout("give"), { single: "a", chord: "alt+j", when: some }),
    command("conversation", "hand_over", () => askAbout("hand", [here()]), { single: "Shift+A", chord: "alt+shift+j", when: mayHand }),
    command("conversation", "invite_beside", () => askAbout("invite", [here()]), { single: "Shift+I", chord: "alt+shift+i", when: mayHand }),
    command("conversation", "consult", () => askAbout("consult", [here()]), { single: "q", chord: "alt+shift+q", when: () => opened() && !solo.value }),
    command("conversation", "enter_by_hand", () => askAbout("enter", [here()]), { chord: "alt+shift+h", when: () => opened() && may("conversation.answer") }),
    command("conversation", "unite", () => askAbout("unite", [here()]), { when: () => opened() && !rowOf(here())?.channel && !rowOf(here())?.merged_into }),
    command("conversation", "split", () => askAbout("split", [here()]), { when: () => isOpen() && !rowOf(here())?.channel && !rowOf(here())?.public }),
    command("conversation", "send_copy", () => askAbout("copy", [here()]), { when: () => opened() && may("conversation.answer") && !rowOf(here())?.channel }),
    command("conversation", "show_questions", () => (aside.value = new Set()), { when: () => aside.value.size > 0 }),
    command("conversation", "step_in_here", () => void stepIn(here()), { when: () => isOpen() && may("conversation.take_over") && !!rowOf(here())?.assignee && !mine() && !visiting() }),
    command("conversation", "whisper_here", () => (whispering.value = here()), { when: () => isOpen() && may("conversation.take_over") && !!rowOf(here())?.assignee && !mine() }),
    command("conversation", "leave_here", () => leave(here(), me.value!.agent), { when: () => isOpen() && visiting() }),
    command("conversation", "mark_unread", () => leaveUnread(), { single: "u", chord: "alt+u", when: some }),
    command("conversation", "reopen", () => void reopen(here()), { when: () => opened() && !isOpen() && (!rowOf(here())?.channel || !!rowOf(here())?.split_from) }),
    command("conversation", "by_hand_complaint", () => openComplaint(here()), { chord: "alt+c", when: () => isOpen() && !viewOf(here())?.complaint }),
    command("conversation", "correct_reading", () => raise(here(), "reading"), { chord: "alt+t", when: opened }),
    command("conversation", "take_next", () => void import("./views/offer/parts").then(({ accept }) => accept()), { chord: "alt+v", when: () => offers.value.length > 0 }),
    command("conversation", "pass_next", () => void import("./views/offer/parts").then(({ pass }) => pass()), { chord: "alt+shift+v", when: () => offers.value.length > 0 }),
    command("conversation", "undo_last", () => void (undoSend() || undoLast()), { single: "z" }),
  ];
}

function writing(): Command[] {
  return [
    command("write", "write_reply", () => writeIn(here(), "reply"), { single: "r", chord: "alt+r", when: opened }),
    command("write", "write_note", () => writeIn(here(), "note"), { single: "n", chord: "alt+n", when: opened }),
    command("write", "undo_send", () => void undoSend(), { chord: "alt+Backspace", when: () => held.value.length > 0 }),
    command("write", "open_marks", openMarks, { chord: "alt+m", quiet: true, when: opened }),
    command("write", "say_back", () => openEditor(here(), "summary"), { single: "b", chord: "alt+b", when: opened }),
    command("write", "propose", () => openEditor(here(), "proposal"), { chord: "alt+p", when: opened }),
    command("write", "hold", () => openEditor(here(), "hold"), { single: "w", chord: "alt+w", when: opened }),
    command("write", "give_goodwill", () => openEditor(here(), "grant"), { chord: "alt+g", when: opened }),
    command("write", "answer_question", () => document.querySelector<HTMLElement>(".asked input")?.focus(), { chord: "alt+y", when: () => asked.value.length > 0 }),
    command("write", "follow_up", () => openEditor(here(), "follow_up"), { chord: "alt+f", when: opened }),
    command("write", "tell_delay", () => raise(here(), "delay"), { chord: "alt+l", when: late }),
    command("write", "before_closing", () => openEditor(here(), "closing"), { chord: "alt+s", when: isOpen }),
    command("write", "use_whisper", () => void import("./views/oversee/parts").then(({ useWhisper }) => heard.value && useWhisper(heard.value)), { chord: "alt+shift+u", quiet: true, when: whispered }),
    command("write", "drop_whisper", () => void import("./views/oversee/parts").then(({ putAside }) => heard.value && putAside(heard.value.id, heard.value.seq)), { chord: "alt+shift+x", quiet: true, when: whispered }),
    command("write", "promise_it", () => raise(here(), "chip"), { chord: "alt+k", when: opened }),
  ];
}

function coach(): Command[] {
  const digits: Command[] = [1, 2, 3].map((n) => ({
    id: `idea_${n}`,
    label: t("insert_idea", { n }),
    group: "coach",
    chord: `alt+${n}`,
    quiet: true,
    hidden: n > 1,
    when: opened,
    run: () => insertIdea(n - 1),
  }));
  const ticks: Command[] = [4, 5, 6].map((n) => ({
    id: `prompt_${n}`,
    label: t("tick_prompt", { n: n - 3 }),
    group: "coach",
    chord: `alt+${n}`,
    quiet: true,
    hidden: n > 4,
    when: opened,
    run: () => tickPrompt(n - 4),
  }));
  const steps: Command[] = STEPS.map((step: Step, i) => ({
    id: `step_${step}`,
    label: t("move_to_step", { step: stepName(step) }),
    group: "coach",
    chord: `alt+shift+${i + 1}`,
    when: opened,
    run: () => void moveStep(here(), step),
  }));
  const offers = [
    command("coach", "take_offer", () => raise(here(), "take"), { chord: "alt+a", quiet: true, when: () => offered(here()) }),
    command("coach", "wave_offer", () => raise(here(), "wave"), { chord: "alt+x", quiet: true, when: () => offered(here()) }),
  ];
  return [...digits, ...ticks, ...steps, ...offers, command("coach", "say_aim", sayAim, { chord: "alt+h", quiet: true, when: opened })];
}

function page(): Command[] {
  return [
    command("page", "palette", () => (paletteOpen.value = true), { chord: "mod+k", quiet: true }),
    command("page", "search", () => openSearch(), { single: "/" }),
    command("page", "shortcuts", () => (helpOpen.value = true), { single: "?" }),
    command("page", "toggle_context", () => (room.value === "wide" ? toggleContext() : (contextOpen.value = !contextOpen.value)), { chord: "mod+." }),
    command("page", "turn_status", () => setStatus(status.value === "online" ? "away" : "online"), { chord: "alt+o", quiet: true }),
    command("page", "go_online", () => setStatus("online")),
    command("page", "go_away", () => setStatus("away")),
    command("page", "status_why", () => (reasonOpen.value = true)),
    command("page", "go_offline", () => setStatus("offline")),
    command("page", "spare_me", spareMe, { chord: "alt+q" }),
    command("page", "status_until", () => go("/account#absence")),
    command("page", "manage_tags", () => askAbout("tags", [""]), { when: () => may("tag.keep") }),
    command("page", "toggle_theme", () => choose({ theme: dark.value ? "light" : "dark" })),
    command("page", "toggle_density", () => choose({ density: settings.value.density === "compact" ? "comfortable" : "compact" })),
    command("page", "desktop_on", () => void askForDesktop(), { when: () => !settings.value.desktop }),
    command("page", "sign_out", () => void signOut()),
  ];
}

function insertIdea(i: number): void {
  const view = viewOf(here());
  const idea = view && ideasFor(templates.value, known(view), ideaTurn.value)[i];
  if (idea) insertTemplate(here(), idea);
}

function openPrompts() {
  const view = viewOf(here());
  return view ? promptStates(promptsByStep.value.get(view.matter.step) ?? [], view.matter, known(view), isClosed(here())).filter((s) => s.state === "open") : [];
}
function tickPrompt(i: number): void {
  const prompt = openPrompts()[i]?.prompt;
  if (prompt) void tick(here(), prompt.key, "done");
}

/** The focus leaves the field at once, so that no key meant for the list sends the reply. */
function openMarks(): void {
  const count = document.querySelector<HTMLElement>(".marks-count");
  count?.focus();
  count?.click();
}

/** Says on demand where one stands and what comes next; the coach never talks by itself. */
function sayAim(): void {
  const matter = viewOf(here())?.matter;
  if (!matter) return;
  const next = openPrompts()[0]?.prompt.text ?? t(isClosed(here()) ? "state_closed" : "all_held");
  aimSaid.value = `${stepName(matter.step)}. ${matter.why}. ${next}`;
}
