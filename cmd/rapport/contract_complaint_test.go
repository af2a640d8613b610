package main

import (
	"bytes"
	"time"

	"rapport/hub/chat"
)

// complaint opens a track, drops it, goes on with it, and closes with its cause.
func (c *contract) complaint(site, talk string) {
	c.call("openComplaint", object{}, "id", talk)
	c.call("dropComplaint", object{}, "id", talk)
	c.call("openComplaint", object{}, "id", talk)
	c.call("stageComplaint", object{"state": "done"}, "id", talk, "stage", "listen")
	c.call("recordComplaint", object{"expectation": "A new one", "solution": "Sent again", "confirmation": "It came"}, "id", talk)
	if status, answer := c.send("POST", "/v1/console/conversations/"+talk+"/close", []byte("{}")); status != 409 || !bytes.Contains(answer, []byte(chat.CauseMissing)) {
		c.t.Errorf("closed without a cause: %d %s", status, answer)
	}
	later := time.Now().Add(24 * time.Hour).UnixMilli()
	c.call("recordComplaint", object{"root_cause": "delivery", "cause_words": "The van", "cause_skipped": "", "follow_up_at": later}, "id", talk)
	c.call("closeConversation", object{}, "id", talk)
	if list := c.call("listComplaints", nil, "?", "site="+site)["complaints"].([]any); len(list) != 1 || dig(list[0], "next_due") == nil {
		c.t.Errorf("complaints %v", list)
	}
	c.call("viewConversation", nil, "id", talk)
	c.call("reopenConversation", object{}, "id", talk)
}
