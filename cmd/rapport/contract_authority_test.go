package main

import (
	"net/http"
	"net/http/cookiejar"
	"strings"
	"time"
)

// authority sets limits, gives, asks with nobody there, and looks at the sums.
func (c *contract) authority(site, talk string) {
	before := c.call("readAuthority", nil, "id", site)
	limits := []object{{"who": "agent", "kind": "credit", "each": 500, "day": 900, "month": 5000}}
	now := c.call("setAuthority", object{
		"version": before["version"], "currency": "EUR", "kinds": before["kinds"], "limits": limits, "answer_within": 60,
	}, "id", site)
	c.call("agreeLimits", object{"version": now["version"]}, "id", site)
	wish := c.call("wishLimits", object{"text": "Ten more, please."}, "id", site)["id"].(string)
	c.call("readAuthority", nil, "id", site)
	c.call("settleWish", object{}, "id", site, "wid", wish)
	grant := func(id, clientID string) string {
		body := object{"client_id": clientID, "kind": "credit", "amount": 1200, "reason": "late", "note": "A week late."}
		return c.call(id, body, "id", talk)["id"].(string)
	}
	grant("giveGrant", "c-contract-gr1")
	first, second := grant("askGrant", "c-contract-gr2"), grant("askGrant", "c-contract-gr3")
	if waiting := c.call("listGrants", nil, "?", "site="+site)["grants"].([]any); len(waiting) != 2 {
		c.t.Errorf("%d wait", len(waiting))
	}
	soon := time.Now().Add(time.Hour).UnixMilli()
	c.call("promiseGrant", object{"client_id": "c-contract-gp1", "text": "Tell you about the credit", "due_at": soon}, "id", first)
	c.call("withdrawGrant", object{}, "id", second)
	c.call("viewConversation", nil, "id", talk)
	c.call("listGrantTotals", nil, "id", site, "?", "month="+time.Now().Format("2006-01"))
	owner := dig(c.call("readMe", nil), "agent", "id")
	c.colleague(func() {
		c.call("consult", object{"client_id": "c-contract-co1", "agent_id": owner, "question": "May I send it by courier?"}, "id", talk)
		c.call("decideGrant", object{"yes": false, "words": "Offer the courier first."}, "id", first)
		c.comesToDesk()
	})
	promise := dig(c.call("listPromises", nil, "?", "site="+site+"&list=mine")["promises"].([]any)[0], "id").(string)
	c.call("dropPromise", object{"why": "You have it already."}, "id", promise)
}

// colleague lets a supervisor of the team do something.
func (c *contract) colleague(do func()) {
	link := c.call("invite", object{"email": "noor@shop.example", "role": "supervisor"})["link"].(string)
	_, token, _ := strings.Cut(link, "#")
	jar, err := cookiejar.New(nil)
	if err != nil {
		c.t.Fatal(err)
	}
	owner, csrf := c.browser, c.csrf
	c.browser = &http.Client{Jar: jar}
	c.csrf = c.call("acceptInvitation", object{"token": token, "name": "Noor Haddad", "password": "four green chairs at dawn"})["csrf"].(string)
	do()
	c.browser, c.csrf = owner, csrf
}
