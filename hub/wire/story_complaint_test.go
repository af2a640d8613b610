package wire_test

import "rapport/hub/chat"

// What became of Maria's complaint, after all else.

const trackID = "01977a10-0000-7000-8000-000000000091"

// complaint is the track with what has settled its first stages.
func complaint(change func(*chat.Track)) *chat.Track {
	t := chat.Track{
		ID: trackID, SiteID: siteID, ConversationID: talkID, MatterID: matterID, State: chat.TrackOpen, Hard: true,
		OpenedBy: ben, OpenedAt: agreed + 80_000,
	}
	t.Put(chat.StageMark{Stage: chat.StageListen, State: chat.PromptDone, By: chat.BySystem, Cause: replyID,
		Why: "Asked an open question: “What happened on Friday?”", At: agreed + 81_000})
	change(&t)
	return &t
}

var complained = []chat.Event{
	{Seq: 30, Type: chat.ComplaintOpened, At: agreed + 80_000, By: chat.ByAgent, ByID: benID,
		TrackID: trackID, Track: complaint(func(*chat.Track) {}), Names: chat.Names{By: ben}},
	{Seq: 31, Type: chat.ComplaintStaged, At: agreed + 85_000, By: chat.BySystem, TrackID: trackID, Track: complaint(func(t *chat.Track) {
		t.Expectation = "I need the cups before the party."
		t.Put(chat.StageMark{Stage: chat.StageExpect, State: chat.PromptDone, By: chat.BySystem, Cause: askedID,
			Why: "They said what they expect: “I need the cups before the party.”", At: agreed + 85_000})
	})},
	{Seq: 32, Type: chat.ComplaintEnds, At: agreed + 30*hour, By: chat.ByAgent, ByID: benID, TrackID: trackID, Track: complaint(func(t *chat.Track) {
		t.State, t.EndedAt, t.Hard = chat.TrackEnded, agreed+30*hour, false
		t.Solution, t.Confirmation, t.RootCause, t.CauseWords = "Again, by courier", "They came, thank you.", "delivery", "The van broke down."
		t.FollowUpAt, t.FollowUpID = agreed+28*hour, sendID
		t.Put(chat.StageMark{Stage: chat.StageFollowUp, State: chat.PromptDone, By: chat.ByAgent, ByID: benID, Why: "Followed up by Ben Carter.", At: agreed + 30*hour})
	}), Names: chat.Names{By: ben}},
}
