package main

import (
	"encoding/json"
	"net/http"
	"strings"

	"rapport/hub/chat"
)

// around has a page say that it stands open, and reads who looks around.
func (c *contract) around(site, key string) {
	c.t.Helper()
	c.call("changeSite", object{"visitors": object{"listed": true}}, "id", site)
	c.reports(object{"site": key, "id": strings.Repeat("0f", 16), "url": c.base + "/demo/?code=7", "title": "Lamps", "referrer": "https://search.example", "device": "", "hidden": false, "gone": false})
	list := c.call("listVisitors", nil, "?", "site="+site+"&since=0")
	one := list["visitors"].([]any)[0]
	if dig(one, "page", "url") != c.base+"/demo/" || dig(one, "source") != "search.example" {
		c.t.Errorf("listed: %v", one)
	}
	c.call("inviteVisitor", object{"site": site, "text": "Can I help you choose?"}, "id", dig(one, "id").(string))
	c.reports(object{"site": key, "id": strings.Repeat("0f", 16), "url": c.base + "/demo/", "title": "Lamps", "referrer": "", "device": "", "hidden": false, "gone": false, "locale": "en", "said": "shown"})
	c.call("listVisitors", nil, "?", "site="+site)
	c.call("listInviteUses", nil, "id", site)
	shown := c.call("tryRule", object{"rule": object{"id": chat.NewID(), "name": "Prices", "on": false, "text": "Can we help you choose?"}}, "id", site)
	_, token, _ := strings.Cut(shown["url"].(string), "#rapport-try=")
	c.reports(object{"site": key, "id": "", "url": "", "title": "", "referrer": "", "device": "", "hidden": false, "gone": false, "try": token})
	c.call("readVisit", nil, "id", dig(one, "id").(string), "?", "site="+site)
}

// reports sends what a page tells of itself.
func (c *contract) reports(beacon object) {
	c.t.Helper()
	sent, err := json.Marshal(beacon)
	if err != nil {
		c.t.Fatal(err)
	}
	place := "~1v1~1widget~1here/post/"
	c.hold("reportHere request", place+"requestBody/content/text~1plain/schema", sent)
	req, err := http.NewRequest(http.MethodPost, c.base+"/v1/widget/here", strings.NewReader(string(sent)))
	if err != nil {
		c.t.Fatal(err)
	}
	req.Header.Set("Content-Type", "text/plain;charset=UTF-8")
	req.Header.Set("Origin", c.base)
	status, answer := c.do(req)
	if status != http.StatusOK {
		c.t.Fatalf("reportHere: %d %s", status, answer)
	}
	delete(c.left, "reportHere")
	c.hold("reportHere", place+"responses/200/content/application~1json/schema", answer)
}
