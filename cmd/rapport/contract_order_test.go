package main

import (
	"encoding/json"
	"time"

	"rapport/hub/chat"
)

// order sorts a conversation: tags, sleep, what is put back, who has it.
func (c *contract) order(site, talk string) {
	me := dig(c.call("readMe", nil), "agent", "id").(string)
	c.call("giveConversation", object{"agent_id": me, "from": me}, "id", talk)
	tagged := c.call("addTag", object{"name": "present"}, "id", talk)
	tags := c.call("listTags", nil, "id", site)["tags"].([]any)
	if len(tags) != 3 || len(tagged["tags"].([]any)) != 2 {
		c.t.Fatalf("tags %v, on the conversation %v", tags, tagged["tags"])
	}
	gift, late, present := dig(tags[0], "id").(string), dig(tags[1], "id").(string), dig(tags[2], "id").(string)
	c.call("renameTag", object{"name": "very late"}, "id", site, "tag", late)
	c.call("mergeTag", object{"into": gift}, "id", site, "tag", present)
	c.call("deleteTag", nil, "id", site, "tag", late)
	if left := c.call("removeTag", nil, "id", talk, "tag", gift)["tags"]; left != nil {
		c.t.Errorf("left on the conversation: %v", left)
	}
	at, _ := c.call("readWake", object{"text": "in 2 hours", "zone": "Europe/Berlin"}, "id", site)["at"].(json.Number).Int64()
	if ahead := chat.Time(at).Sub(chat.SystemClock()); ahead < time.Hour || ahead > 3*time.Hour {
		c.t.Errorf("in 2 hours is in %v", ahead)
	}
	if asleep := c.call("snoozeConversation", object{"until": at}, "id", talk); asleep["state"] != "snoozed" {
		c.t.Errorf("asleep: %v", asleep)
	}
	c.call("viewConversation", nil, "id", talk)
	c.call("unreadMentions", nil, "?", "site="+site)
	c.call("readMentions", object{}, "id", talk)
	c.call("listConversations", nil, "?", "site="+site+"&list=mentions&limit=10")
	c.call("listConversations", nil, "?", "site="+site+"&list=snoozed&limit=10")
	c.call("wakeConversation", nil, "id", talk)
	c.call("putBack", object{"on": true}, "id", talk)
	c.call("putBack", object{"on": false}, "id", talk)
	if row := c.call("markPublic", object{"on": true}, "id", talk); row["public"] != true {
		c.t.Errorf("in public: %v", row)
	}
	c.call("markPublic", object{"on": false}, "id", talk)
	if sent := c.call("sendTranscript", object{"email": "maria@example.org"}, "id", talk); sent["to"] != "m…@example.org" {
		c.t.Errorf("a copy on its way: %v", sent)
	}
}
