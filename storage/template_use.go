package storage

import (
	"fmt"

	"rapport/hub/chat"
)

const useColumns = `conversation_id, seq, site_id, matter_id, template_id, version, reworded, ended, answered, accepted, reopened, solved, past, at`

func scanUse(row scanner) (chat.TemplateUse, error) {
	var u chat.TemplateUse
	var reworded, ended, answered, accepted, reopened, past int64
	err := row.Scan(&u.ConversationID, &u.Seq, &u.SiteID, &u.MatterID, &u.TemplateID, &u.Version,
		&reworded, &ended, &answered, &accepted, &reopened, &u.Solved, &past, &u.At)
	u.Reworded, u.Ended, u.Answered, u.Accepted, u.Reopened, u.Past = reworded != 0, ended != 0, answered != 0, accepted != 0, reopened != 0, past != 0
	return u, err
}

func (t *tx) AddUse(u *chat.TemplateUse) error {
	err := t.exec(`INSERT INTO template_use (`+useColumns+`) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14)`,
		u.ConversationID, u.Seq, u.SiteID, u.MatterID, u.TemplateID, u.Version, truth(u.Reworded),
		truth(u.Ended), truth(u.Answered), truth(u.Accepted), truth(u.Reopened), u.Solved, truth(u.Past), u.At)
	if err != nil {
		return fmt.Errorf("insert template use: %w", err)
	}
	if err := t.exec(`UPDATE template SET uses = uses + 1 WHERE id = $1`, u.TemplateID); err != nil {
		return err
	}
	return t.countUse(u, u.Outcome())
}

func (t *tx) OpenUses(conversationID string) ([]chat.TemplateUse, error) {
	rows, err := t.q.Query(`SELECT `+useColumns+` FROM template_use WHERE conversation_id = $1 AND past = 0 ORDER BY seq DESC, template_id DESC LIMIT $2`, conversationID, chat.MaxOpenUses)
	return collect(rows, err, scanUse)
}

func (t *tx) SaveUse(u, before *chat.TemplateUse) error {
	err := t.exec(`UPDATE template_use SET ended = $1, answered = $2, accepted = $3, reopened = $4, solved = $5, past = $6 WHERE conversation_id = $7 AND seq = $8 AND template_id = $9`,
		truth(u.Ended), truth(u.Answered), truth(u.Accepted), truth(u.Reopened), u.Solved, truth(u.Past), u.ConversationID, u.Seq, u.TemplateID)
	if err != nil {
		return fmt.Errorf("save template use: %w", err)
	}
	return t.countUse(u, u.Outcome().Add(before.Outcome(), -1))
}

// countUse adds to the sums of a use's template.
func (t *tx) countUse(u *chat.TemplateUse, o chat.Outcome) error {
	if o == (chat.Outcome{}) {
		return nil
	}
	err := t.exec(`INSERT INTO template_outcome AS o (template_id, reworded, uses, ended, answered, accepted, reopened, solved, unsolved)
		VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9)
		ON CONFLICT (template_id, reworded) DO UPDATE SET uses = o.uses + excluded.uses, ended = o.ended + excluded.ended, answered = o.answered + excluded.answered,
			accepted = o.accepted + excluded.accepted, reopened = o.reopened + excluded.reopened, solved = o.solved + excluded.solved, unsolved = o.unsolved + excluded.unsolved`,
		u.TemplateID, truth(u.Reworded), o.Uses, o.Ended, o.Answered, o.Accepted, o.Reopened, o.Solved, o.Unsolved)
	if err != nil {
		return fmt.Errorf("count template use: %w", err)
	}
	return nil
}

// outcomes fills in what came after each of a site's templates.
func outcomes(q querier, siteID string, list []chat.Template) error {
	type sum struct {
		id       string
		reworded int64
		chat.Outcome
	}
	rows, err := q.Query(`SELECT o.template_id, o.reworded, o.uses, o.ended, o.answered, o.accepted, o.reopened, o.solved, o.unsolved
		FROM template t JOIN template_outcome o ON o.template_id = t.id WHERE t.site_id = $1 AND t.deleted_at = 0`, siteID)
	sums, err := collect(rows, err, func(row scanner) (s sum, err error) {
		return s, row.Scan(&s.id, &s.reworded, &s.Uses, &s.Ended, &s.Answered, &s.Accepted, &s.Reopened, &s.Solved, &s.Unsolved)
	})
	if err != nil {
		return err
	}
	at := make(map[string]*chat.Template, len(list))
	for i := range list {
		at[list[i].ID] = &list[i]
	}
	for _, s := range sums {
		switch t := at[s.id]; {
		case t == nil: // a colleague's own
		case s.reworded != 0:
			t.Reworded = s.Outcome
		default:
			t.AsIs = s.Outcome
		}
	}
	return nil
}
