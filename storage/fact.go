package storage

import "rapport/hub/chat"

func (t *tx) Record(f *chat.Fact) error {
	return t.exec(`INSERT INTO fact (id, site_id, conversation_id, matter_id, agent_id, kind, value, day, at) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9)`,
		f.ID, f.SiteID, f.ConversationID, f.MatterID, f.AgentID, f.Kind, f.Value, f.Day, f.At)
}
