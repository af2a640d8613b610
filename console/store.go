package console

import (
	"context"

	"rapport/hub/chat"
	"rapport/storage"
)

// Store is what this door needs of the database beside the desk.
type Store interface {
	people
	threads
	guides
	authorities
	finds

	Epoch() string
	Settle(ctx context.Context) (done func(), err error)
	AuditChange(ctx context.Context, e chat.AuditEntry) error
	AuditPage(ctx context.Context, p storage.AuditPage) (list []chat.AuditEntry, more bool, err error)
	CheckAudit(ctx context.Context) (good int64, err error)
}

// people are agents, their roles, teams, sessions and invitations, and customers.
type people interface {
	Agent(ctx context.Context, id string) (*chat.Agent, error)
	AgentByEmail(ctx context.Context, email string) (*chat.Agent, error)
	Agents(ctx context.Context) ([]chat.Agent, error)
	Absences(ctx context.Context, now chat.Time) ([]chat.Absence, error)
	LatestAbsence(ctx context.Context, agentID string) (*chat.Absence, error)
	AgentStatus(ctx context.Context, agentID string) (*chat.AgentStatus, error)
	SaveAgentStatus(ctx context.Context, a *chat.AgentStatus) error
	Teams(ctx context.Context) ([]chat.Team, error)
	Team(ctx context.Context, id string) (*chat.Team, error)
	TeamsOf(ctx context.Context, agentID string) ([]string, error)
	InsertTeam(ctx context.Context, v *chat.Team) error
	SaveTeam(ctx context.Context, v *chat.Team, was []string) error
	DeleteTeam(ctx context.Context, id string) error
	Roles(ctx context.Context) ([]chat.OwnRole, error)
	Role(ctx context.Context, id string) (*chat.OwnRole, error)
	InsertRole(ctx context.Context, v *chat.OwnRole) error
	SaveRole(ctx context.Context, v *chat.OwnRole) (ended []string, err error)
	DeleteRole(ctx context.Context, id string) error
	SecondStep(ctx context.Context, agentID string) (*chat.SecondStep, error)
	BeginSecondStep(ctx context.Context, agentID, secret string) error
	TurnOnSecondStep(ctx context.Context, agentID, secret string, step int64, hashes []string, keep string) (ended []string, err error)
	TurnOffSecondStep(ctx context.Context, agentID, keep string, lines ...chat.AuditEntry) (ended []string, err error)
	UseSecondStep(ctx context.Context, agentID string, step int64) (bool, error)
	MissCode(ctx context.Context, agentID string) error
	UseRecoveryCode(ctx context.Context, agentID, hash string) (bool, error)
	SaveRecoveryCodes(ctx context.Context, agentID string, hashes []string) error
	SecondStepRoles(ctx context.Context) ([]chat.Role, error)
	SaveSecondStepRoles(ctx context.Context, roles []chat.Role) (ended []string, err error)
	Reach(ctx context.Context, agentID string) (*chat.Reach, error)
	SaveReach(ctx context.Context, r *chat.Reach) error
	PushDevices(ctx context.Context, agentID string) ([]chat.PushDevice, error)
	SavePushDevice(ctx context.Context, d *chat.PushDevice) error
	DeletePushDevice(ctx context.Context, agentID, id string) error
	OwnerExists(ctx context.Context) (bool, error)
	SaveAgent(ctx context.Context, a *chat.Agent) error
	Rehash(ctx context.Context, agentID, proven, fresh string) (bool, error)

	Session(ctx context.Context, id string) (*chat.AgentSession, error)
	LiveSessions(ctx context.Context, agentID string) ([]chat.AgentSession, error)
	InsertSession(ctx context.Context, v *chat.AgentSession, proven chat.Proof) error
	ChangePassword(ctx context.Context, next *chat.AgentSession, asked, proven, hash string) (ended []string, err error)
	ConfirmSession(ctx context.Context, id string, generation int64) error
	RotateSession(ctx context.Context, id string, generation int64, expires chat.Time) (bool, error)
	RevokeSession(ctx context.Context, agentID, id string) error
	RevokeSessions(ctx context.Context, agentID, keep string) ([]string, error)

	Invitation(ctx context.Context, tokenHash string) (*chat.Invitation, error)
	Invitations(ctx context.Context) ([]chat.Invitation, error)
	InsertInvitation(ctx context.Context, v *chat.Invitation) error
	DeleteInvitation(ctx context.Context, id string) error
	AcceptInvitation(ctx context.Context, tokenHash string, a *chat.Agent, session *chat.AgentSession) error

	Person(ctx context.Context, id string) (*chat.Person, error)
	PersonNotes(ctx context.Context, personID string) ([]chat.PersonNote, error)
	PersonNote(ctx context.Context, personID, id string) (*chat.PersonNote, error)
	AddPersonNote(ctx context.Context, n *chat.PersonNote) error
	DeletePersonNote(ctx context.Context, personID, id string) error
	PageViews(ctx context.Context, personID string) ([]chat.PageView, error)

	Profile(ctx context.Context, id string) (*chat.Person, error)
	HasIdentity(ctx context.Context, personID string) (bool, error)
	SameAddress(ctx context.Context, p *chat.Person, limit int) ([]string, error)
	Merges(ctx context.Context, personID string, since chat.Time) ([]chat.Merge, error)
	LiveDevices(ctx context.Context, personID string) (int64, error)
}

