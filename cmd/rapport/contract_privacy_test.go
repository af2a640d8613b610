package main

// known shows Maria what is known about her, and lets somebody else be forgotten.
func (c *contract) known(key string) {
	if all := c.call("readKnown", nil); len(all["conversations"].([]any)) == 0 || dig(all, "person", "verified") != true {
		c.t.Errorf("known is %v", all)
	}
	maria := c.token
	c.token = c.call("startSession", object{"site": key, "locale": "en"})["token"].(string)
	c.call("eraseOwn", object{})
	if status, _ := c.send("GET", "/v1/widget/known", nil); status != 401 {
		c.t.Errorf("who was removed is answered with %d", status)
	}
	c.token = maria
}

// privacy takes away whom all of this was about.
func (c *contract) privacy(talk string) {
	c.csrf = c.call("login", object{"email": "ben@shop.example", "password": "nine kind words before noon"})["csrf"].(string)
	person := c.call("viewConversation", nil, "id", talk)["person"]
	c.call("erasePerson", object{"reason": "asked", "confirm": dig(person, "name")}, "id", dig(person, "id").(string))
	if status, _ := c.send("GET", "/v1/console/conversations/"+talk, nil); status != 404 {
		c.t.Errorf("what was erased answers %d", status)
	}
}
