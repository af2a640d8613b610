package main

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"

	"github.com/fasthttp/websocket"
)

// handover asks the colleague who is there, takes it back, and promises an answer
// instead.
func (c *contract) handover(talk string) {
	me := dig(c.call("readMe", nil), "agent", "id").(string)
	c.call("reopenConversation", object{}, "id", talk)
	noor := dig(c.call("listCandidates", nil, "id", talk)["people"].([]any)[0], "id").(string)
	asked := c.call("handOver", object{"agent_id": noor, "from": me, "note": "She needs it by Friday."}, "id", talk)
	if asked["offered_to"] != noor || dig(asked, "assignee", "id") != me {
		c.t.Errorf("handed over: %v", asked)
	}
	if kept := c.call("recallHandover", nil, "id", talk); kept["offered_to"] != nil {
		c.t.Errorf("taken back: %v", kept)
	}
	invited := c.call("inviteGuest", object{"agent_id": noor, "from": me, "note": "You know these lamps."}, "id", talk)
	if invited["offered_to"] != noor {
		c.t.Errorf("asked to join: %v", invited)
	}
	c.call("recallHandover", nil, "id", talk)
	if joined := c.call("joinAsGuest", object{}, "id", talk); joined["guests"] != nil {
		c.t.Errorf("a guest in their own conversation: %v", joined)
	}
	c.call("endVisit", nil, "id", talk, "guest", noor)
	c.call("consult", object{"client_id": "c-contract-co2", "agent_id": noor, "question": "Do we have it in blue?"}, "id", talk)
	consults := c.call("listConsults", nil)
	c.call("answerConsult", object{"client_id": "c-contract-co3", "text": "Yes, do."}, "id", dig(consults["for_me"].([]any)[0], "id").(string))
	open := consults["mine"].([]any)
	if len(open) != 1 || dig(open[0], "to", "id") != noor {
		c.t.Fatalf("open questions: %v", open)
	}
	if about := c.call("listOpenConsults", nil, "id", talk)["consults"].([]any); len(about) != 1 {
		c.t.Errorf("open about it: %v", about)
	}
	c.call("dropConsult", nil, "id", dig(open[0], "id").(string))
	c.call("promiseAnswer", object{"from": me}, "id", talk)
	site := dig(asked, "site_id").(string)
	if now := c.call("readBoard", nil, "?", "site="+site); now["waiting"].(json.Number) != "1" || len(now["people"].([]any)) != 2 {
		c.t.Errorf("the board: %v", now)
	}
	c.rearranged(talk, site, me, noor)
	c.passedOn(site)
	c.call("takeConversation", object{}, "id", talk)
}

// passedOn reads what became of all that.
func (c *contract) passedOn(site string) {
	now := c.call("readHandovers", nil, "?", "site="+site+"&days=7")
	kinds := now["kinds"].([]any)
	if len(kinds) != 6 || dig(kinds[0], "kind") != "handover" || dig(kinds[0], "median") != nil {
		c.t.Errorf("what was passed on: %v", kinds)
	}
	for _, k := range kinds {
		var sum int64
		for _, part := range []string{"accepted", "returned", "lapsed", "open"} {
			n, _ := dig(k, part).(json.Number).Int64()
			sum += n
		}
		if all, _ := dig(k, "asked").(json.Number).Int64(); all != sum {
			c.t.Errorf("%v were asked, and %d became something", all, sum)
		}
	}
}

// rearranged moves it to a colleague, whispers to them, and moves it back into the queue.
func (c *contract) rearranged(talk, site, me, noor string) {
	if row := c.call("moveConversation", object{"agent_id": noor, "from": "", "why": "She knows these lamps."}, "id", talk); dig(row, "assignee", "id") != noor {
		c.t.Errorf("moved: %v", row)
	}
	if has := c.call("listHands", nil, "?", "site="+site+"&agent="+noor); len(has["rows"].([]any)) != 1 || has["more"] != false {
		c.t.Errorf("what she has: %v", has)
	}
	c.call("whisper", object{"client_id": "c-contract-wh1", "text": "Offer her the express option."}, "id", talk)
	if row := c.call("moveConversation", object{"queue": true, "from": noor}, "id", talk); row["assignee"] != nil {
		c.t.Errorf("moved into the queue: %v", row)
	}
}

// comesToDesk opens a console of who is signed in, until the test ends.
func (c *contract) comesToDesk() {
	at, err := url.Parse(c.base)
	if err != nil {
		c.t.Fatal(err)
	}
	header := http.Header{"Origin": {c.console}}
	for _, cookie := range c.browser.Jar.Cookies(at) {
		header.Add("Cookie", cookie.String())
	}
	ws, _, err := websocket.DefaultDialer.Dial("ws://"+at.Host+"/v1/console/socket", header)
	if err != nil {
		c.t.Fatal(err)
	}
	c.t.Cleanup(func() { _ = ws.Close() })
	hello := object{"type": "hello", "protocol": 1, "csrf": c.csrf, "epoch": "", "sites": object{}, "open": object{}, "status": "online"}
	if err := ws.WriteJSON(hello); err != nil {
		c.t.Fatal(err)
	}
	if _, answer, err := ws.ReadMessage(); err != nil || !strings.Contains(string(answer), `"hello"`) {
		c.t.Fatalf("%s, %v", answer, err)
	}
}
