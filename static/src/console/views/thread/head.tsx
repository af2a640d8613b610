import { AlarmClock, ArrowLeft, ArrowRightLeft, BadgeCheck, Check, EllipsisVertical, Eye, Hand, Mail, MailOpen, LogOut, Megaphone, Merge, MessageCircleMore, MessageCircleQuestion, PanelRight, RotateCcw, Split, Tag, Undo2, UserRoundMinus, UserRoundPlus, UsersRound } from "lucide-preact";
import type { Row } from "../../../wire/protocol";
import { close, release, reopen, take, toggleContext } from "../../desk";
import { t } from "../../i18n";
import { deskPath, go } from "../../nav";
import { now } from "../../state/clock";
import { viewOf } from "../../state/conversation";
import { list } from "../../state/lists";
import { askAbout, leaveUnread } from "../../state/order";
import { contextOpen, room } from "../../state/room";
import { isGuest } from "../../state/rows";
import { may, me, solo } from "../../state/session";
import { settings } from "../../state/settings";
import { colleagueAnswers, personTypes, team, watching } from "../../state/team";
import { whispering } from "../../state/whispers";
import { Button, IconButton } from "../../ui/button";
import { Face } from "../../ui/face";
import { Menu, type MenuItem } from "../../ui/menu";
import { due } from "../../../panel/view/time";
import { personName } from "../../words";
import { Tags } from "../order/lazy";
import { Wait } from "../desk/row";
import { leave, stepIn } from "../handover/lazy";
import { markPublic } from "../public/lazy";
import { insertText, writeIn } from "./writing";

/** Above the thread: who it is, who has it, who else looks, and what can be done. */
export function Head({ row }: { row: Row }) {
  const name = personName(row.person);
  const Heading = room.value === "narrow" ? "h1" : "h2";
  const there = (watching.value[row.id] ?? viewOf(row.id))?.person_online;
  return (
    <header class="thread-head">
      {room.value === "narrow" && (
        <IconButton label={t("back_to_list")} onClick={() => go(deskPath(list.value))}>
          <ArrowLeft size={18} class="mirror" />
        </IconButton>
      )}
      <Face id={row.person.id} name={row.person.name} size="medium" online={there} />
      <div class="thread-who">
        <Heading class="thread-name">
          <bdi>{name}</bdi>
          {row.person.verified && <BadgeCheck size={15} class="verified" aria-label={t("verified")} />}
        </Heading>
        <p class="thread-sub">
          <Status row={row} there={there} />
        </p>
        {row.public && <span class="tag">{t("public")}</span>}
        {row.tags && <Tags row={row} />}
      </div>
      <Watchers id={row.id} />
      {row.waiting_since > 0 && row.state !== "closed" && row.state !== "snoozed" && <Wait row={row} withWord={room.value !== "narrow"} />}
      <Deeds row={row} />
    </header>
  );
}

function Status({ row, there }: { row: Row; there: boolean | undefined }) {
  const colleague = colleagueAnswers(row.id);
  if (colleague) return <span class="amber-text">{t("is_answering", { name: colleague.name })}</span>;
  if (personTypes(row.id)) return <span>{t("typing")}</span>;
  const mine = row.assignee?.id === me.value?.agent.id;
  const asked = row.assignee && askedName(row);
  const guest = isGuest(row, me.value?.agent.id ?? "");
  const beside = guestsOf(row).map((a) => a.name).join(", ");
  const state =
    asked ? t("state_handing", { name: asked }) : row.state === "closed" ? t("state_closed") : row.snoozed_until ? t("state_snoozed", { time: due(row.snoozed_until, now.value) }) : !row.assignee ? t("state_waiting") : mine ? t("state_mine") : t(guest ? "state_guest" : "state_theirs", { name: row.assignee.name });
  return (
    <span>
      {state}
      {beside && <> · {t("state_guests", { names: beside })}</>}
      {there !== undefined && <> · {there ? t("customer_here") : t("customer_left")}</>}
    </span>
  );
}

/** The colleagues who answer beside who has it, without oneself. */
const guestsOf = (row: Row) => team.value.filter((a) => isGuest(row, a.id) && a.id !== me.value?.agent.id);

/** Who is asked to carry on or to join, "" for nobody. */
const askedName = (row: Row) => (row.offered_to ? (team.value.find((a) => a.id === row.offered_to)?.name ?? "") : "");

function Watchers({ id }: { id: string }) {
  const others = (watching.value[id]?.agents ?? []).filter((a) => a.id !== me.value?.agent.id);
  if (others.length === 0) return null;
  const names = others.map((a) => a.name).join(", ");
  return (
    <span class="watchers" title={t("also_looking", { names })}>
      <Eye size={14} aria-hidden="true" />
      {others.slice(0, 3).map((a) => (
        <Face key={a.id} {...a} size="tiny" />
      ))}
      <span class="sr">{t("also_looking", { names })}</span>
    </span>
  );
}

