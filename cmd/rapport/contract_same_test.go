package main

import "rapport/hub/chat"

// same brings a visitor without a name together with whom the agent talks to, and takes
// them apart again.
func (c *contract) same(key, talk string) {
	maria := c.token
	c.token = c.call("startSession", object{"site": key, "locale": "en"})["token"].(string)
	c.call("tellAttributes", object{"attributes": object{}, "name": "Mari"})
	c.call("postOwnMessage", object{"client_id": "c-contract-same", "text": "It is me again, on my phone."}, "id", chat.NewID())
	c.token = maria
	person := dig(c.call("viewConversation", nil, "id", talk), "person", "id").(string)
	found := c.call("findSame", nil, "id", person, "?", "q=mari")["people"].([]any)
	if len(found) == 0 {
		c.t.Fatal("nobody may be the same")
	}
	other := dig(found[0], "person", "id").(string)
	if both := c.call("compareSame", nil, "id", person, "other", other); both["problem"] != "" {
		c.t.Errorf("they are compared as %v", both)
	}
	merge := c.call("mergePeople", object{"both_see": true}, "id", person, "other", other)["id"].(string)
	if view := c.call("viewConversation", nil, "id", talk); len(view["merges"].([]any)) != 1 {
		c.t.Errorf("brought together is %v", view["merges"])
	}
	c.call("unmergePeople", nil, "id", person, "merge", merge)
}