// threads are conversations as the console shows them.
type threads interface {
	Rows(ctx context.Context, p storage.Page) (rows []chat.Row, next string, err error)
	RowByID(ctx context.Context, id string) (*chat.Row, error)
	Offers(ctx context.Context, conversationID string) ([]chat.Offer, error)
	Handing(ctx context.Context, conversationID, agentID string) (*chat.Handing, error)
	HeldCounts(ctx context.Context) (map[string]int64, error)
	Hands(ctx context.Context, siteID string) ([]chat.Hands, error)
	FactCounts(ctx context.Context, siteID, day string) ([]chat.FactCount, error)
	FactTimes(ctx context.Context, siteID, day string) ([]chat.FactTime, error)
	FactsSaid(ctx context.Context, siteID, day string) ([]chat.FactSaid, error)
	Unanswered(ctx context.Context, siteID, day string, limit int) (n int64, ids []string, err error)
	Unhappy(ctx context.Context, siteID, day string, limit int) ([]string, error)
	RelayCounts(ctx context.Context, siteID, day string) ([]chat.RelayCount, error)
	RelayWaits(ctx context.Context, siteID, day string) ([]chat.RelayWait, error)
	FarRelayed(ctx context.Context, siteID, day string, limit int) (n int64, ids []string, err error)
	RowsSince(ctx context.Context, siteID string, siteSeq int64) (rows []chat.Row, tooFar bool, err error)
	ErasedSince(ctx context.Context, siteID string, siteSeq int64) ([]string, error)
	PersonRows(ctx context.Context, personID string, limit int) ([]chat.Row, error)
	Counts(ctx context.Context, siteID, agentID string) (c chat.Counts, siteSeq int64, err error)
	WaitingFor(ctx context.Context, agentID string) (map[string][]string, error)
	Messages(ctx context.Context, conversationID string, before int64, limit int) ([]storage.NamedMessage, bool, error)
	NextEvents(ctx context.Context, conversationID string, seq int64) ([]chat.Event, error)
	LinesBetween(ctx context.Context, conversationID string, from, to int64) ([]chat.Event, error)
	Matter(ctx context.Context, id string) (*chat.Matter, error)
	Matters(ctx context.Context, conversationID string) ([]chat.Matter, error)
	StandingProgress(ctx context.Context, matterID string) ([]storage.NamedProgress, error)
	Draft(ctx context.Context, agentID, conversationID string) (*chat.Draft, error)
	Cards(ctx context.Context, conversationID string) ([]chat.Card, error)
	LatestTrack(ctx context.Context, conversationID, matterID string) (*chat.Track, error)
	TrackRows(ctx context.Context, p storage.TrackPage) (list []storage.TrackRow, next string, err error)
	Promises(ctx context.Context, conversationID string) ([]chat.Promise, error)
	OpenPromises(ctx context.Context, conversationID string) ([]chat.Promise, error)
	CountTalk(ctx context.Context, conversationID string) (int64, error)
	Promise(ctx context.Context, id string) (*chat.Promise, error)
	Imports(ctx context.Context, siteID string) ([]chat.Import, error)
	Purchases(ctx context.Context, personID string) ([]chat.Purchase, error)
	Entry(ctx context.Context, conversationID string) (*chat.Entry, error)
	WaitingDelays(ctx context.Context, personID string) ([]chat.Delay, error)
	StrandedPromises(ctx context.Context, now chat.Time) ([]string, error)
	OpenPromisesOf(ctx context.Context, agentID string) ([]storage.LedgerRow, error)
	HandedOn(ctx context.Context, absenceID string) ([]storage.LedgerRow, error)
	StandingFollowUp(ctx context.Context, conversationID string) (*chat.FollowUp, error)
	HeldFollowUps(ctx context.Context, siteID, agentID string) ([]storage.HeldFollowUp, error)
	Ledger(ctx context.Context, p storage.LedgerPage) (list []storage.LedgerRow, next string, err error)
	LedgerCounts(ctx context.Context, siteID, agentID string, now chat.Time) (storage.LedgerCounts, error)

	File(ctx context.Context, id string) (*chat.File, error)
}

