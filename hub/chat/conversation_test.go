package chat

import (
	"testing"

	"pgregory.net/rapid"
)

func waiting(r *rapid.T, since Time) *Conversation {
	return &Conversation{
		State: Waiting, WaitingSince: since,
		Complaint: rapid.SampledFrom([]ComplaintMark{NoComplaint, ReadComplaint, TrackedComplaint}).Draw(r, "complaint"),
		HeadStart: rapid.SampledFrom([]int64{0, VIPHeadStart, MaxHeadStart}).Draw(r, "head start"),
		// A promise may have been due long ago, or be due in a year.
		PromisedAt: rapid.SampledFrom([]Time{0, 1, since, since + PromiseLead/2, since + 365*86_400_000}).Draw(r, "promised"),
	}
}

// Nobody starves: who has waited MaxHeadStart longer than another comes first,
// whatever the two are, and nothing but their own time moves anybody back.
func TestNobodyStarves(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		since := Time(rapid.Int64Range(1_700_000_000_000, 1_900_000_000_000).Draw(r, "since"))
		first := waiting(r, since)
		later := waiting(r, since+MaxHeadStart+Time(rapid.Int64Range(1, 86_400_000).Draw(r, "later")))
		if first.Rank() >= later.Rank() {
			r.Fatalf("%+v waits behind %+v", first, later)
		}
		if plain := (&Conversation{State: Waiting, WaitingSince: since}).Rank(); first.Rank() > plain {
			r.Fatalf("%+v comes after who has nothing", first)
		}
	})
}

// Complaints, head starts and what is due soon come before who came at the same
// time, in this order.
func TestWhatIsUrgentComesFirst(t *testing.T) {
	const now = Time(1_800_000_000_000)
	order := []*Conversation{
		{WaitingSince: now, HeadStart: MaxHeadStart},
		{WaitingSince: now, Complaint: ReadComplaint, HeadStart: VIPHeadStart},
		{WaitingSince: now, PromisedAt: now + PromiseLead - 45*60_000},
		{WaitingSince: now, Complaint: TrackedComplaint},
		{WaitingSince: now, HeadStart: VIPHeadStart},
		{WaitingSince: now, PromisedAt: now + PromiseLead - 60_000},
		{WaitingSince: now, PromisedAt: now + 2*PromiseLead},
		{WaitingSince: now + 1},
		{LastAt: now},
	}
	for i := 1; i < len(order); i++ {
		if order[i-1].Rank() >= order[i].Rank() {
			t.Errorf("%d (%+v) does not come before %d", i-1, order[i-1], i)
		}
	}
}
