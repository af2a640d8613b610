package desk_test

import (
	"reflect"
	"slices"
	"testing"
	"time"

	"rapport/hub/chat"
	"rapport/hub/desk"
)

// Who may learn of which event, written down a second time, so that a change of
// the one table is a change of two.
var mayKnow = map[chat.EventType]chat.Audience{
	chat.ConversationStarted:  chat.Everyone,
	chat.MessagePosted:        chat.Everyone,
	chat.ConversationTaken:    chat.Everyone,
	chat.ConversationReleased: chat.Everyone,
	chat.ConversationClosed:   chat.Everyone,
	chat.ConversationReopened: chat.Everyone,
	chat.ConversationMerged:   chat.Everyone,
	chat.ConversationReceived: chat.Everyone,
	chat.AsideOpened:          chat.Agents,
	chat.AsideBegan:           chat.Agents,
	chat.AsideClosed:          chat.Agents,
	chat.AsideReturned:        chat.Agents,
	chat.ConversationErased:   chat.Everyone,
	chat.CardWasSent:          chat.Everyone,
	chat.CardWasAnswered:      chat.Everyone,
	chat.CardWasWithdrawn:     chat.Everyone,
	chat.PromiseWasMade:       chat.Everyone,
	chat.PromiseWasMoved:      chat.Everyone,
	chat.PromiseWasKept:       chat.Everyone,
	chat.PromiseWasBroken:     chat.Everyone,
	chat.PromiseWasDropped:    chat.Everyone,
	chat.PromiseWasHanded:     chat.Agents,
	chat.PromiseWasDelayed:    chat.Agents,
	chat.DelayReported:        chat.Agents,
	chat.DelaySettled:         chat.Agents,
	chat.FeedbackGiven:        chat.Everyone,
	chat.ConversationOffered:  chat.Agents,
	chat.ConversationPassed:   chat.Agents,
	chat.NotePosted:           chat.Agents,
	chat.MatterOpened:         chat.Agents,
	chat.MatterTurned:         chat.Agents,
	chat.MatterRead:           chat.Agents,
	chat.StepMoved:            chat.Agents,
	chat.PromptTicked:         chat.Agents,
	chat.ProgressUndone:       chat.Agents,
	chat.PersonUpdated:        chat.Agents,
	chat.ComplaintOpened:      chat.Agents,
	chat.ComplaintStaged:      chat.Agents,
	chat.ComplaintEnds:        chat.Agents,
	chat.GrantWasGiven:        chat.Agents,
	chat.GrantWasAsked:        chat.Agents,
	chat.GrantWasUnanswered:   chat.Agents,
	chat.GrantWasRefused:      chat.Agents,
	chat.GrantWasWithdrawn:    chat.Agents,
	chat.AnswersRead:          chat.Agents,
	chat.InvitationAnswered:   chat.Agents,
	chat.TagAdded:             chat.Agents,
	chat.TagRemoved:           chat.Agents,
	chat.ConversationSnoozed:  chat.Agents,
	chat.ConversationWoken:    chat.Agents,
	chat.GuestAsked:           chat.Agents,
	chat.GuestPassed:          chat.Agents,
	chat.GuestJoined:          chat.Everyone,
	chat.TranscriptSent:       chat.Everyone,
	chat.GuestLeft:            chat.Everyone,
	chat.WhisperSent:          chat.Agents,
}