// finds are what search needs.
type finds interface {
	CatchUp(ctx context.Context) (unread int64, err error)
	IndexLag(ctx context.Context) (storage.IndexLag, error)
	Search(ctx context.Context, ask storage.Search) (*storage.SearchFound, error)
	PeopleNamed(ctx context.Context, siteID, text string, limit int) ([]chat.Person, error)
	PersonConversations(ctx context.Context, personID string, limit int) ([]string, error)
	CountSearch(ctx context.Context, ask storage.Search, most int) (n int, more bool, err error)
	Views(ctx context.Context, agentID string) ([]chat.SavedView, error)
	View(ctx context.Context, agentID, id string) (*chat.SavedView, error)
	SaveView(ctx context.Context, v *chat.SavedView) error
	OrderViews(ctx context.Context, agentID string, ids []string) error
	DeleteView(ctx context.Context, agentID, id string) error
}

// authorities are what may be given on a site, and what was.
type authorities interface {
	Authority(ctx context.Context, siteID string) (*chat.Authority, error)
	LimitsRead(ctx context.Context, siteID string) ([]chat.LimitsRead, error)
	LimitWishes(ctx context.Context, siteID string) ([]chat.LimitWish, error)
	SumGrants(ctx context.Context, a *chat.Authority, agentID, kind string, since chat.Time) (int64, error)
	DueGrants(ctx context.Context, now chat.Time) ([]string, error)
	WaitingGrants(ctx context.Context, siteID string) ([]chat.Grant, error)
	GrantsOfPerson(ctx context.Context, personID string) ([]chat.Grant, error)
	GrantTotals(ctx context.Context, siteID, agentID string, from, to chat.Time) ([]chat.GrantTotal, error)
}

