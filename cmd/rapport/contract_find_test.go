package main

// search looks for what was said, and keeps what it looked for.
func (c *contract) search() {
	found := c.call("search", nil, "?", "q=Yes%20exactly%20-nothing&zone=Europe%2FBerlin")
	if hits := found["hits"].([]any); len(hits) == 0 {
		c.t.Error("nothing was found")
	}
	c.call("search", nil, "?", "q=state:open,waiting,closed")
	if people := c.call("findPeople", nil, "?", "q=mari")["people"].([]any); len(people) == 0 {
		c.t.Error("nobody was found")
	}
	view := c.call("addView", object{"name": "Parcels", "query": "parcel from:customer", "shared": true})["id"].(string)
	c.call("changeView", object{"name": "Late parcels", "query": "parcel late", "shared": true}, "vid", view)
	c.call("listViews", nil, "?", "zone=Europe%2FBerlin")
	c.call("orderViews", object{"shared": true, "ids": []string{view}})
	c.call("deleteView", object{}, "vid", view)
}