// Every event of the list is made by some use-case, is published as it is
// stored, and reaches a visitor only where the table says so.
func TestEveryEventAndItsAudience(t *testing.T) {
	if len(chat.Audiences) != len(mayKnow) {
		t.Errorf("%d events have an audience, %d are written down here", len(chat.Audiences), len(mayKnow))
	}
	s := newShop(t)
	ben := s.agent("Ben", chat.AgentRole)
	who, id := s.chatting()
	note := desk.Posting{ConversationID: id, ClientID: "client-note", Kind: chat.Note, Text: "secret words of the team"}
	_, err := s.desk.Post(s.ctx(), ben, note)
	s.must(err)
	_, err = s.desk.Post(s.ctx(), who, desk.Posting{ConversationID: id, ClientID: "client-read", Text: "And for a gift?", Read: []string{s.quick()[0].ID}})
	s.must(err)
	s.replies(ben, id, "client-ben", "Hello! I'm Ben.")
	s.must(s.desk.MoveStep(s.ctx(), ben, id, "", chat.Agreeing))
	s.must(s.desk.Undo(s.ctx(), ben, id, s.last(id, chat.StepMoved).ProgressID))
	name := "Ada"
	_, err = s.desk.UpdatePerson(s.ctx(), who, who.ID, desk.PersonChange{Name: &name})
	s.must(err)
	s.comesInvited(who)
	s.everyAgreement(ben, who, id)
	s.everyComplaint(ben, id)
	s.everyGrant(ben, id)
	s.everyDelay(ben, who, id)
	s.must(s.desk.AddTag(s.ctx(), ben, id, "", "Gift"))
	s.must(s.desk.RemoveTag(s.ctx(), ben, id, s.last(id, chat.TagAdded).TagID))
	s.must(s.desk.Snooze(s.ctx(), ben, id, s.now().Add(time.Hour)))
	s.must(s.desk.Wake(s.ctx(), ben, id))
	first := s.matter(id).ID
	s.must(s.desk.OpenMatter(s.ctx(), ben, id, "The invoice", ""))
	s.must(s.desk.TurnMatter(s.ctx(), ben, id, first))
	noor := s.agent("Noor", chat.AgentRole)
	s.must(s.desk.Invite(s.ctx(), ben, id, desk.Handover{ToID: noor.ID, FromID: ben.ID}, []string{noor.ID}))
	s.must(s.desk.Decline(s.ctx(), noor, id, "", nil))
	s.must(s.desk.Invite(s.ctx(), ben, id, desk.Handover{ToID: noor.ID, FromID: ben.ID}, []string{noor.ID}))
	s.must(s.desk.Join(s.ctx(), noor, id))
	s.must(s.desk.Leave(s.ctx(), noor, id, noor.ID))
	_, err = s.desk.Whisper(s.ctx(), s.agent("Sam", chat.Supervisor), id, "client-whisper", "Offer them the express option.")
	s.must(err)
	s.must(s.desk.Release(s.ctx(), ben, id))
	_, err = s.desk.Offer(s.ctx(), id, ben.ID, "the only one there", s.now()+1000)
	s.must(err)
	s.must(s.desk.Decline(s.ctx(), ben, id, "", nil))
	s.must(s.desk.Close(s.ctx(), who, id))
	rating := int64(4)
	_, err = s.desk.GiveFeedback(s.ctx(), who, id, chat.FeedbackChange{Rating: &rating})
	s.must(err)
	s.must(s.desk.Reopen(s.ctx(), ben, id))
	_, err = s.desk.SendTranscript(s.ctx(), ben, id, desk.TranscriptWish{Email: "ada@example.org", Mail: true})
	s.must(err)

	made := slices.Concat(s.types(id), s.united(ben), s.split(ben), s.erased(ben))
	for kind, audience := range mayKnow {
		if !slices.Contains(made, kind) {
			t.Errorf("no use-case makes %s", kind)
		}
		if chat.Audiences[kind] != audience {
			t.Errorf("the audience of %s has changed", kind)
		}
	}
	public, err := s.store.NextPublicEvents(s.ctx(), id, 0)
	s.must(err)
	for i, e := range public {
		if mayKnow[e.Type] != chat.Everyone || e.PublicSeq != int64(i)+1 || e.Message != nil && e.Message.Kind == chat.Note {
			t.Errorf("a visitor may read %+v", e)
		}
	}
	s.publishedAsStored(id)
}

// publishedAsStored compares what was published of a conversation with what is
// stored of it.
func (s *shop) publishedAsStored(id string) {
	s.Helper()
	stored := s.events(id)
	var told []chat.Event
	for _, e := range s.published {
		if e.ConversationID == id {
			told = append(told, e)
		}
	}
	if len(told) != len(stored) {
		s.Fatalf("%d events were published, %d are stored", len(told), len(stored))
	}
	for i, e := range told {
		v := stored[i]
		if e.Seq != v.Seq || e.PublicSeq != v.PublicSeq || e.SiteSeq != v.SiteSeq || e.Type != v.Type || e.At != v.At || e.By != v.By || e.ByID != v.ByID ||
			e.MessageID != v.MessageID || e.MatterID != v.MatterID || e.ProgressID != v.ProgressID || e.AgentID != v.AgentID || e.FromAgentID != v.FromAgentID || e.PersonID != v.PersonID ||
			e.CardID != v.CardID || e.PromiseID != v.PromiseID || e.TrackID != v.TrackID || e.GrantID != v.GrantID || e.DelayID != v.DelayID || e.ReadUpID != v.ReadUpID || e.ShowingID != v.ShowingID || e.TagID != v.TagID || e.Until != v.Until {
			s.Errorf("published %+v, stored %+v", e, v)
		}
		if e.Message != nil && v.Message != nil { // which matter it is about may have been set right since
			said := *e.Message
			said.MatterID = v.Message.MatterID
			e.Message = &said
		}
		if (e.Message == nil) != (v.Message == nil) || e.Message != nil && !reflect.DeepEqual(*e.Message, *v.Message) {
			s.Errorf("event %d was published with %+v and is stored with %+v", e.Seq, e.Message, v.Message)
		}
	}
}
