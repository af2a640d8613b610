package console

import (
	"github.com/gofiber/fiber/v2"

	"rapport/hub/chat"
)

const apiPrefix = "/v1/console"

// who a caller must be: anyone, a member, or one whose role has this permission.
type who = chat.Permission

const (
	anyone who = "anyone" // nobody is asked for a session
	member who = "member" // whoever is signed in
	// entrant is a member who may yet have to set up the second step that their role takes.
	entrant who = "entrant"
)

// handler answers a call with what becomes the JSON body. me is nil where
// anyone may call.
type handler func(d *Door, c *fiber.Ctx, me *signedIn) (any, error)

type route struct {
	method, path string
	who          who
	rate         rate
	handle       handler
}

const (
	get   = fiber.MethodGet
	post  = fiber.MethodPost
	put   = fiber.MethodPut
	patch = fiber.MethodPatch
	del   = fiber.MethodDelete
)

// routes are all calls of the console: who may make them and how often. What a
// member may not do with a particular object stands in the handler.
var routes = []route{
	{post, "/setup", anyone, perLink, (*Door).setUp},
	{post, "/login", anyone, perLogin, (*Door).login},
	{post, "/logout", entrant, perRequest, (*Door).logout},
	{get, "/me", entrant, perRequest, (*Door).me},
	{patch, "/me", member, perRequest, (*Door).rename},
	{put, "/me/status", chat.AnswerCustomers, perRequest, (*Door).setStatus},
	{get, "/me/offers", chat.AnswerCustomers, perRequest, (*Door).offers},
	{post, "/me/password", member, perSecret, (*Door).changePassword},
	{get, "/me/second-step", entrant, perRequest, (*Door).secondStep},
	{post, "/me/second-step", entrant, perSecret, (*Door).beginSecondStep},
	{post, "/me/second-step/confirm", entrant, perSecret, (*Door).confirmSecondStep},
	{post, "/me/second-step/codes", member, perSecret, (*Door).renewRecoveryCodes},
	{post, "/me/second-step/off", member, perSecret, (*Door).turnOffSecondStep},
	{get, "/security", chat.ManagePeople, perRequest, (*Door).security},
	{put, "/security", chat.SetSecurity, perRequest, (*Door).setSecurity},
	{get, "/audit", chat.ReadAudit, perRequest, (*Door).auditLog},
	{get, "/audit/check", chat.ReadAudit, perCheck, (*Door).checkAudit},
	{get, "/me/sessions", member, perRequest, (*Door).listSessions},
	{del, "/me/sessions", member, perRequest, (*Door).endSessions},
	{del, "/me/sessions/:id", member, perRequest, (*Door).endSession},

	{get, "/me/reach", chat.AnswerCustomers, perRequest, (*Door).reach},
	{put, "/me/reach", chat.AnswerCustomers, perRequest, (*Door).setReach},
	{post, "/me/reach/devices", chat.AnswerCustomers, perRequest, (*Door).addPushDevice},
	{del, "/me/reach/devices/:id", chat.AnswerCustomers, perRequest, (*Door).deletePushDevice},

	{get, "/agents", member, perRequest, (*Door).listAgents},
	{patch, "/agents/:id", chat.ManagePeople, perRequest, (*Door).changeAgent},
	{get, "/agents/:id/absence", member, perRequest, (*Door).absence},
	{put, "/agents/:id/absence", member, perRequest, (*Door).setAbsence},
	{del, "/agents/:id/absence", member, perRequest, (*Door).endAbsence},
	{get, "/roles", member, perRequest, (*Door).listRoles},
	{post, "/roles", chat.ManagePeople, perRequest, (*Door).addRole},
	{put, "/roles/:id", chat.ManagePeople, perRequest, (*Door).changeRole},
	{del, "/roles/:id", chat.ManagePeople, perRequest, (*Door).deleteRole},
	{get, "/teams", member, perRequest, (*Door).listTeams},
	{post, "/teams", chat.ManagePeople, perRequest, (*Door).addTeam},
	{put, "/teams/:id", chat.ManagePeople, perRequest, (*Door).changeTeam},
	{del, "/teams/:id", chat.ManagePeople, perRequest, (*Door).deleteTeam},
	{get, "/agents/:id/sessions", chat.ManagePeople, perRequest, (*Door).listSessionsOf},
	{del, "/agents/:id/sessions", chat.ManagePeople, perRequest, (*Door).endSessionsOf},
	{del, "/agents/:id/second-step", chat.ManagePeople, perRequest, (*Door).resetSecondStep},
	{post, "/invitations", chat.ManagePeople, perRequest, (*Door).invite},
	{del, "/invitations/:id", chat.ManagePeople, perRequest, (*Door).withdraw},
	{post, "/invitations/look", anyone, perLink, (*Door).lookAtInvitation},
	{post, "/invitations/accept", anyone, perLink, (*Door).accept},

	{get, "/conversations", chat.ReadConversations, perRequest, (*Door).list},
	{get, "/conversations/:id", chat.ReadConversations, perRequest, (*Door).view},
	{get, "/conversations/:id/messages", chat.ReadConversations, perRequest, (*Door).history},
	{post, "/conversations/:id/messages", chat.AnswerCustomers, perMessage, (*Door).say},
	{post, "/conversations/:id/take", chat.AnswerCustomers, perRequest, (*Door).take},
	{post, "/conversations/:id/release", chat.AnswerCustomers, perRequest, (*Door).release},
	{post, "/conversations/:id/decline", chat.AnswerCustomers, perRequest, (*Door).decline},
	{get, "/conversations/:id/handover", chat.AnswerCustomers, perRequest, (*Door).whoCouldCarryOn},
	{post, "/conversations/:id/handover", chat.AnswerCustomers, perMessage, (*Door).handOver},
	{del, "/conversations/:id/handover", chat.AnswerCustomers, perRequest, (*Door).recall},
	{post, "/conversations/:id/handover/promise", chat.AnswerCustomers, perRequest, (*Door).promiseAnswer},
	{get, "/conversations/:id/unite", chat.AnswerCustomers, perRequest, (*Door).couldUnite},
	{post, "/conversations/:id/unite", chat.AnswerCustomers, perRequest, (*Door).unite},
	{post, "/conversations/:id/split", chat.AnswerCustomers, perRequest, (*Door).split},
	{post, "/conversations/:id/consults", chat.AnswerCustomers, perMessage, (*Door).consult},
	{get, "/consults", chat.AnswerCustomers, perRequest, (*Door).consults},
	{get, "/conversations/:id/consults", chat.AnswerCustomers, perRequest, (*Door).openConsults},
	{post, "/consults/:id/answer", chat.AnswerCustomers, perMessage, (*Door).answerConsult},
	{del, "/consults/:id", chat.AnswerCustomers, perRequest, (*Door).dropConsult},
	{post, "/conversations/:id/guests", chat.AnswerCustomers, perMessage, (*Door).askGuest},
	{post, "/conversations/:id/guests/join", chat.AnswerCustomers, perRequest, (*Door).joinAsGuest},
	{del, "/conversations/:id/guests/:guest", chat.AnswerCustomers, perRequest, (*Door).endVisit},
	{post, "/conversations/:id/whispers", chat.TakeOver, perMessage, (*Door).whisper},
	{post, "/conversations/:id/move", chat.TakeOver, perMessage, (*Door).move},
	{post, "/conversations/:id/close", chat.AnswerCustomers, perRequest, (*Door).close},
	{post, "/conversations/:id/reopen", chat.AnswerCustomers, perRequest, (*Door).reopen},
	{post, "/conversations/:id/give", chat.AnswerCustomers, perRequest, (*Door).give},
	{put, "/conversations/:id/snooze", chat.AnswerCustomers, perRequest, (*Door).snooze},
	{del, "/conversations/:id/snooze", chat.AnswerCustomers, perRequest, (*Door).wake},
	{put, "/conversations/:id/unread", chat.AnswerCustomers, perRequest, (*Door).putBack},
	{put, "/conversations/:id/public", chat.AnswerCustomers, perRequest, (*Door).markPublic},
	{post, "/conversations/:id/transcript", chat.AnswerCustomers, perMessage, (*Door).sendTranscript},
	{get, "/mentions", chat.ReadConversations, perRequest, (*Door).unreadMentions},
	{post, "/conversations/:id/mentions/read", chat.ReadConversations, perRequest, (*Door).readMentions},
	{post, "/conversations/:id/tags", chat.AnswerCustomers, perRequest, (*Door).addTag},
	{del, "/conversations/:id/tags/:tag", chat.AnswerCustomers, perRequest, (*Door).removeTag},
	{post, "/conversations/:id/step", chat.AnswerCustomers, perRequest, (*Door).moveStep},
	{post, "/conversations/:id/prompts/:key", chat.AnswerCustomers, perRequest, (*Door).tickPrompt},
	{post, "/conversations/:id/undo", chat.AnswerCustomers, perRequest, (*Door).undo},
	{post, "/conversations/:id/matter", chat.AnswerCustomers, perRequest, (*Door).correctMatter},
	{get, "/conversations/:id/matters", chat.ReadConversations, perRequest, (*Door).listMatters},
	{post, "/conversations/:id/matters", chat.AnswerCustomers, perRequest, (*Door).openMatter},
	{post, "/conversations/:id/matters/:matter/turn", chat.AnswerCustomers, perRequest, (*Door).turnMatter},
	{post, "/conversations/:id/matters/:matter/drop", chat.AnswerCustomers, perRequest, (*Door).dropMatter},
	{post, "/conversations/:id/messages/:message/matter", chat.AnswerCustomers, perRequest, (*Door).fileMessage},
	{post, "/conversations/:id/cards", chat.AnswerCustomers, perMessage, (*Door).sendCard},
	{post, "/conversations/:id/cards/:card/withdraw", chat.AnswerCustomers, perRequest, (*Door).withdrawCard},
	{post, "/conversations/:id/cards/:card/yes", chat.AnswerCustomers, perRequest, (*Door).noteYes},
	{post, "/conversations/:id/promises", chat.AnswerCustomers, perMessage, (*Door).makePromise},
	{post, "/conversations/:id/complaint", chat.AnswerCustomers, perRequest, (*Door).openComplaint},
	{patch, "/conversations/:id/complaint", chat.AnswerCustomers, perRequest, (*Door).recordComplaint},
	{post, "/conversations/:id/complaint/stages/:stage", chat.AnswerCustomers, perRequest, (*Door).stageComplaint},
	{post, "/conversations/:id/complaint/drop", chat.AnswerCustomers, perRequest, (*Door).dropComplaint},
	{post, "/conversations/:id/delays/:delay/tell", chat.AnswerCustomers, perMessage, (*Door).tellDelay},
	{post, "/conversations/:id/delays/:delay/drop", chat.AnswerCustomers, perRequest, (*Door).dropDelay},
	{put, "/conversations/:id/draft", chat.AnswerCustomers, perRequest, (*Door).saveDraft},
	{get, "/conversations/:id/follow-up", chat.ReadConversations, perRequest, (*Door).followUp},
	{put, "/conversations/:id/follow-up", chat.AnswerCustomers, perRequest, (*Door).planFollowUp},
	{get, "/conversations/:id/closing", chat.ReadConversations, perRequest, (*Door).closing},
	{get, "/follow-ups", chat.ReadConversations, perRequest, (*Door).heldFollowUps},
	{del, "/conversations/:id/follow-up", chat.AnswerCustomers, perRequest, (*Door).dropFollowUp},

	{post, "/files", chat.AnswerCustomers, perUpload, (*Door).upload},
	{get, "/files", chat.ReadConversations, perRequest, (*Door).fileLinks},

	{get, "/visitors", chat.ReadConversations, perRequest, (*Door).listVisitors},
	{post, "/visitors/:id/invitation", chat.AnswerCustomers, perMessage, (*Door).inviteVisitor},
	{get, "/visitors/:id", chat.ReadConversations, perRequest, (*Door).showVisitor},

	{get, "/board", chat.ReadReports, perRequest, (*Door).board},
	{get, "/board/figures", chat.ReadReports, perRequest, (*Door).figures},
	{get, "/board/handovers", chat.ReadReports, perRequest, (*Door).handovers},
	{get, "/board/rows", chat.TakeOver, perRequest, (*Door).boardHands},
	{get, "/complaints", chat.OverseeComplaints, perRequest, (*Door).complaints},
	{get, "/promises", chat.ReadConversations, perRequest, (*Door).ledger},
	{get, "/promises/:id/calendar", chat.ReadConversations, perRequest, (*Door).calendar},
	{post, "/promises/:id/keep", chat.AnswerCustomers, perMessage, (*Door).keepPromise},
	{post, "/promises/:id/move", chat.AnswerCustomers, perMessage, (*Door).movePromise},
	{post, "/promises/:id/drop", chat.AnswerCustomers, perMessage, (*Door).dropPromise},
	{post, "/promises/:id/hand", chat.AnswerCustomers, perRequest, (*Door).handPromise},

	{post, "/conversations/:id/grants", chat.GiveGrants, perMessage, (*Door).giveGrant},
	{post, "/conversations/:id/grants/ask", chat.GiveGrants, perMessage, (*Door).askGrant},
	{get, "/grants", chat.ReadConversations, perRequest, (*Door).listGrants},
	{post, "/grants/:id/decide", chat.DecideGrants, perRequest, (*Door).decideGrant},
	{post, "/grants/:id/withdraw", chat.GiveGrants, perRequest, (*Door).withdrawGrant},
	{post, "/grants/:id/promise", chat.GiveGrants, perMessage, (*Door).promiseGrant},

	{get, "/search", chat.ReadConversations, perSearch, (*Door).search},
	{get, "/people", chat.ReadConversations, perSearch, (*Door).findPeople},
	{get, "/views", chat.ReadConversations, perRequest, (*Door).listViews},
	{post, "/views", chat.ReadConversations, perRequest, (*Door).addView},
	{post, "/views/order", chat.ReadConversations, perRequest, (*Door).orderViews},
	{put, "/views/:vid", chat.ReadConversations, perRequest, (*Door).changeView},
	{del, "/views/:vid", chat.ReadConversations, perRequest, (*Door).deleteView},
	{patch, "/people/:id", chat.ChangePeople, perRequest, (*Door).changePerson},
	{post, "/people/:id/erase", chat.ErasePeople, perRequest, (*Door).erasePerson},
	{get, "/people/:id/same", chat.MergePeople, perSearch, (*Door).findSame},
	{get, "/people/:id/same/:other", chat.MergePeople, perRequest, (*Door).compareSame},
	{post, "/people/:id/same/:other", chat.MergePeople, perRequest, (*Door).mergePeople},
	{del, "/people/:id/merges/:merge", chat.MergePeople, perRequest, (*Door).unmergePeople},
	{post, "/people/:id/entries", chat.AnswerCustomers, perMessage, (*Door).enterByHand},
	{post, "/people/:id/notes", chat.ChangePeople, perRequest, (*Door).addNote},
	{del, "/people/:id/notes/:note", chat.ChangePeople, perRequest, (*Door).deleteNote},

	{get, "/sites", member, perRequest, (*Door).listSites},
	{post, "/sites", chat.ChangeSite, perRequest, (*Door).addSite},
	{patch, "/sites/:id", chat.ChangeSite, perRequest, (*Door).changeSite},
	{get, "/sites/:id/retention", chat.ChangeSite, perRequest, (*Door).retention},
	{get, "/sites/:id/imports", chat.ChangeSite, perRequest, (*Door).listImports},
	{post, "/sites/:id/imports", chat.ChangeSite, perUpload, (*Door).bringIn},
	{get, "/sites/:id/imports/example", chat.ChangeSite, perRequest, (*Door).importExample},
	{del, "/sites/:id/imports/:imp", chat.ChangeSite, perRequest, (*Door).undoImport},
	{get, "/sites/:id/places", chat.ChangeSite, perRequest, (*Door).places},
	{post, "/sites/:id/preview", chat.ChangeSite, perRequest, (*Door).previewSite},
	{post, "/sites/:id/inviting/try", chat.ChangeSite, perRequest, (*Door).tryRule},
	{post, "/sites/:id/picture", chat.ChangeSite, perUpload, (*Door).addPicture},
	{get, "/sites/:id/inviting/results", chat.ChangeSite, perRequest, (*Door).inviteResults},
	{post, "/sites/:id/waiting/preview", chat.ChangeSite, perRequest, (*Door).previewWords},
	{get, "/holidays", member, perRequest, (*Door).holidays},
	{get, "/sites/:id/identity-secret", chat.ManageKeys, perRequest, (*Door).identitySecrets},
	{post, "/sites/:id/identity-secret", chat.ManageKeys, perRequest, (*Door).rotateSecret},
	{del, "/sites/:id/identity-secret/:kid", chat.ManageKeys, perRequest, (*Door).endSecret},
	{post, "/sites/:id/identity-secret/try", chat.ManageKeys, perToken, (*Door).tryIdentity},
	{post, "/sites/:id/identity-secret/sample", chat.ManageKeys, perToken, (*Door).sampleIdentity},
	{get, "/sites/:id/api-keys", chat.ManageKeys, perRequest, (*Door).listAPIKeys},
	{post, "/sites/:id/api-keys", chat.ManageKeys, perRequest, (*Door).makeAPIKey},
	{del, "/sites/:id/api-keys/:kid", chat.ManageKeys, perRequest, (*Door).revokeAPIKey},
	{get, "/rules", member, perRequest, (*Door).listRules},
	{post, "/rules/try", member, perRequest, (*Door).tryRules},
	{get, "/sites/:id/prompts", member, perRequest, (*Door).listPrompts},
	{post, "/sites/:id/prompts", chat.ChangeGuide, perRequest, (*Door).addPrompt},
	{get, "/sites/:id/prompts/:pid/versions", member, perRequest, (*Door).listPromptVersions},
	{post, "/sites/:id/prompts/order", chat.ChangeGuide, perRequest, (*Door).orderPrompts},
	{put, "/sites/:id/prompts/:pid", chat.ChangeGuide, perRequest, (*Door).changePrompt},
	{del, "/sites/:id/prompts/:pid", chat.ChangeGuide, perRequest, (*Door).deletePrompt},
	{post, "/sites/:id/when", member, perRequest, (*Door).findCommitments},
	{post, "/sites/:id/wake", chat.AnswerCustomers, perRequest, (*Door).readWake},
	{get, "/sites/:id/tags", member, perRequest, (*Door).listTags},
	{patch, "/sites/:id/tags/:tag", chat.KeepTags, perRequest, (*Door).renameTag},
	{post, "/sites/:id/tags/:tag/merge", chat.KeepTags, perRequest, (*Door).mergeTag},
	{del, "/sites/:id/tags/:tag", chat.KeepTags, perRequest, (*Door).deleteTag},
	{get, "/sites/:id/templates", member, perRequest, (*Door).listTemplates},
	{post, "/sites/:id/templates", chat.OwnTemplates, perRequest, (*Door).addTemplate},
	{put, "/sites/:id/templates/:tid", chat.OwnTemplates, perRequest, (*Door).changeTemplate},
	{del, "/sites/:id/templates/:tid", chat.OwnTemplates, perRequest, (*Door).deleteTemplate},
	{get, "/sites/:id/templates/:tid/versions", member, perRequest, (*Door).listVersions},
	{get, "/sites/:id/answers", member, perRequest, (*Door).listAnswers},
	{post, "/sites/:id/answers", chat.ChangeGuide, perRequest, (*Door).addAnswer},
	{get, "/sites/:id/answers/uses", member, perRequest, (*Door).answerUses},
	{post, "/sites/:id/answers/order", chat.ChangeGuide, perRequest, (*Door).orderAnswers},
	{put, "/sites/:id/answers/:aid", chat.ChangeGuide, perRequest, (*Door).changeAnswer},
	{del, "/sites/:id/answers/:aid", chat.ChangeGuide, perRequest, (*Door).deleteAnswer},
	{get, "/sites/:id/standards", member, perRequest, (*Door).listStandards},
	{post, "/sites/:id/standards", chat.ChangeGuide, perRequest, (*Door).addStandard},
	{post, "/sites/:id/standards/order", chat.ChangeGuide, perRequest, (*Door).orderStandards},
	{put, "/sites/:id/standards/:nid", chat.ChangeGuide, perRequest, (*Door).changeStandard},
	{del, "/sites/:id/standards/:nid", chat.ChangeGuide, perRequest, (*Door).deleteStandard},
	{get, "/sites/:id/authority", member, perRequest, (*Door).authority},
	{put, "/sites/:id/authority", chat.SetAuthority, perRequest, (*Door).setAuthority},
	{post, "/sites/:id/authority/agree", chat.GiveGrants, perRequest, (*Door).agreeLimits},
	{post, "/sites/:id/authority/wishes", chat.GiveGrants, perRequest, (*Door).wishLimits},
	{post, "/sites/:id/authority/wishes/:wid/settle", chat.SetAuthority, perRequest, (*Door).settleWish},
	{get, "/sites/:id/authority/totals", member, perRequest, (*Door).grantTotals},
	{get, "/sites/:id/guide", chat.ChangeGuide, perRequest, (*Door).exportGuide},
	{post, "/sites/:id/guide", chat.ChangeGuide, perRequest, (*Door).importGuide},
	{post, "/sites/:id/guide/starter", chat.ChangeGuide, perRequest, (*Door).addStarter},
}
