package console

import (
	"github.com/gofiber/fiber/v2"

	"rapport/hub/chat"
)

const apiPrefix = "/v1/console"

// who is the least that a caller must be.
type who string

const (
	anyone     who = "anyone" // nobody is asked for a session
	agent          = who(chat.AgentRole)
	supervisor     = who(chat.Supervisor)
	admin          = who(chat.Admin)
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
// role may not do with a particular object stands in the handler.
var routes = []route{
	{post, "/setup", anyone, perLink, (*Door).setUp},
	{post, "/login", anyone, perLogin, (*Door).login},
	{post, "/logout", agent, perRequest, (*Door).logout},
	{get, "/me", agent, perRequest, (*Door).me},
	{patch, "/me", agent, perRequest, (*Door).rename},
	{post, "/me/password", agent, perSecret, (*Door).changePassword},
	{put, "/me/status", agent, perRequest, (*Door).setStatus},
	{get, "/me/sessions", agent, perRequest, (*Door).listSessions},
	{del, "/me/sessions", agent, perRequest, (*Door).endSessions},
	{del, "/me/sessions/:id", agent, perRequest, (*Door).endSession},

	{get, "/agents", agent, perRequest, (*Door).listAgents},
	{patch, "/agents/:id", admin, perRequest, (*Door).changeAgent},
	{get, "/agents/:id/absence", agent, perRequest, (*Door).absence},
	{put, "/agents/:id/absence", agent, perRequest, (*Door).setAbsence},
	{del, "/agents/:id/absence", agent, perRequest, (*Door).endAbsence},
	{get, "/teams", agent, perRequest, (*Door).listTeams},
	{post, "/teams", admin, perRequest, (*Door).addTeam},
	{put, "/teams/:id", admin, perRequest, (*Door).changeTeam},
	{del, "/teams/:id", admin, perRequest, (*Door).deleteTeam},
	{post, "/invitations", admin, perRequest, (*Door).invite},
	{del, "/invitations/:id", admin, perRequest, (*Door).withdraw},
	{post, "/invitations/look", anyone, perLink, (*Door).lookAtInvitation},
	{post, "/invitations/accept", anyone, perLink, (*Door).accept},

	{get, "/conversations", agent, perRequest, (*Door).list},
	{get, "/conversations/:id", agent, perRequest, (*Door).view},
	{get, "/conversations/:id/messages", agent, perRequest, (*Door).history},
	{post, "/conversations/:id/messages", agent, perMessage, (*Door).say},
	{post, "/conversations/:id/take", agent, perRequest, (*Door).take},
	{post, "/conversations/:id/release", agent, perRequest, (*Door).release},
	{post, "/conversations/:id/close", agent, perRequest, (*Door).close},
	{post, "/conversations/:id/reopen", agent, perRequest, (*Door).reopen},
	{post, "/conversations/:id/step", agent, perRequest, (*Door).moveStep},
	{post, "/conversations/:id/prompts/:key", agent, perRequest, (*Door).tickPrompt},
	{post, "/conversations/:id/undo", agent, perRequest, (*Door).undo},
	{post, "/conversations/:id/matter", agent, perRequest, (*Door).correctMatter},
	{get, "/conversations/:id/matters", agent, perRequest, (*Door).listMatters},
	{post, "/conversations/:id/matters", agent, perRequest, (*Door).openMatter},
	{post, "/conversations/:id/matters/:matter/turn", agent, perRequest, (*Door).turnMatter},
	{post, "/conversations/:id/matters/:matter/drop", agent, perRequest, (*Door).dropMatter},
	{post, "/conversations/:id/messages/:message/matter", agent, perRequest, (*Door).fileMessage},
	{post, "/conversations/:id/cards", agent, perMessage, (*Door).sendCard},
	{post, "/conversations/:id/cards/:card/withdraw", agent, perRequest, (*Door).withdrawCard},
	{post, "/conversations/:id/cards/:card/yes", agent, perRequest, (*Door).noteYes},
	{post, "/conversations/:id/promises", agent, perMessage, (*Door).makePromise},
	{post, "/conversations/:id/complaint", agent, perRequest, (*Door).openComplaint},
	{patch, "/conversations/:id/complaint", agent, perRequest, (*Door).recordComplaint},
	{post, "/conversations/:id/complaint/stages/:stage", agent, perRequest, (*Door).stageComplaint},
	{post, "/conversations/:id/complaint/drop", agent, perRequest, (*Door).dropComplaint},
	{post, "/conversations/:id/delays/:delay/tell", agent, perMessage, (*Door).tellDelay},
	{post, "/conversations/:id/delays/:delay/drop", agent, perRequest, (*Door).dropDelay},
	{put, "/conversations/:id/draft", agent, perRequest, (*Door).saveDraft},
	{get, "/conversations/:id/follow-up", agent, perRequest, (*Door).followUp},
	{put, "/conversations/:id/follow-up", agent, perRequest, (*Door).planFollowUp},
	{get, "/conversations/:id/closing", agent, perRequest, (*Door).closing},
	{get, "/follow-ups", agent, perRequest, (*Door).heldFollowUps},
	{del, "/conversations/:id/follow-up", agent, perRequest, (*Door).dropFollowUp},

	{post, "/files", agent, perUpload, (*Door).upload},
	{get, "/files", agent, perRequest, (*Door).fileLinks},

	{get, "/complaints", supervisor, perRequest, (*Door).complaints},
	{get, "/promises", agent, perRequest, (*Door).ledger},
	{post, "/promises/:id/keep", agent, perMessage, (*Door).keepPromise},
	{post, "/promises/:id/move", agent, perMessage, (*Door).movePromise},
	{post, "/promises/:id/drop", agent, perMessage, (*Door).dropPromise},
	{post, "/promises/:id/hand", agent, perRequest, (*Door).handPromise},

	{post, "/conversations/:id/grants", agent, perMessage, (*Door).giveGrant},
	{post, "/conversations/:id/grants/ask", agent, perMessage, (*Door).askGrant},
	{get, "/grants", agent, perRequest, (*Door).listGrants},
	{post, "/grants/:id/decide", supervisor, perRequest, (*Door).decideGrant},
	{post, "/grants/:id/withdraw", agent, perRequest, (*Door).withdrawGrant},
	{post, "/grants/:id/promise", agent, perMessage, (*Door).promiseGrant},

	{patch, "/people/:id", agent, perRequest, (*Door).changePerson},
	{post, "/people/:id/notes", agent, perRequest, (*Door).addNote},
	{del, "/people/:id/notes/:note", agent, perRequest, (*Door).deleteNote},

	{get, "/sites", agent, perRequest, (*Door).listSites},
	{patch, "/sites/:id", admin, perRequest, (*Door).changeSite},
	{post, "/sites/:id/identity-secret", admin, perRequest, (*Door).rotateSecret},
	{get, "/sites/:id/api-keys", admin, perRequest, (*Door).listAPIKeys},
	{post, "/sites/:id/api-keys", admin, perRequest, (*Door).makeAPIKey},
	{del, "/sites/:id/api-keys/:kid", admin, perRequest, (*Door).revokeAPIKey},
	{get, "/rules", agent, perRequest, (*Door).listRules},
	{post, "/rules/try", agent, perRequest, (*Door).tryRules},
	{get, "/sites/:id/prompts", agent, perRequest, (*Door).listPrompts},
	{post, "/sites/:id/prompts", admin, perRequest, (*Door).addPrompt},
	{get, "/sites/:id/prompts/:pid/versions", agent, perRequest, (*Door).listPromptVersions},
	{post, "/sites/:id/prompts/order", admin, perRequest, (*Door).orderPrompts},
	{put, "/sites/:id/prompts/:pid", admin, perRequest, (*Door).changePrompt},
	{del, "/sites/:id/prompts/:pid", admin, perRequest, (*Door).deletePrompt},
	{post, "/sites/:id/when", agent, perRequest, (*Door).findCommitments},
	{get, "/sites/:id/templates", agent, perRequest, (*Door).listTemplates},
	{post, "/sites/:id/templates", agent, perRequest, (*Door).addTemplate},
	{put, "/sites/:id/templates/:tid", agent, perRequest, (*Door).changeTemplate},
	{del, "/sites/:id/templates/:tid", agent, perRequest, (*Door).deleteTemplate},
	{get, "/sites/:id/templates/:tid/versions", agent, perRequest, (*Door).listVersions},
	{get, "/sites/:id/answers", agent, perRequest, (*Door).listAnswers},
	{post, "/sites/:id/answers", admin, perRequest, (*Door).addAnswer},
	{get, "/sites/:id/answers/uses", agent, perRequest, (*Door).answerUses},
	{post, "/sites/:id/answers/order", admin, perRequest, (*Door).orderAnswers},
	{put, "/sites/:id/answers/:aid", admin, perRequest, (*Door).changeAnswer},
	{del, "/sites/:id/answers/:aid", admin, perRequest, (*Door).deleteAnswer},
	{get, "/sites/:id/standards", agent, perRequest, (*Door).listStandards},
	{post, "/sites/:id/standards", admin, perRequest, (*Door).addStandard},
	{post, "/sites/:id/standards/order", admin, perRequest, (*Door).orderStandards},
	{put, "/sites/:id/standards/:nid", admin, perRequest, (*Door).changeStandard},
	{del, "/sites/:id/standards/:nid", admin, perRequest, (*Door).deleteStandard},
	{get, "/sites/:id/authority", agent, perRequest, (*Door).authority},
	{put, "/sites/:id/authority", admin, perRequest, (*Door).setAuthority},
	{post, "/sites/:id/authority/agree", agent, perRequest, (*Door).agreeLimits},
	{post, "/sites/:id/authority/wishes", agent, perRequest, (*Door).wishLimits},
	{post, "/sites/:id/authority/wishes/:wid/settle", admin, perRequest, (*Door).settleWish},
	{get, "/sites/:id/authority/totals", agent, perRequest, (*Door).grantTotals},
	{get, "/sites/:id/guide", admin, perRequest, (*Door).exportGuide},
	{post, "/sites/:id/guide", admin, perRequest, (*Door).importGuide},
	{post, "/sites/:id/guide/starter", admin, perRequest, (*Door).addStarter},
}
