/**
 * The sections of a site's settings, in the order in which they stand. A new one is a file that
 * shows it, which is fetched when somebody opens it, its name and one line about it in
 * i18n/site.json, and a line here.
 */
import { Archive, ArrowRightLeft, BookOpen, CalendarClock, ClipboardList, Clock, CodeXml, Eye, FolderInput, Globe, Hourglass, KeyRound, Languages, Mail, MessageCircle, MousePointer2, Palette, Settings2, Undo2, Waypoints, Webhook } from "lucide-preact";
import type { ComponentChildren, ComponentType } from "preact";
import type { Site } from "../../../wire/protocol";
import { learn, type Key } from "../../i18n";
import words from "../../i18n/site.json";
import { part, partOf } from "../../ui/part";

learn(words);

export interface SiteSection {
  /** The last part of its address, /console/site/ID. */
  id: string;
  title: Key;
  about: Key;
  icon: ComponentChildren;
  /** Is made anew when another site is chosen. */
  show: ComponentType<{ now: Site }>;
}

const own = () => import("./parts");

export const SECTIONS: readonly SiteSection[] = [
  { id: "look", title: "section_look", about: "section_look_about", icon: <Palette size={18} />, show: partOf(own, "Look") },
  { id: "words", title: "section_words", about: "section_words_about", icon: <Languages size={18} />, show: partOf(own, "Words") },
  { id: "form", title: "section_form", about: "section_form_about", icon: <ClipboardList size={18} />, show: partOf(own, "FirstQuestions") },
  { id: "place", title: "section_place", about: "section_place_about", icon: <CodeXml size={18} />, show: partOf(own, "Place") },
  { id: "hours", title: "section_hours", about: "section_hours_about", icon: <Clock size={18} />, show: part(() => import("../hours/hours")) },
  { id: "waiting", title: "section_waiting", about: "section_waiting_about", icon: <Hourglass size={18} />, show: part(() => import("../hours/waiting")) },
  { id: "identity", title: "section_identity", about: "section_identity_about", icon: <KeyRound size={18} />, show: partOf(own, "Identity") },
  { id: "webhooks", title: "section_webhooks", about: "section_webhooks_about", icon: <Webhook size={18} />, show: part(() => import("./webhooks")) },
  { id: "mail", title: "section_mail", about: "section_mail_about", icon: <Mail size={18} />, show: partOf(own, "MailToCustomers") },
  { id: "after", title: "section_after", about: "section_after_about", icon: <Undo2 size={18} />, show: partOf(own, "AfterClosing") },
  { id: "routing", title: "section_routing", about: "section_routing_about", icon: <Waypoints size={18} />, show: part(() => import("./routing")) },
  { id: "handover", title: "section_handover", about: "section_handover_about", icon: <ArrowRightLeft size={18} />, show: part(() => import("./handover")) },
  { id: "oversight", title: "section_oversight", about: "section_oversight_about", icon: <Eye size={18} />, show: part(() => import("./oversight")) },
  { id: "visitors", title: "section_visitors", about: "section_visitors_about", icon: <MousePointer2 size={18} />, show: part(() => import("./visitors")) },
  { id: "inviting", title: "section_inviting", about: "section_inviting_about", icon: <MessageCircle size={18} />, show: part(() => import("../inviting/inviting")) },
  { id: "retention", title: "section_retention", about: "section_retention_about", icon: <Archive size={18} />, show: part(() => import("./retention")) },
  { id: "late", title: "section_late", about: "section_late_about", icon: <CalendarClock size={18} />, show: partOf(() => import("./late"), "Late") },
  { id: "coach", title: "section_coach", about: "section_coach_about", icon: <BookOpen size={18} />, show: partOf(own, "CoachWords") },
  { id: "imports", title: "section_imports", about: "section_imports_about", icon: <FolderInput size={18} />, show: part(() => import("./imports")) },
  { id: "sites", title: "section_sites", about: "section_sites_about", icon: <Globe size={18} />, show: part(() => import("../start/sites")) },
  { id: "more", title: "section_more", about: "section_more_about", icon: <Settings2 size={18} />, show: partOf(own, "More") },
];
