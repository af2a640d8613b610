package main

import (
	"time"

	"rapport/hub/chat"
)

// imports brings a file in, which is undone.
func (c *contract) imports(site string) {
	c.call("importExample", nil, "id", site, "?", "kind=people")
	people := c.call("bringIn", object{"kind": "people", "as": "csv", "name": "p.csv", "text": "reference,name\nc-contract-1,Ida\n,Nobody\n", "headings": object{}, "dry_run": false}, "id", site)
	c.call("listImports", nil, "id", site)
	c.call("undoImport", nil, "id", site, "imp", people["import_id"].(string))
}

// byHand enters a call, and makes an appointment in the chat that is open.
func (c *contract) byHand(person, talk string) {
	now := chat.SystemClock()
	soon := now.Add(2 * time.Hour)
	call := object{
		"id": chat.NewID(), "channel": "call", "began_at": now.Add(-time.Hour), "minutes": 12, "party": "Maria", "need": "A lamp for the hall", "note": "Rang about the green one.",
		"promise": object{"client_id": "c-contract-call", "text": "Ask the workshop", "due_at": soon, "zone": "Europe/Berlin"},
	}
	entered := c.call("enterByHand", call, "id", person)
	c.call("viewConversation", nil, "id", entered["id"].(string))
	meets := c.call("makePromise", object{
		"client_id": "c-contract-meet", "kind": "appointment", "text": "See the lamp", "due_at": soon, "place": "Quay 4", "minutes": 30,
	}, "id", talk)
	c.call("calendar", nil, "id", meets["id"].(string))
	c.call("ownCalendar", nil, "id", meets["id"].(string))
	c.call("dropPromise", object{"why": "The shop is closed."}, "id", meets["id"].(string))
}
