package main

// privacy takes away whom all of this was about.
func (c *contract) privacy(talk string) {
	c.csrf = c.call("login", object{"email": "ben@shop.example", "password": "nine kind words before noon"})["csrf"].(string)
	person := c.call("viewConversation", nil, "id", talk)["person"]
	c.call("erasePerson", object{"reason": "asked", "confirm": dig(person, "name")}, "id", dig(person, "id").(string))
	if status, _ := c.send("GET", "/v1/console/conversations/"+talk, nil); status != 404 {
		c.t.Errorf("what was erased answers %d", status)
	}
}
