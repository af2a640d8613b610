package main

import "rapport/hub/chat"

// same brings a visitor without a name together with whom the agent talks to, and takes
// them apart again.
func (c *contract) same(key, talk string) {
	maria := c.token
	c.token = c.call("startSession", object{"site": key, "locale": "en"})["token"].(string)
	c.call("tellAttributes", object{"attributes": object{}, "name": "Mari"})
	again := chat.NewID()
	c.call("postOwnMessage", object{"client_id": "c-contract-same", "text": "It is me again, on my phone."}, "id", again)
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
	c.oneTalk(again, talk)
	c.call("unmergePeople", nil, "id", person, "merge", merge)
}

// oneTalk brings a second conversation of a customer into the first.
func (c *contract) oneTalk(goes, stays string) {
	could := c.call("listUnitable", nil, "id", goes)
	if others := could["others"].([]any); len(others) != 1 || dig(others[0], "row", "id") != stays {
		c.t.Errorf("it could become one with %v", others)
	}
	me := dig(c.call("readMe", nil), "agent", "id").(string)
	for range 2 {
		if row := c.call("uniteConversation", object{"into": stays, "from": "", "into_has": me}, "id", goes); row["id"] != stays || row["state"] != "open" {
			c.t.Errorf("the one that stays: %v", row)
		}
	}
	if view := c.call("viewConversation", nil, "id", goes); dig(view, "row", "merged_into") != stays {
		c.t.Errorf("the one that goes: %v", view["row"])
	}
	c.beside(stays, me)
}

// beside splits a matter off a chat, and brings it back.
func (c *contract) beside(talk, me string) {
	said := dig(c.call("viewConversation", nil, "id", talk)["messages"].([]any)[0], "id")
	aside := chat.NewID()
	for range 2 {
		row := c.call("splitConversation", object{"id": aside, "need": "Invoice 2291", "quoted": []any{said}, "note": "Please correct it.", "from": me}, "id", talk)
		if row["id"] != aside || row["channel"] != "aside" || row["split_from"] != talk || row["state"] != "open" {
			c.t.Errorf("split off is %v", row)
		}
	}
	if view := c.call("viewConversation", nil, "id", aside); dig(view, "matter", "need") != "Invoice 2291" {
		c.t.Errorf("it is shown as %v", view)
	}
	if row := c.call("uniteConversation", object{"into": talk, "from": me, "into_has": ""}, "id", aside); row["id"] != talk {
		c.t.Errorf("brought back into %v", row)
	}
}
