package desk

import (
	"context"

	"rapport/hub/chat"
	"rapport/hub/cycle"
)

// Correct sets what the conversation's current matter is about by the agent's
// word, which reading does not overrule.
//
// Failures: Invalid (no such type or mood), NotFound.
func (d *Desk) Correct(ctx context.Context, who chat.Actor, id string, c cycle.Correction) error {
	return d.hand(ctx, who, id, "", func(_ *cycle.Guide, s cycle.State, by cycle.Hand) (cycle.State, []cycle.Change, error) {
		s, err := cycle.Correct(s, c, by)
		return s, nil, err
	})
}
