package storage

// owner is whose id a column holds.
type owner int

const (
	ofConversation owner = iota
	ofMatter
	ofDevice
	ofPerson
)

// reach says by which column erasing finds a customer's rows in a table. The
// whole row goes.
type reach struct {
	table  string
	column string
	of     owner
}

func (r reach) query() string { return `DELETE FROM ` + r.table + ` WHERE ` + r.column + ` = $1` }

// theirs are the tables whose rows are a customer's, in the order in which they
// go: what refers to a row goes before it. A test fails for a table that stands
// neither here nor in kept, so that none can be forgotten.
var theirs = []reach{
	{"progress", "matter_id", ofMatter},
	{"card", "conversation_id", ofConversation},
	{"promise", "conversation_id", ofConversation},
	{"complaint", "conversation_id", ofConversation},
	{"goodwill", "conversation_id", ofConversation},
	{"feedback", "conversation_id", ofConversation},
	{"follow_up", "conversation_id", ofConversation},
	{"template_use", "conversation_id", ofConversation},
	{"read_up", "conversation_id", ofConversation},
	{"showing", "conversation_id", ofConversation},
	{"draft", "conversation_id", ofConversation},
	{"offer", "conversation_id", ofConversation},
	{"mail", "conversation_id", ofConversation},
	{"mail_link", "conversation_id", ofConversation},
	{"transcript", "conversation_id", ofConversation},
	{"file", "conversation_id", ofConversation},
	{"conversation_alias", "conversation_id", ofConversation},
	{"conversation_tag", "conversation_id", ofConversation},
	{"mention", "conversation_id", ofConversation},
	{"consult", "conversation_id", ofConversation},
	{"lull", "conversation_id", ofConversation},
	{"entry", "conversation_id", ofConversation},
	{"link_preview", "conversation_id", ofConversation},
	{"webhook_attempt", "conversation_id", ofConversation},
	{"matter", "conversation_id", ofConversation},
	{"conversation", "id", ofConversation},

	{"imported", "person_id", ofPerson},
	{"purchase", "person_id", ofPerson},
	{"file", "by_id", ofPerson}, // uploaded and not sent
	{"person_note", "person_id", ofPerson},
	{"page_view", "person_id", ofPerson},
	{"delay", "person_id", ofPerson},
	{"showing", "person_id", ofPerson},
	{"form_answer", "person_id", ofPerson},
	{"search_stale", "person_id", ofPerson},
	{"identity", "person_id", ofPerson},
	{"device_secret", "device_id", ofDevice},
	{"device", "person_id", ofPerson},
	{"person_merge", "from_id", ofPerson},
	{"person_merge", "into_id", ofPerson},
	{"person", "id", ofPerson},
}

