/** Protocol v1: the calls over HTTP, and what they carry. See protocol.ts. */

import type { ShownForm, SiteForm } from "./protocol-form";
import type { Absence, AgentCard, ConversationEvent, CustomerPromise, Marks, Message, Role } from "./protocol";
import type { Permission, Work } from "./protocol-teams";
import type { LateWords } from "./protocol-delay";
import type { Presence, VisitorConversation } from "./protocol-frames";
import type { Hours, WaitRules } from "./protocol-hours";
import type { HandoverRules } from "./protocol-handover";
import type { IdentityRules } from "./protocol-identity";
import type { Inviting } from "./protocol-inviting";
import type { Mute } from "./protocol-reach";
import type { Routing } from "./protocol-routing";
import type { Start } from "./protocol-start";
import type { Retention } from "./protocol-retention";
import type { Oversight } from "./protocol-oversee";
import type { VisitorRules } from "./protocol-visitors";

// ---------------------------------------------------------------- HTTP: widget

/**
 * GET /w.js                                    the loader
 * GET /v1/widget/config.js?site=KEY            script: window.Rapport and its configuration (max-age=60)
 * GET /v1/widget/sites/{id}/pictures/{name}    the site's picture: a PNG that never changes
 * GET /panel?site=KEY&locale=TAG               the panel's document; frame-ancestors = the site's allowed origins
 * GET  /v1/widget/answers?site=KEY             → { answers: QuickAnswer[] }   at most 30, the same for everybody (ETag, max-age=60)
 * POST /v1/widget/answers/{id}/open            { site, helped? } → {}   counts; names nobody
 * POST /v1/widget/here                         Beacon → Heard       text/plain; 403 where the site lists no visitors
 * POST /v1/widget/session        SessionRequest → Session
 * GET  /v1/widget/conversations                Authorization: Bearer TOKEN → { conversations: VisitorConversation[] }
 * GET  /v1/widget/conversations/{id}/messages?before=SEQ → VisitorPage
 * POST /v1/widget/conversations/{id}/messages  { client_id, text, files?, read?, form? } → { conversation_id, message }
 * POST /v1/widget/conversations/{id}/end       {} → { state }
 * POST /v1/widget/conversations/{id}/cards/{card}/answer   { choice, option?, text? } → Card
 * POST /v1/widget/conversations/{id}/feedback  { solved?, rating?, comment? } → Feedback
 * POST /v1/widget/conversations/{id}/address   { email } → { due_at }   unverified; by when an answer is promised, or 0
 * POST /v1/widget/conversations/{id}/transcript { email? } → Transcript   a copy by e-mail; without an address, to the one that is known
 * GET  /v1/widget/known                        → Known   what is known about this visitor
 * POST /v1/widget/known/erase                  {} → {}   removes it, with everything that is theirs
 * GET  /v1/widget/promises                     → { promises: CustomerPromise[] }   open ones first, latest 20
 * GET  /v1/widget/promises/{id}/calendar       → CalendarFile   an appointment
 * POST /v1/widget/files                        the bytes, their name in Content-Disposition → { file: SentFile }
 * GET  /v1/widget/files?ids=ID,ID              → { links: FileLink[] }
 * POST /v1/widget/attributes                   { attributes: Record<string,string>, name?, email? } → {} (kept as unverified)
 * POST /v1/widget/forget                       {} → {}   ends this device's session (reset)
 */