// guides are the sites with their prompts, templates, answers and standards.
type guides interface {
	Site(ctx context.Context, id string) (*chat.Site, error)
	Sites(ctx context.Context) ([]chat.Site, error)
	SaveSite(ctx context.Context, v *chat.Site) error
	ForgetLinks(ctx context.Context, siteID string) error
	InsertSite(ctx context.Context, v *chat.Site, secret *chat.IdentitySecret, guide chat.Guide, lines ...chat.AuditEntry) error
	Loads(ctx context.Context, siteID string) ([]chat.Load, error)
	CountAged(ctx context.Context, siteID string, before chat.Time, most int) (n int, more bool, err error)
	AddPicture(ctx context.Context, p *chat.Picture) error
	Picture(ctx context.Context, siteID, name string) (*chat.Picture, error)
	IdentitySecrets(ctx context.Context, siteID string) ([]chat.IdentitySecret, error)
	APIKeys(ctx context.Context, siteID string) ([]chat.APIKey, error)
	APIKeyByHash(ctx context.Context, hash string) (*chat.APIKey, error)
	InsertAPIKey(ctx context.Context, k *chat.APIKey) error
	Webhooks(ctx context.Context, siteID string) ([]chat.Webhook, error)
	Webhook(ctx context.Context, id string) (*chat.Webhook, error)
	InsertWebhook(ctx context.Context, w *chat.Webhook) error
	ChangeWebhook(ctx context.Context, w *chat.Webhook) error
	RotateWebhookSecret(ctx context.Context, w *chat.Webhook, secret string, until chat.Time) error
	RewindWebhook(ctx context.Context, w *chat.Webhook, after int64) error
	HurryWebhook(ctx context.Context, w *chat.Webhook) error
	DeleteWebhook(ctx context.Context, siteID, id string) error
	WebhookAttempts(ctx context.Context, id string) ([]chat.WebhookAttempt, error)
	UseAPIKey(ctx context.Context, k *chat.APIKey) error
	RevokeAPIKey(ctx context.Context, siteID, id string) error
	EndIdentitySecret(ctx context.Context, siteID, kid string) error
	RotateIdentitySecret(ctx context.Context, v *chat.IdentitySecret, retires chat.Time) error
	Prompts(ctx context.Context, siteID string) ([]chat.Prompt, error)
	UnreadMentions(ctx context.Context, agentID, siteID string) ([]string, error)
	ConsultsFor(ctx context.Context, agentID string) ([]chat.Consult, error)
	ConsultsBy(ctx context.Context, agentID string) ([]chat.Consult, error)
	ConsultsAbout(ctx context.Context, conversationID string) ([]chat.Consult, error)
	ReadMentions(ctx context.Context, agentID, conversationID string) error
	Tags(ctx context.Context, siteID string) ([]chat.Tag, error)
	RenameTag(ctx context.Context, siteID, id, name string) (*chat.Tag, error)
	MergeTags(ctx context.Context, siteID, id, intoID string) (*chat.Tag, error)
	DeleteTag(ctx context.Context, siteID, id string) error
	Templates(ctx context.Context, siteID, agentID string) ([]chat.Template, error)
	TeamTemplates(ctx context.Context, siteID string) ([]chat.Template, error)
	Template(ctx context.Context, id string) (*chat.Template, error)
	SaveTemplate(ctx context.Context, v *chat.Template) error
	DeleteTemplate(ctx context.Context, id string) error
	TemplateVersions(ctx context.Context, id string) ([]chat.TemplateVersion, error)
	SavePrompt(ctx context.Context, v *chat.Prompt) error
	PromptVersions(ctx context.Context, id string) ([]chat.PromptVersion, error)
	OrderPrompts(ctx context.Context, siteID string, ids []string) error
	DeletePrompt(ctx context.Context, siteID, id string) error
	Answers(ctx context.Context, siteID string) ([]chat.Answer, error)
	SaveAnswer(ctx context.Context, v *chat.Answer) error
	DeleteAnswer(ctx context.Context, siteID, id string) error
	OrderAnswers(ctx context.Context, siteID string, ids []string) error
	AnswerUses(ctx context.Context, siteID, since string) ([]chat.AnswerUse, error)
	InviteUses(ctx context.Context, siteID, since string) ([]chat.InviteUse, error)
	Standards(ctx context.Context, siteID string) ([]chat.Standard, error)
	SaveStandard(ctx context.Context, v *chat.Standard) error
	OrderStandards(ctx context.Context, siteID string, ids []string) error
	DeleteStandard(ctx context.Context, siteID, id string) error
	LandGuide(ctx context.Context, siteID, byID string, g chat.Guide, onlyAdd bool) (chat.Landed, error)
}

var _ Store = (*storage.Store)(nil)
