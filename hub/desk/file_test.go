package desk_test

import (
	"testing"

	"rapport/hub/chat"
	"rapport/hub/desk"
)

// formOf is a template with a file; of nobody's where author is "".
func (s *shop) formOf(writer chat.Actor, author string) chat.Template {
	s.Helper()
	plenty := chat.FileQuota{PersonFiles: 100, PersonBytes: 1 << 30}
	f := chat.File{ID: chat.NewID(), SiteID: s.site.ID, By: chat.ByAgent, ByID: writer.ID, Name: "form.pdf", Type: "application/pdf", Size: 9, Blob: chat.NewID(), State: chat.FilePending}
	s.must(s.store.AddFile(s.ctx(), &f, plenty))
	t := chat.Template{ID: chat.NewID(), SiteID: s.site.ID, AgentID: author, Title: "Form " + f.ID, Body: "Here is the form.", Steps: []chat.Step{chat.Delivering}, ByID: writer.ID, Files: []chat.File{{ID: f.ID}}}
	s.must(s.store.SaveTemplate(s.ctx(), &t))
	return t
}

// A template's file goes with every reply that names it, each time as a copy of its
// row; a colleague's own, and a customer's guess, go with none.
func TestFilesOfATemplateGoWithReplies(t *testing.T) {
	s := newShop(t)
	ben, eva := s.agent("Ben", chat.AgentRole), s.agent("Eva", chat.AgentRole)
	ours, evas := s.formOf(eva, ""), s.formOf(eva, eva.ID)
	maria, id := s.chatting()
	send := func(who chat.Actor, clientID string, kind chat.MessageKind, from chat.Template) (*desk.Posted, error) {
		return s.desk.Post(s.ctx(), who, desk.Posting{ConversationID: id, ClientID: clientID, Kind: kind, Text: "Here is the form.", Files: []string{from.Files[0].ID}})
	}
	seen := map[string]bool{ours.Files[0].ID: true}
	for clientID, kind := range map[string]chat.MessageKind{"client-one": chat.Reply, "client-two": chat.Reply, "client-note": chat.Note} {
		posted, err := send(ben, clientID, kind, ours)
		s.must(err)
		m := posted.Message
		if len(m.Files) != 1 || seen[m.Files[0].ID] || m.Files[0].Blob != ours.Files[0].Blob || m.Files[0].ConversationID != id || m.Files[0].Note != (kind == chat.Note) {
			t.Errorf("%s goes with %+v", clientID, m.Files)
			continue
		}
		seen[m.Files[0].ID] = true
	}
	now, err := s.store.Template(s.ctx(), ours.ID)
	s.must(err)
	if len(now.Files) != 1 || now.Files[0].ID != ours.Files[0].ID {
		t.Errorf("the template keeps %+v", now.Files)
	}
	for name, who := range map[string]chat.Actor{"client-colleague": ben, "client-customer": maria} {
		if _, err := send(who, name, chat.Reply, evas); !chat.Is(err, chat.Invalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := send(maria, "client-guess", chat.Reply, ours); !chat.Is(err, chat.Invalid) {
		t.Errorf("a customer sends a template's file: %v", err)
	}
}
