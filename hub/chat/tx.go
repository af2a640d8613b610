package chat

// Tx is one unit of work inside the single writer's transaction. A closure that
// gets a Tx has no side effects outside it and may be run again. All that it
// writes is on disk before its caller hears so, and its events are published in
// the order of the commits.
type Tx interface {
	ConversationTx
	MatterTx
	AgreementTx
	AbsenceTx
	AuthorityTx
	TrackTx
	FollowUpTx
	DelayTx
	LullTx
	PersonTx
	VisitorTx
	MailTx
	FileTx
	AnswerTx
	TagTx
	MentionTx
	ConsultTx
	FormTx
	PrivacyTx
	OfferTx
	RelayTx
	InviteTx
	EntryTx
	UniteTx
	AsideTx
	ImportTx
	TranscriptTx
	LinkTx

	// Append numbers the event within its conversation (and, by its audience,
	// among the public ones), stores it and queues it for publishing. It raises
	// c.Seq and c.PublicSeq; the caller saves c.
	Append(c *Conversation, e *Event) error
	// Record stores a fact.
	Record(f *Fact) error
	// Now is the time of this unit of work.
	Now() Time
}

// ConversationTx reads and writes the thread.
type ConversationTx interface {
	// Conversation returns the conversation with this id, following an alias,
	// for writing. ErrNotFound if there is none.
	Conversation(id string) (*Conversation, error)
	// LiveConversation returns the conversation of this person (or of those
	// merged into them) that is not closed, the oldest if there are two.
	LiveConversation(siteID, personID, channel string) (*Conversation, error)
	InsertConversation(c *Conversation) error
	SaveConversation(c *Conversation) error
	// AddAlias lets an id that a client made lead to the conversation that its
	// message went to.
	AddAlias(alias, conversationID string) error
	// Message returns a message of this conversation. ErrNotFound if there is none.
	Message(conversationID, id string) (*Message, error)
	// MessageByClientID finds what this author posted under this client id.
	MessageByClientID(conversationID, byID, clientID string) (*Message, error)
	// MessageByPerson finds what this customer, on any profile that was merged into
	// theirs, posted under this client id in any conversation, the first if there
	// are several.
	MessageByPerson(personID, clientID string) (*Message, error)
	// SeqOfPublic returns the largest seq whose public number is at most public.
	SeqOfPublic(conversationID string, public int64) (int64, error)
	// PublicOfSeq returns the largest public number at or before seq.
	PublicOfSeq(conversationID string, seq int64) (int64, error)
	// CountUnread counts messages, cards and answers by this side after seq.
	CountUnread(conversationID string, by Kind, after int64) (int64, error)
	SaveDraft(d *Draft) error
	// Round returns the seq of the last closing or reopening, 0 before the first.
	Round(conversationID string) (int64, error)
	// Feedback returns what was said in a round.
	Feedback(conversationID string, round int64) (*Feedback, error)
	SaveFeedback(f *Feedback) error
}

// OfferTx reads and writes whom a conversation was offered to, or handed.
type OfferTx interface {
	// Offer returns what was offered to this agent. ErrNotFound for nothing.
	Offer(conversationID, agentID string) (*Offer, error)
	// SaveOffer stores an offer in place of one before to the same agent.
	SaveOffer(o *Offer) error
	// DropOffers forgets to whom a conversation was offered: it waits no more.
	DropOffers(conversationID string) error
}

// FileTx reads and writes what is sent along.
type FileTx interface {
	// File returns a file for writing. ErrNotFound if there is none.
	File(id string) (*File, error)
	InsertFile(f *File) error
	// AttachFile makes a pending file part of a message; it stores conversation,
	// message and Note, and is ErrNotFound when it is pending no more.
	AttachFile(f *File) error
}

// LinkTx writes what the pages of links say.
type LinkTx interface {
	// SaveLinkPreview stores a preview in place of one before of the same link in the
	// same conversation.
	SaveLinkPreview(l *LinkPreview) error
}