function Deeds({ row }: { row: Row }) {
  const mine = row.assignee?.id === me.value?.agent.id;
  const closed = row.state === "closed";
  const narrow = room.value === "narrow";
  const guest = isGuest(row, me.value?.agent.id ?? "");
  const items: MenuItem[] = [
    { id: "tag", label: t("tag"), icon: <Tag size={16} />, keys: "T", run: () => askAbout("tag", [row.id]) },
    ...(closed ? [] : later(row.id)),
  ];
  if (!row.channel) {
    items.push(
      { id: "copy", label: t("send_copy"), icon: <Mail size={16} />, run: () => askAbout("copy", [row.id]) },
      { id: "public", label: t(row.public ? "unmark_public" : "mark_public"), icon: <Megaphone size={16} />, run: () => markPublic(row.id, !row.public) },
    );
  }
  if (!row.channel && !row.merged_into) items.push({ id: "unite", label: t("unite"), icon: <Merge size={16} />, run: () => askAbout("unite", [row.id]) });
  if (!row.channel && !closed && !row.public) items.push({ id: "split", label: t("split"), icon: <Split size={16} />, run: () => askAbout("split", [row.id]) });
  if (!closed && row.assignee && !solo.value && (mine || may("conversation.take_over"))) items.push(...handing(row));
  if (!closed && row.assignee && !solo.value) items.push(...beside(row, mine), ...asides(row, mine));
  if (!closed && guest) items.push({ id: "take", label: t("take_over"), icon: <Hand size={16} />, run: () => void take(row.id) });
  if (!closed && mine) items.push({ id: "release", label: t("release"), icon: <Undo2 size={16} />, run: () => void release(row.id) });
  if (!closed && !mine) items.push({ id: "close", label: t("close_conversation"), icon: <Check size={16} />, keys: "E", run: () => void close(row.id) });
  if (narrow && mine && !closed) items.push({ id: "close", label: t("close_conversation"), icon: <Check size={16} />, run: () => void close(row.id) });
  return (
    <div class="thread-deeds">
      {closed && (!row.channel || row.split_from) && !row.merged_into && (
        <Button onClick={() => void reopen(row.id)}>
          <RotateCcw size={15} /> {t("reopen")}
        </Button>
      )}
      {!closed && guest && (
        <Button onClick={() => leave(row.id, me.value!.agent)}>
          <LogOut size={15} class="mirror" /> {t("leave_visit")}
        </Button>
      )}
      {!closed && !mine && !guest && (
        <Button kind={row.assignee ? "plain" : "primary"} onClick={() => void take(row.id)}>
          <Hand size={15} /> {row.assignee ? t("take_over") : narrow ? t("take") : t("take_conversation")}
        </Button>
      )}
      {!closed && mine && !narrow && (
        <Button onClick={() => void close(row.id)} title="E">
          <Check size={15} /> {t("close_conversation")}
        </Button>
      )}
      <Menu label={t("more_actions")} items={items}>
        <EllipsisVertical size={18} />
      </Menu>
      <ContextButton />
    </div>
  );
}

/** A question to a colleague, and a word for who has it: their customer never sees either. */
function asides({ id, assignee }: Row, mine: boolean): MenuItem[] {
  const icon = <MessageCircleMore size={16} />;
  const whisper = () => {
    if (may("conversation.take_over")) return void (whispering.value = id);
    writeIn(id, "note");
    insertText(id, `@${assignee!.name} `);
  };
  const consult = { id: "consult", label: t("consult"), icon: <MessageCircleQuestion size={16} />, keys: "Q", run: () => askAbout("consult", [id]) };
  return mine || !assignee ? [consult] : [consult, { id: "aside", label: t("whisper", { name: assignee.name }), icon, run: whisper }];
}

/** Stepping in beside who has it, and sending on who came. */
function beside(row: Row, mine: boolean): MenuItem[] {
  if (mine) return guestsOf(row).map((a) => ({ id: `let-${a.id}`, label: t("let_go", { name: a.name }), icon: <UserRoundMinus size={16} />, run: () => leave(row.id, a) }));
  if (!may("conversation.take_over") || isGuest(row, me.value?.agent.id ?? "")) return [];
  return [{ id: "step-in", label: t("step_in", { name: row.assignee!.name }), icon: <UsersRound size={16} />, run: () => void stepIn(row.id) }];
}

/** Handing it over and inviting somebody, or asking them no more while they have not come. */
function handing(row: Row): MenuItem[] {
  const icon = <ArrowRightLeft size={16} />;
  const name = askedName(row);
  if (!row.offered_to) {
    return [
      { id: "hand", label: t("hand_over"), icon, keys: "Shift+A", run: () => askAbout("hand", [row.id]) },
      { id: "invite", label: t("invite_beside"), icon: <UsersRound size={16} />, keys: "Shift+I", run: () => askAbout("invite", [row.id]) },
    ];
  }
  return [{ id: "recall", label: t("hand_recall", { name }), icon, run: () => void import("../handover/parts").then(({ recall }) => recall(row.id)) }];
}

function later(id: string): MenuItem[] {
  return [
    { id: "snooze", label: t("snooze"), icon: <AlarmClock size={16} />, keys: "H", run: () => askAbout("snooze", [id]) },
    { id: "give", label: t("assign"), icon: <UserRoundPlus size={16} />, keys: "A", run: () => askAbout("give", [id]) },
    { id: "unread", label: t("mark_unread"), icon: <MailOpen size={16} />, keys: "U", run: () => leaveUnread([id]) },
  ];
}

/** Shows or folds the coach. */
function ContextButton() {
  const wide = room.value === "wide";
  const open = wide ? settings.value.context === "open" : contextOpen.value;
  return (
    <IconButton label={open ? t("fold_context") : t("show_context")} keys="mod+." aria-expanded={open} onClick={() => (wide ? toggleContext() : (contextOpen.value = !open))}>
      <PanelRight size={18} class="mirror" />
    </IconButton>
  );
}