export interface SessionRequest {
  site: string;
  /** The device secret from the host's storage; absent the first time. */
  secret?: string;
  /** A signed identity (JWT) from the site's own server. */
  identity?: string;
  locale?: string;
  /** IANA zone of the browser, such as "Europe/Berlin"; one that nobody knows counts as none. */
  zone?: string;
}
export interface Session {
  /** For the socket's hello and the Authorization header; 15 minutes. */
  token: string;
  expires_at: number;
  /** Replaces the device secret in the host's storage. The old one works until this one is used. */
  secret: string;
  /** email: their own, absent while unknown; asked: they have answered the site's form as it is now. */
  person: { id: string; name: string; email?: string; verified: boolean; asked?: true };
  conversations: VisitorConversation[];
  presence: Presence;
}
export interface VisitorPage {
  messages: Message[];
  more: boolean;
  events: ConversationEvent[];
  seq: number;
  marks: Marks;
  promises: CustomerPromise[];
}
/** What config.js hands to the loader and the panel's document to the panel. */
export interface WidgetConfig {
  site: string;
  name: string;
  /** "#rrggbb" */
  color: string;
  position: "right" | "left";
  /** Distance of the launcher from its side and from below, in CSS pixels. */
  side: number;
  bottom: number;
  /** The launcher's picture, as an SVG path in a square of 24. */
  icon: string;
  /** Words beside it, or "". */
  label: string;
  /** No launcher: the page opens the chat by itself. */
  hidden: boolean;
  /** The panel only: the site's picture, an address on the widget's origin. */
  picture?: string;
  /** The panel only: what is asked before a first message, or while nobody is there. */
  form?: ShownForm;
  /** Another one when what stands here has changed, presence aside. */
  version: string;
  greeting: string;
  /** "Usually answers within minutes", as the owner wrote it. */
  reply_note: string;
  locales: string[];
  allowed_origins: string[];
  track_pages: boolean;
  /** Visitors may send files. */
  files: boolean;
  /** Only customers with a signed identity begin a conversation, or open a closed one again; absent for no. */
  signed_only?: true;
  presence: Presence;
  /** The panel only: there are quick answers to fetch. */
  quick?: boolean;
  /** The panel only: a conversation can be had by e-mail; absent for no. */
  copies?: true;
  /** When the site is open next, from one time to another, now included; absent where it keeps no hours: always. */
  hours?: [number, number][];
}

// ---------------------------------------------------------------- HTTP: console
// All but setup, login and invitations want the session cookie; all but GET want X-CSRF-Token and application/json.