// kept are the other tables, each with its columns and with why nothing of a
// customer stays in them. A new column must be thought about and named here.
var kept = map[string]struct{ columns, why string }{
	"event": {"conversation_id seq public_seq site_id site_seq type at by_kind by_id ref message_id matter_id client_id kind text template_id",
		"goes in steps, see eraseEvents; the last event of a conversation says that it was erased and holds no other id"},
	"fact": {"id site_id conversation_id matter_id agent_id kind value day at",
		"numbers stay; conversation and matter get ids that lead nowhere"},
	"relay": {"id site_id conversation_id kind from_id to_id team_id outcome why waited turn day at ended_at",
		"the same; what was open has ended then, and the id of a question leads nowhere any more"},
	"survey_stop": {"site_id address_hash at",
		"goes with the last profile of its site that has the address"},
	"transcript_stop": {"site_id address_hash at keyed",
		"the same; of an address that no customer has it says that its owner wants nothing from us, by a hash that needs the installation's key"},
	"transcript_count": {"site_id address_hash at id unproven",
		"so that erasing starts no limit anew: of an address such a hash, and an id that stands nowhere else; forgotten with the copies"},
	"transcript_link": {"token_hash site_id address_hash locale expires_at",
		"letters that are out there hold it: of their address such a hash"},
	"search_doc":    {"doc conversation_id seq agent_id flags", "goes with its words, see forgetWords"},
	"search_person": {"person_id doc", "goes with its words, see forgetName"},
	"search_site":   {"site_id done back", "numbers"},
	"saved_view":    {"id agent_id by_id name query position changed_at", "the team's words"},
	"audit":         {"number at by_id action object detail prev_hash hash change", "ids only, which lead nowhere any more, and settings of the team's"},
	"erasure":       {"object_id kind at", "ids that lead nowhere any more"},
	"erasure_rest":  {"conversation_id gone last", "the same, until the last event is gone"},
	"erased_blob":   {"blob", "random names, until the bytes are gone"},
	"delay_report": {"site_id once answer at",
		"the site's own key of a call and ids in its answer, forgotten after a week"},
	"template_outcome": {"template_id reworded uses ended answered accepted reopened solved unsolved", "sums"},
	"answer_day":       {"answer_id day opened helped followed", "sums"},
	"showing_day":      {"site_id rule_id day shown declined answered led", "sums"},
	"site_head":        {"site_id queue live snoozed", "counters"},
	"setting":          {"name value", "the installation's own"},
	"migration":        {"number name", "the installation's own"},
	"turn":             {"id server touched", "ids, of the latest thousands of transactions"},
	"server":           {"id at roster", "who is connected, forgotten a minute after the server"},
	"site":             {"id public_key settings created_at", "the owner's words"},
	"glimpse":          {"token_hash kind site_id body until", "the owner's words, for ten minutes"},
	"spent":            {"key full_at", "keyed hashes of who signs in to the console and from where, for some minutes"},
	"page_part":        {"name body used_at", "the product's own"},
	"site_load":        {"site_id origin what at", "addresses of the owner's pages"},
	"identity_secret":  {"kid site_id sealed created_at retires_at uses used_at", "the site's own, and how often it was used"},
	"api_key":          {"id site_id name hash made_by made_at used_at", "the site's own"},
	"webhook": {"id site_id url kinds sealed old_sealed old_until paused made_by made_at done sent_at failed_since tries next_at attempts lease_by lease_until",
		"the site's own, and a place in its stream"},
	"agent":            {"id email name picture role password_hash created_at disabled_at complaints work", "the team's"},
	"tag":              {"id site_id name folded uses made_by made_at merged_into deleted_at", "the team's words; erasing counts down how many conversations have them"},
	"team":             {"id name skills made_at", "the team's"},
	"team_member":      {"team_id agent_id", "the team's"},
	"agent_role":       {"id name permissions made_at", "the team's"},
	"agent_status":     {"agent_id status reason auto no_new_until at", "the team's"},
	"push_device":      {"id agent_id session_id endpoint_hash sealed user_agent created_at reached_at", "the team's"},
	"agent_reach":      {"agent_id mail quiet begins ends zone mutes", "the team's"},
	"second_step":      {"agent_id sealed on_at last_step", "the team's"},
	"recovery_code":    {"agent_id hash", "the team's"},
	"import":           {"id site_id kind name by_id added made_at undone_at", "names of the owner's files, and numbers"},
	"site_picture":     {"site_id name png created_at", "the owner's"},
	"agent_session":    {"id agent_id generation rotated_at user_agent ip created_at seen_at expires_at revoked_at confirmed_at", "the team's"},
	"invitation":       {"id token_hash email role created_by created_at expires_at used_at teams", "the team's"},
	"absence":          {"id agent_id to_id by_id made_at until ended_at", "the team's"},
	"prompt":           {"id site_id key step text help evidence position origin fit by_id version updated_at", "the owner's words"},
	"prompt_version":   {"prompt_id version step text help evidence fit by_id at", "the owner's words"},
	"template":         {"id site_id agent_id title shortcut body steps uses origin version updated_at deleted_at fit by_id team_id", "the team's words"},
	"template_version": {"template_id version title shortcut body steps fit by_id at files", "the team's words"},
	"answer":           {"id site_id title shortcut text link words pages quick origin by_id updated_at position", "the owner's words"},
	"standard":         {"id site_id key text why shown steps position origin", "the owner's words"},
	"authority":        {"site_id version currency kinds limits answer_within changed_at changed_by", "the owner's words"},
	"limits_read":      {"site_id agent_id version at", "the team's"},
	"limit_wish":       {"id site_id agent_id text at settled_at settled_by", "the team's words"},
}
