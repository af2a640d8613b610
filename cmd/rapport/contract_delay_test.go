package main

// delays makes a key, reports with it, and settles what a page reports.
func (c *contract) delays(site, talk string) {
	c.call("changeSite", object{"late": []object{{"language": "en", "known": "{{delay.what}} comes {{delay.until}}.", "open": ""}}}, "id", site)
	key := c.call("makeAPIKey", object{"name": "Order system"}, "id", site)
	c.apiKey = key["key"].(string)
	c.call("listAPIKeys", nil, "id", site)
	c.call("reportDelay", object{"reference": "4411", "customer": "demo-maria", "what": "your order 4411", "reason": "The van broke down."})
	c.call("tellAttributes", object{"attributes": object{"delay": "reference: 4412"}})
	waiting := c.call("viewConversation", nil, "id", talk)["delays"].([]any)
	if len(waiting) != 2 {
		c.t.Fatalf("waiting %v", waiting)
	}
	c.call("tellDelay", object{"promise_id": ""}, "id", talk, "delay", dig(waiting[0], "id").(string))
	c.call("dropDelay", object{}, "id", talk, "delay", dig(waiting[1], "id").(string))
	c.call("listTagsByServer", nil)
	c.call("tagByServer", object{"add": []string{"gift", "late"}, "remove": []string{"Late"}}, "id", talk)
	c.call("revokeAPIKey", nil, "id", site, "kid", key["id"].(string))
}