/**
 * POST /v1/console/setup          { token, name, email, password } → Me     the owner, once
 * POST /v1/console/login          { email, password, code? } → Me
 * POST /v1/console/logout         {} → {}
 * GET  /v1/console/me             → Me (401 when signed out; { setup: true } in Failure.code "setup_needed" while there is no owner)
 * PATCH /v1/console/me            { name } → Me
 * POST /v1/console/me/password    { old, new } → Me                          ends all sessions; this browser goes on in a new one
 * PUT  /v1/console/me/status      { status, reason?, auto?, no_new_minutes? } → Standing   auto: a console says so by itself
 * GET  /v1/console/me/sessions    → { sessions: AgentSession[] };  DELETE /v1/console/me/sessions/{id}
 * DELETE /v1/console/me/sessions           → {}   all of them, this one too
 * GET  /v1/console/me/reach       → Reach                                    conversation.answer
 * PUT  /v1/console/me/reach       { mail, quiet, begins, ends, zone } → Reach conversation.answer
 * POST /v1/console/me/reach/devices { endpoint, p256dh, auth } → Reach       conversation.answer; this browser is told from now on
 * DELETE /v1/console/me/reach/devices/{id} → Reach                           conversation.answer
 * GET  /v1/console/me/second-step → SecondStep
 * POST /v1/console/me/second-step         { password } → { secret, address, qr }   qr: rows of 0 and 1
 * POST /v1/console/me/second-step/confirm { code } → { codes }               turns it on; codes are shown this once
 * POST /v1/console/me/second-step/codes   { code } → { codes }               in place of those before
 * POST /v1/console/me/second-step/off     { password, code }
 * GET  /v1/console/security       → Security                                 people.manage
 * PUT  /v1/console/security       Security → Security                        security.change
 * DELETE /v1/console/agents/{id}/second-step                                 people.manage
 * GET  /v1/console/agents         → { agents: Agent[], invitations: Invitation[] }
 * PATCH /v1/console/agents/{id}   { role?, disabled?, to_id?, complaints?, work? } → Agent        owner, admin
 * GET  /v1/console/agents/{id}/absence    → AbsenceView                        one's own; owner, admin: anybody's
 * PUT  /v1/console/agents/{id}/absence    { until, to_id } → AbsenceView       to_id "": anyone; what is due by then is handed on
 * DELETE /v1/console/agents/{id}/absence  → AbsenceView                        nothing is given back by itself
 * GET  /v1/console/roles          → { roles: RoleView[] }
 * POST /v1/console/roles          { name, permissions } → RoleView           people.manage, from here to DELETE
 * PUT  /v1/console/roles/{id}     the same → RoleView
 * DELETE /v1/console/roles/{id}                                              once nobody has it
 * GET  /v1/console/teams          → { teams: Team[] }
 * POST /v1/console/teams          { name, skills, members } → Team           owner, admin
 * PUT  /v1/console/teams/{id}     the same → Team                            owner, admin
 * DELETE /v1/console/teams/{id}                                              owner, admin
 * GET  /v1/console/agents/{id}/sessions   → { sessions: AgentSession[] }       people.manage
 * DELETE /v1/console/agents/{id}/sessions                                    signs them out everywhere
 * POST /v1/console/invitations    { email, role, teams? } → Invitation with link     owner, admin
 * DELETE /v1/console/invitations/{id}
 * POST /v1/console/invitations/look    { token } → { email, role, role_name?, installation }
 * POST /v1/console/invitations/accept  { token, name, password } → Me
 *
 * GET  /v1/console/conversations?site=&list=&after=&limit= → RowPage
 * GET  /v1/console/conversations/{id}                      → ConversationView
 * GET  /v1/console/conversations/{id}/messages?before=SEQ  → { messages, events, more }
 * POST /v1/console/conversations/{id}/messages   { client_id, kind, text, template_id?, other_templates?, files? } → { message }
 * POST /v1/console/conversations/{id}/take       { from?: agent id, when taking it over on purpose } → Row
 * POST /v1/console/conversations/{id}/release    {} → Row
 * POST /v1/console/conversations/{id}/give       { agent_id, from } → Row   from: who has it, "" for nobody
 * PUT  /v1/console/conversations/{id}/snooze     { until } → Row
 * DELETE /v1/console/conversations/{id}/snooze   → Row   awake again
 * PUT  /v1/console/conversations/{id}/unread     { on } → Row   put back among the unread
 * PUT  /v1/console/conversations/{id}/public     { on } → Row   everybody may read along where it is held
 * GET  /v1/console/search?q=&zone=&after=  → SearchPage      what cannot be understood: invalid, field "q"
 * GET  /v1/console/people?q=               → { people: PersonFound[] }
 * GET  /v1/console/views?zone=             → { views: SavedView[] }   the team's, then one's own
 * POST /v1/console/views?zone=             { name, query, shared } → SavedView   shared: view.share
 * PUT  /v1/console/views/{vid}?zone=       { name, query, shared } → SavedView
 * DELETE /v1/console/views/{vid}           → {}
 * POST /v1/console/views/order             { shared, ids } → {}
 * GET  /v1/console/mentions?site=ID              → { unread: string[] }   conversations in which a note names you
 * POST /v1/console/conversations/{id}/mentions/read {} → {}
 * POST /v1/console/conversations/{id}/tags       { id } or { name } → Row
 * DELETE /v1/console/conversations/{id}/tags/{tag} → Row
 * GET  /v1/console/sites/{id}/tags               → { tags: Tag[] }
 * PATCH /v1/console/sites/{id}/tags/{tag}        tag.keep { name } → Tag
 * POST /v1/console/sites/{id}/tags/{tag}/merge   tag.keep { into } → Tag
 * DELETE /v1/console/sites/{id}/tags/{tag}       tag.keep → {}
 * POST /v1/console/sites/{id}/wake               { text, zone } → { at }   "tomorrow 9"; 0 where it names no time
 * POST /v1/console/conversations/{id}/transcript { email? } → Transcript       a copy to the customer by e-mail
 * POST /v1/console/conversations/{id}/decline    { why? } → Row              passes on what one is offered, or handed
 * GET  /v1/console/visitors?site=ID&since=N      → VisitorChanges           conversation.read; 0, or none: all of them
 * GET  /v1/console/visitors/{id}?site=ID         → { pages: VisitedPage[] }  conversation.read; the latest first, at most 30
 * POST /v1/console/visitors/{id}/invitation      { site, text } → {}         conversation.answer; once in a visit
 * GET  /v1/console/board?site=ID                 → Board                     report.read
 * GET  /v1/console/board/figures?site=ID&days=N  → Figures                   report.read; days 7, 28 or 91
 * GET  /v1/console/board/handovers?site=ID&days=N → Handovers                report.read; days 1, 7 or 28
 * GET  /v1/console/board/rows?site=ID&agent=ID   → Hands                     conversation.take_over; agent "": the queue
 * POST /v1/console/conversations/{id}/move       MoveTo & { from, why? } → Row   conversation.take_over; a note names who had it
 * POST /v1/console/conversations/{id}/whispers   { client_id, text } → { message }   conversation.take_over; the note that says it
 * GET  /v1/console/conversations/{id}/handover   → Candidates
 * POST /v1/console/conversations/{id}/handover   { agent_id? or team_id?, from, note? } → Row   asks them to carry on
 * DELETE /v1/console/conversations/{id}/handover → Row                       takes it back, while nobody has taken it
 * GET  /v1/console/conversations/{id}/unite      → Unitable
 * POST /v1/console/conversations/{id}/unite      { into, from, into_has } → Row   of the one that stays: it goes on there
 * POST /v1/console/conversations/{id}/split      Split → Row              of what was split off: the team works on it beside the chat
 * POST /v1/console/conversations/{id}/handover/promise { from } → Row        promises an answer, and puts it in the queue
 * POST /v1/console/conversations/{id}/consults   { client_id, agent_id? or team_id?, question } → { message }   the note that asks
 * GET  /v1/console/consults                      → Consults
 * GET  /v1/console/conversations/{id}/consults   → { consults: Consult[] }   the open ones about it, whoever asked
 * POST /v1/console/consults/{id}/answer          { client_id, text } → { message }      the note that answers
 * DELETE /v1/console/consults/{id}               → {}                        takes a question back: one's own, or anybody's for who may take over
 * POST /v1/console/conversations/{id}/guests     { agent_id? or team_id?, from, note? } → Row   asks them to join
 * POST /v1/console/conversations/{id}/guests/join {} → Row                   who is asked, or may take over
 * DELETE /v1/console/conversations/{id}/guests/{guest} → Row                 leaves, or lets a guest go
 * GET  /v1/console/me/offers                     → { offers: Offer[] }       one's own, as a console that comes shows them
 * POST /v1/console/conversations/{id}/close      { why?, no_follow_up?, words? } → Row     why: our open promises are dropped for it
 * POST /v1/console/conversations/{id}/reopen     {} → Row
 * POST /v1/console/conversations/{id}/step       { step, matter_id? } → Matter
 * POST /v1/console/conversations/{id}/prompts/{key}  { state } → Matter
 * POST /v1/console/conversations/{id}/undo       { progress_id } → Matter
 * POST /v1/console/conversations/{id}/cards      { client_id, kind, text, options?, limits?, our_part?, our_due?, your_part?, your_due? } → Card
 * POST /v1/console/conversations/{id}/cards/{card}/withdraw   {} → Card
 * POST /v1/console/conversations/{id}/cards/{card}/yes   { message_id, option } → Card   a yes in the customer's own words
 * POST /v1/console/conversations/{id}/promises   { client_id, whose?, text, due_at, zone?, words?, next_at?, message_id?, owner_id? } → CustomerPromise
 * GET  /v1/console/promises/{id}/calendar        → CalendarFile   an appointment
 * POST /v1/console/promises/{id}/keep            { client_id, text? } → CustomerPromise   text goes out as a reply
 * POST /v1/console/promises/{id}/move            { client_id, due_at, why, next_at? } → CustomerPromise   tells the customer
 * POST /v1/console/promises/{id}/drop            { why } → CustomerPromise   also: broken, when it is past due
 * POST /v1/console/promises/{id}/hand            { agent_id } → CustomerPromise   agent_id "": anyone
 * GET  /v1/console/promises?site=&list=mine|anyone|site|late|ended&after= → { promises: LedgerRow[], next, counts: { soon, late } }
 * POST /v1/console/conversations/{id}/matter     { type?, mood?, need?, question?, concern?, detail? } → Matter   by hand; false waves away
 * GET  /v1/console/conversations/{id}/matters    → Matters
 * POST /v1/console/conversations/{id}/matters    { need?, message_id? } → Matter   a second concern becomes the current matter
 * POST /v1/console/conversations/{id}/matters/{matter}/turn  {} → Matter   it is the current one
 * POST /v1/console/conversations/{id}/matters/{matter}/drop  {} → Matter   it is none of its own; answers with the current one
 * POST /v1/console/conversations/{id}/messages/{message}/matter  { matter_id } → Matter   what a message is about
 * POST /v1/console/conversations/{id}/complaint  {} → Complaint   opens the track on the current matter
 * PATCH /v1/console/conversations/{id}/complaint { expectation?, solution?, confirmation?, root_cause?, cause_words?, cause_skipped?, follow_up_at? } → Complaint
 * POST /v1/console/conversations/{id}/complaint/stages/{stage}  { state } → Complaint
 * POST /v1/console/conversations/{id}/complaint/drop   {} → Complaint   it was none after all
 * POST /v1/console/files?conversation=ID|site=ID   the bytes, their name in Content-Disposition → { file: SentFile }
 * GET  /v1/console/files?ids=ID,ID              → { links: FileLink[] }
 * GET  /v1/console/complaints?site=&list=open|ended|dropped&after= → { complaints: ComplaintRow[], next }   supervisors
 * GET  /v1/console/conversations/{id}/closing     → ClosingView
 * GET  /v1/console/follow-ups?site=               → { follow_ups: HeldFollowUp[] }   the asking agent's, longest due first
 * GET  /v1/console/conversations/{id}/follow-up   → PlannedFollowUp
 * PUT  /v1/console/conversations/{id}/follow-up   { text, template_id?, due_at } → PlannedFollowUp
 * DELETE /v1/console/conversations/{id}/follow-up → PlannedFollowUp
 * POST /v1/console/conversations/{id}/delays/{delay}/tell  { promise_id? } → Delay   tells the customer; the promise moves to the new time
 * POST /v1/console/conversations/{id}/delays/{delay}/drop  {} → Delay   sets it aside
 * PUT  /v1/console/conversations/{id}/draft      { kind, text } → {}         "" removes it
 * PATCH /v1/console/people/{id}                  { name?, email?, segment?, blocked?, why? } → Person
 * POST /v1/console/people/{id}/erase             person.erase { name, reason } → {}
 * GET  /v1/console/people/{id}/same?q=           person.merge → { people: SamePerson[] }, from here to DELETE   of the same site; without q those with the same address
 * GET  /v1/console/people/{id}/same/{other}      → Compared
 * POST /v1/console/people/{id}/same/{other}      { both_see: true } → PersonMerge   the other leads to {id} from now on; sockets of both close with 4010
 * DELETE /v1/console/people/{id}/merges/{merge}  → {}   within 30 days
 * POST /v1/console/people/{id}/entries           EntryRequest → Row   the conversation that has it
 * POST /v1/console/people/{id}/notes             { id?, text, sensitive?: NoteConsent } → PersonNote;  DELETE /v1/console/people/{id}/notes/{note}
 *
 * GET  /v1/console/audit?before=&by=&noun=       people.manage → { entries: AuditEntry[], more }   50, latest first
 * GET  /v1/console/audit/check                   people.manage → { whole, good, broken }   broken: the first entry that is not what was written, 0 for none
 * GET  /v1/console/sites                         → { sites: Site[] }
 * POST /v1/console/sites                         { name } → Site   owner, admin
 * GET /v1/console/holidays?country=CODE          → { regions: HolidayRegion[], coming: Holiday[] }
 * GET  /v1/console/sites/{id}/inviting/results  → InviteUses                owner, admin
 * POST /v1/console/sites/{id}/inviting/try       { rule: InviteRule } → TriedRule       owner, admin; stores nothing
 * POST /v1/console/sites/{id}/waiting/preview    { hours: Hours, waiting: WaitRules, locale, zone } → WaitWords   owner, admin; stores nothing
 * PATCH /v1/console/sites/{id}                   any of SiteSettings → Site   owner, admin
 * GET  /v1/console/sites/{id}/retention?months= site.change → RetentionPreview   changing it takes person.erase as well
 * GET  /v1/console/sites/{id}/imports            → { imports: Import[] }   latest first, at most 100
 * POST /v1/console/sites/{id}/imports            ImportRequest → Brought
 * GET  /v1/console/sites/{id}/imports/example?kind=people   → { name, text }   CSV
 * DELETE /v1/console/sites/{id}/imports/{imp}    → { stay }   takes person.erase as well, and all of it away but for what others have added to
 * GET  /v1/console/sites/{id}/places             → { places: Place[], secure }   owner, admin; where the chat was seen, and what is wrong there
 * POST /v1/console/sites/{id}/preview            any of SiteSettings → Preview           owner, admin; nothing is saved
 * POST /v1/console/sites/{id}/picture            an image, its name in Content-Disposition → { name, url }   kept once settings name it
 * GET  /v1/console/sites/{id}/identity-secret    → { secrets: IdentitySecret[] }   the current one first; owner, admin
 * DELETE /v1/console/sites/{id}/identity-secret/{kid}                          ends the grace time of one that was replaced
 * POST /v1/console/sites/{id}/identity-secret/try      { token } → IdentityVerdict   opens nothing; the token is not kept
 * POST /v1/console/sites/{id}/identity-secret/sample   {} → { token }         of a customer who does not exist, good for 10 minutes
 * POST /v1/console/sites/{id}/identity-secret    {} → { kid, secret }         shown once; the one before works 24 h more
 * GET  /v1/console/sites/{id}/api-keys           → { keys: APIKey[] }          owner, admin
 * POST /v1/console/sites/{id}/api-keys           { name } → APIKey            its key is shown once
 * DELETE /v1/console/sites/{id}/api-keys/{kid}
 * GET  /v1/console/sites/{id}/webhooks           → { webhooks: Webhook[] }     owner, admin
 * POST /v1/console/sites/{id}/webhooks           { url, kinds } → Webhook      its secret is shown once
 * PATCH /v1/console/sites/{id}/webhooks/{wid}    { url?, kinds?, paused? } → Webhook
 * DELETE /v1/console/sites/{id}/webhooks/{wid}
 * POST /v1/console/sites/{id}/webhooks/{wid}/secret   {} → Webhook            a new secret, shown once; the one before signs 24 h more
 * POST /v1/console/sites/{id}/webhooks/{wid}/test     {} → WebhookAttempt     something that is no event, sent at once
 * GET  /v1/console/sites/{id}/webhooks/{wid}/attempts → { attempts: WebhookAttempt[] }   latest first
 * POST /v1/console/sites/{id}/webhooks/{wid}/again    { from? } → {}          all from an attempt's event on; without: what waits, now
 * GET  /v1/console/sites/{id}/prompts            → { prompts: Prompt[] }
 * GET  /v1/console/rules                         → { rules: EvidenceRule[] }   what a prompt's evidence may be
 * POST /v1/console/rules/try                     { text, step } → { found: { name, words }[] }   what a line of one's own shows; nothing is kept
 * POST /v1/console/sites/{id}/prompts            { step, text, help, evidence, fit, position } → Prompt   owner, admin
 * GET  /v1/console/sites/{id}/prompts/{pid}/versions → { current: PromptVersion, versions: PromptVersion[] }   latest first
 * POST /v1/console/sites/{id}/prompts/order      { ids } → { prompts: Prompt[] }   owner, admin
 * PUT  /v1/console/sites/{id}/prompts/{pid}      the same → Prompt
 * DELETE /v1/console/sites/{id}/prompts/{pid}
 * POST /v1/console/sites/{id}/when             { text, zone, at? } → { found: Commitment[] }   what a reply commits to; nothing is kept
 * GET  /v1/console/sites/{id}/templates          → { templates: Template[] }
 * POST /v1/console/sites/{id}/templates          { title, shortcut, body, steps, fit?, scope, team_id?, files? } → Template   files: ids, absent: as they are
 * PUT  /v1/console/sites/{id}/templates/{tid}    the same → Template
 * DELETE /v1/console/sites/{id}/templates/{tid}
 * GET  /v1/console/sites/{id}/templates/{tid}/versions → { current: TemplateVersion, versions: TemplateVersion[] }   latest first
 * GET  /v1/console/sites/{id}/answers            → { answers: Answer[] }
 * POST /v1/console/sites/{id}/answers            { title, shortcut, text, link, words, pages, quick } → Answer   owner, admin
 * PUT  /v1/console/sites/{id}/answers/{aid}      the same → Answer
 * POST /v1/console/sites/{id}/answers/order      { ids } → { answers: Answer[] }
 * GET  /v1/console/sites/{id}/answers/uses       → AnswerUses
 * DELETE /v1/console/sites/{id}/answers/{aid}
 * GET  /v1/console/sites/{id}/standards          → { standards: Standard[] }
 * POST /v1/console/sites/{id}/standards          { text, why, shown, steps, position } → Standard   owner, admin
 * POST /v1/console/sites/{id}/standards/order    { ids } → { standards: Standard[] }   owner, admin
 * PUT  /v1/console/sites/{id}/standards/{nid}    the same → Standard
 * DELETE /v1/console/sites/{id}/standards/{nid}
 * POST /v1/console/conversations/{id}/grants     { client_id, kind, amount, reason, note? } → Grant   within one's limits
 * POST /v1/console/conversations/{id}/grants/ask the same → Grant             asks who is there
 * GET  /v1/console/grants?site=ID                → { grants: Grant[] }        what waits, oldest first
 * POST /v1/console/grants/{id}/decide            { yes, words? } → Grant      supervisors and above
 * POST /v1/console/grants/{id}/withdraw          → Grant                      one's own question
 * POST /v1/console/grants/{id}/promise           { client_id, text, due_at, zone? } → Grant   what nobody answered
 * GET  /v1/console/sites/{id}/authority          → Authority
 * PUT  /v1/console/sites/{id}/authority          { version, currency, kinds, limits, answer_within } → Authority   owner, admin
 * POST /v1/console/sites/{id}/authority/agree    { version } → Authority
 * POST /v1/console/sites/{id}/authority/wishes   { text } → LimitWish
 * POST /v1/console/sites/{id}/authority/wishes/{wid}/settle                    owner, admin
 * GET  /v1/console/sites/{id}/authority/totals?month=2026-11 → { totals: GrantTotal[] }
 * GET  /v1/console/sites/{id}/guide?as=json|csv  → { name, text }             owner, admin: all of it as a file
 * POST /v1/console/sites/{id}/guide              { as, text } → Landed        brings a file in
 * POST /v1/console/sites/{id}/guide/starter      { trade } → Landed           adds what the site lacks
 */