// MatterTx reads and writes the cycle.
type MatterTx interface {
	Matter(id string) (*Matter, error)
	// Matters returns all of a conversation, in their order.
	Matters(conversationID string) ([]Matter, error)
	// FileMessage puts a message of the conversation under one of its matters.
	FileMessage(conversationID, id, matterID string) error
	InsertMatter(m *Matter) error
	SaveMatter(m *Matter) error
	InsertProgress(p *Progress) error
	Progress(id string) (*Progress, error)
	SaveProgress(p *Progress) error
	// CausedProgress returns what a message has caused in a matter by itself and
	// nobody has undone, oldest first.
	CausedProgress(matterID, messageID string) ([]Progress, error)
	// Guide returns the site's prompts, in order of step and position.
	Guide(siteID string) ([]Prompt, error)
	Template(id string) (*Template, error)
	// InTeam reports whether an agent is in a team.
	InTeam(agentID, teamID string) (bool, error)
	// TeamsOf returns the ids of the teams that an agent is in.
	TeamsOf(agentID string) ([]string, error)
	// MayHaveLimits reports whether there is an agent, a team or a role of this id, who may
	// have limits.
	MayHaveLimits(id string) (bool, error)
	// TemplateFiles returns what is kept with a template, in the order it came.
	TemplateFiles(id string) ([]File, error)
	// AddUse stores a use of a template and counts it.
	AddUse(u *TemplateUse) error
	// OpenUses returns the uses of a conversation that are not past, at most
	// MaxOpenUses, latest first.
	OpenUses(conversationID string) ([]TemplateUse, error)
	// SaveUse stores what came after a use, and counts what is new against before.
	SaveUse(u, before *TemplateUse) error
}

// AgreementTx reads and writes cards and promises.
type AgreementTx interface {
	Card(id string) (*Card, error)
	// CardByClientID finds what this agent sent under this client id.
	CardByClientID(conversationID, agentID, clientID string) (*Card, error)
	// SentCards returns a matter's cards that wait for an answer.
	SentCards(matterID string) ([]Card, error)
	InsertCard(c *Card) error
	// SaveCard stores state and answer.
	SaveCard(c *Card) error

	Promise(id string) (*Promise, error)
	// PromiseByClientID finds what this agent promised under this client id.
	PromiseByClientID(conversationID, agentID, clientID string) (*Promise, error)
	// OpenPromises returns those of a conversation, of both sides, due first.
	OpenPromises(conversationID string) ([]Promise, error)
	InsertPromise(p *Promise) error
	// SavePromise stores owner, times, state and reminders.
	SavePromise(p *Promise) error
}

// AbsenceTx reads and writes when agents are away.
type AbsenceTx interface {
	// Absence returns an agent's latest that nobody has ended. It may be over.
	Absence(agentID string) (*Absence, error)
	// InsertAbsence stores the only one of its agent that nobody has ended.
	InsertAbsence(a *Absence) error
	// SaveAbsence stores who answers, until when, and when it was ended.
	SaveAbsence(a *Absence) error
}

// TrackTx reads and writes the complaint tracks.
type TrackTx interface {
	// Track returns the complaint track of a matter.
	Track(matterID string) (*Track, error)
	// Tracks returns those of a conversation that are open.
	Tracks(conversationID string) ([]Track, error)
	InsertTrack(t *Track) error
	SaveTrack(t *Track) error
}

// PersonTx reads and writes the customer and those who answer.
type PersonTx interface {
	Person(id string) (*Person, error)
	InsertPerson(p *Person) error
	SavePerson(p *Person) error
	Agent(id string) (*Agent, error)
	Site(id string) (*Site, error)
}

// VisitorTx reads and writes who is who: devices, their secrets, identities.
type VisitorTx interface {
	Secret(hash string) (*DeviceSecret, error)
	InsertSecret(s *DeviceSecret) error
	// UseSecret marks a secret as used and revokes its parent and the siblings
	// that were handed out beside it.
	UseSecret(s *DeviceSecret) error
	Device(id string) (*Device, error)
	InsertDevice(d *Device) error
	// RevokeDevice ends a device and all its secrets.
	RevokeDevice(id string) error
	// SignIn notes that a device itself has signed in as this profile.
	SignIn(deviceID, personID string) error
	// SignedIn returns the devices that lead to a profile and have signed in as it
	// themselves.
	SignedIn(personID string) ([]string, error)
	Identity(siteID, sub string) (*Identity, error)
	InsertIdentity(i *Identity) error
	// HoldPeople keeps other servers from these profiles until all is stored.
	HoldPeople(ids ...string) error
	// MergePerson lets the devices of m.FromID lead to m.IntoID, and marks the profile as
	// merged, with what undoing it needs. Conversations stay where they are. It sets
	// m.ID, m.At and m.Devices.
	MergePerson(m *Merge) error
	// Merge returns one by its id. ErrNotFound if there is none.
	Merge(id string) (*Merge, error)
	// MergeOf returns the merge that stands by which a profile leads to another.
	// ErrNotFound where it does not.
	MergeOf(fromID string) (*Merge, error)
	// MergesInto returns the merges that stand by which others lead to a profile, the
	// latest first.
	MergesInto(id string) ([]Merge, error)
	// HasIdentity reports whether the site knows a profile as an account of its own, one
	// that has never signed in among them.
	HasIdentity(personID string) (bool, error)
	// UnmergePerson gives the merged profile back its devices and the profiles that led
	// to it, and marks m as undone.
	UnmergePerson(m *Merge) error
}
