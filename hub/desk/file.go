package desk

import "rapport/hub/chat"

// sendAlong makes files part of a message that is about to be stored. A pending
// one must be its author's own; of a template's a copy goes along, since the next
// reply wants it too. Nothing is written before all of them have been looked at.
func sendAlong(tx chat.Tx, c *chat.Conversation, who chat.Actor, m *chat.Message, ids []string) error {
	files := make([]*chat.File, 0, len(ids))
	for _, id := range ids {
		f, err := mayBeSent(tx, c, who, id)
		if err != nil {
			return err
		}
		files = append(files, f)
	}
	for _, f := range files {
		template := f.TemplateID != ""
		f.ConversationID, f.MessageID, f.Note, f.TemplateID = c.ID, m.ID, m.Kind == chat.Note, ""
		if template {
			f.ID, f.By, f.ByID = chat.NewID(), chat.BySystem, "" // the day's quota is for uploads
			if err := tx.InsertFile(f); err != nil {
				return err
			}
		} else if err := tx.AttachFile(f); err != nil {
			return err
		}
		m.Files = append(m.Files, *f)
	}
	return nil
}

// mayBeSent finds a file that who may send along in this conversation; ErrFile for
// every other.
func mayBeSent(tx chat.Tx, c *chat.Conversation, who chat.Actor, id string) (*chat.File, error) {
	f, err := tx.File(id)
	if chat.Is(err, chat.NotFound) {
		return nil, chat.ErrFile()
	}
	if err != nil {
		return nil, err
	}
	may := false
	switch {
	case f.SiteID != c.SiteID:
	case f.TemplateID != "" && f.State == chat.FileAttached:
		may, err = mayUseTemplate(tx, who, f.TemplateID)
	case f.TemplateID == "" && f.State == chat.FilePending && f.By == who.Kind && (f.ConversationID == "" || f.ConversationID == c.ID):
		may, err = sameAuthor(tx, who, f.ByID)
	}
	if err != nil {
		return nil, err
	}
	if !may {
		return nil, chat.ErrFile()
	}
	return f, nil
}

// sameAuthor reports whether a file's uploader is who sends it. A customer may
// have been recognised in between.
func sameAuthor(tx chat.Tx, who chat.Actor, uploader string) (bool, error) {
	if who.Kind != chat.ByPerson || who.ID == uploader {
		return who.ID == uploader, nil
	}
	self, err := profile(tx, who.ID)
	if err != nil {
		return false, err
	}
	other, err := profile(tx, uploader)
	if err != nil {
		return false, err
	}
	return self.ID == other.ID, nil
}

func mayUseTemplate(tx chat.Tx, who chat.Actor, templateID string) (bool, error) {
	t, err := tx.Template(templateID)
	if chat.Is(err, chat.NotFound) || who.Kind != chat.ByAgent {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	return mayUse(tx, who, t)
}