export interface Me {
  agent: Agent;
  csrf: string;
  /** This browser speaks plain http to something that is not this machine. */
  insecure: boolean;
  sites: Site[];
  /** What their role allows. */
  may: Permission[];
  /** Their role takes a second step, which they have to set up before anything else; absent for no. */
  second_step_unset?: boolean;
  /** Nobody else may sign in here. */
  solo: boolean;
  /** What they are not called for; absent for nothing. */
  mutes?: Mute[];
}
export interface Agent extends AgentCard {
  email: string;
  role: Role;
  disabled: boolean;
  /** Trained for complaints; absent for no. */
  complaints?: boolean;
  /** Absent where everything is as usual. */
  work?: Work;
  /** Signs in with a second step; absent for no. */
  second_step?: boolean;
  created_at: number;
  /** Stands now; absent for none. Only in the list of agents. */
  absence?: Absence;
}
export interface AgentSession {
  id: string;
  current: boolean;
  user_agent: string;
  ip: string;
  created_at: number;
  seen_at: number;
}
export interface Invitation {
  id: string;
  email: string;
  role: Role;
  /** Ids of the teams that they will be in; absent for none. */
  teams?: string[];
  expires_at: number;
  /** Only in the answer to its creation. */
  link?: string;
}
export interface SiteSettings {
  name: string;
  color: string;
  position: "right" | "left";
  greeting: string;
  reply_note: string;
  /** Origins such as "https://shop.example" or "https://*.shop.example". */
  allowed_origins: string[];
  track_pages: boolean;
  /** Visitors may not send files; absent for they may. */
  no_files?: boolean;
  /** Customers may not have conversations sent to them by e-mail. */
  no_transcripts?: boolean;
  /** The server opens the pages of links to show their titles; absent for it does not. */
  link_previews?: boolean;
  /** Its button is gone, and nobody new may write. */
  disabled?: boolean;
  start?: Start;
  trade: Trade;
  facts: Facts;
  /** Causes of complaints beside those that every site has; absent for none. */
  root_causes?: string[];
  /** Words of the house that customers do not use, and how they read plainly ("" where there is no one word). */
  jargon?: { word: string; plain: string }[];
  after: After;
  /** What customers are told about a delay, where it is not our own words; absent for none. */
  late?: LateWords[];
  /** When it is open; absent where none are kept: always. */
  hours?: Hours;
  routing: Routing;
  /** Absent where nobody has ever said. */
  handover?: HandoverRules;
  /** Absent: everybody may write. */
  identity?: IdentityRules;
  look: Look;
  form: SiteForm;
  /** What it says and does by itself while one side waits; absent where nobody has ever said. */
  waiting?: WaitRules;
  /** What is seen of those who only look around; absent where nobody has ever said. */
  visitors?: VisitorRules;
  /** How long closed conversations are kept; absent where nobody has ever said: for ever. */
  retention?: Retention;
  /** Rules that invite them; absent for none. */
  inviting?: Inviting;
  /** How supervisors look on; absent where nobody has ever said. */
  oversight?: Oversight;
}
/** What the site does by itself once a conversation is closed. */
export interface After {
  /** Customers who have left are asked by e-mail whether it is solved. */
  ask_by_mail: boolean;
  /** Working days after which they hear from their agent once more; 0 for never. */
  follow_up_days: number;
  /** What they hear then, with variables; what the template says, where one is chosen and still there. */
  follow_up_text: string;
  follow_up_template_id: string;
}
/** Which starter set a site began with. */
export type Trade = "shop" | "software" | "clinic";
/** What an owner tells once and templates say everywhere, as {{site.returns}} …; each may be "". */
export interface Facts {
  returns: string;
  delivery: string;
  price: string;
  phone: string;
  /** The words with which they say goodbye. */
  tone: string;
}
/** How the chat stands on a page, and what it says there in each language. */
export interface Look {
  /** From the launcher to its side of the page and from below, in CSS pixels. */
  side: number;
  bottom: number;
  launcher: "icon" | "label" | "hidden";
  icon: LauncherIcon;
  /** Words beside the launcher's picture, where it has them. */
  label: string;
  theme: "visitor" | "light" | "dark";
  /** Name of one of the site's pictures, or "". */
  picture: string;
  /** The languages that are offered, the one for everybody else first; none: all. */
  locales: string[];
  /** What is said in other languages; "" there: as the settings say it. */
  words: Record<string, LookWords>;
}
/** A site with settings that are not saved: its chat stands on url, for a frame of the console. */
export interface Preview {
  key: string;
  url: string;
}
export type LauncherIcon = "bubble" | "bubbles" | "question" | "heart" | "smile";
export interface LookWords {
  name: string;
  greeting: string;
  reply_note: string;
  label: string;
}

export interface Site extends SiteSettings {
  id: string;
  /** Public key, for data-site. */
  key: string;
  /** The script tag to paste. */
  snippet: string;
  identity_kid: string;
  identity_rotated_at: number;
  /** Whether customers who have left are written to: an SMTP server is set up. */
  mail: "ready" | "not_set_up";
  /** The demonstration shop shows it. */
  demo?: boolean;
  created_at: number;
  /** When it is open next, from one time to another, now included; absent where it keeps no hours. */
  opening?: [number, number][];
}
