package main

import (
	"bytes"
	"time"

	"rapport/hub/chat"
)

// agreement sends cards, answers them, and makes and ends promises.
func (c *contract) agreement(site, talk string) {
	soon := time.Now().Add(time.Hour).UnixMilli()
	sum := c.call("sendCard", object{"client_id": "c-contract-sum", "kind": "summary", "text": "Your order has not come."}, "id", talk)
	c.call("answerCard", object{"choice": "correct", "text": "And the invoice is wrong."}, "id", talk, "card", sum["id"].(string))
	offer := object{
		"kind": "proposal", "text": "We send it again.", "limits": "Not before Thursday.",
		"options":  []object{{"key": "post", "title": "By post", "detail": ""}, {"key": "courier", "title": "By courier", "detail": "Thursday."}},
		"our_part": "Send it", "our_due": soon, "your_part": "Tell us the address", "your_due": soon,
	}
	for _, clientID := range []string{"c-contract-of1", "c-contract-of2", "c-contract-of3"} {
		offer["client_id"] = clientID
		card := c.call("sendCard", offer, "id", talk)["id"].(string)
		switch clientID {
		case "c-contract-of1":
			c.call("withdrawCard", object{}, "id", talk, "card", card)
		case "c-contract-of3":
			c.call("answerCard", object{"choice": "accept", "option": "courier"}, "id", talk, "card", card)
		}
	}
	c.yesInWords(talk)
	c.call("makePromise", object{
		"client_id": "c-contract-pr1", "text": "Call the carrier", "due_at": soon, "zone": "Europe/Berlin", "words": "in an hour", "next_at": soon,
	}, "id", talk)
	mine := c.call("listPromises", nil, "?", "site="+site+"&list=mine")["promises"].([]any)
	c.call("listPromises", nil, "?", "site="+site+"&list=late")
	if len(mine) != 3 {
		c.t.Fatalf("the ledger has %v", mine)
	}
	ours := func(i int) string { return dig(mine[i], "id").(string) }
	c.call("movePromise", object{"client_id": "c-contract-mv1", "due_at": soon + 60_000, "why": "They call back."}, "id", ours(0))
	c.call("keepPromise", object{"client_id": "c-contract-kp1", "text": "It is on its way."}, "id", ours(0))
	c.call("dropPromise", object{"why": "It is not needed any more."}, "id", ours(1))
	c.call("handPromise", object{"agent_id": dig(mine[2], "owner", "id")}, "id", ours(2))
	c.call("makePromise", object{"client_id": "c-contract-any", "text": "Look it up", "due_at": soon, "owner_id": ""}, "id", talk)
	c.call("listPromises", nil, "?", "site="+site+"&list=anyone")
	c.call("viewConversation", nil, "id", talk)
	c.call("readOwnThread", nil, "id", talk)
	c.call("listOwnPromises", nil)
	if status, answer := c.send("POST", "/v1/console/conversations/"+talk+"/close", []byte("{}")); status != 409 || !bytes.Contains(answer, []byte(chat.PromiseOpen)) {
		c.t.Errorf("closed over an open promise: %d %s", status, answer)
	}
	c.call("closeConversation", object{"why": "You have it already."}, "id", talk)
	c.call("reopenConversation", object{}, "id", talk)
}

// yesInWords sends a summary that the customer agrees to in a message of theirs.
func (c *contract) yesInWords(talk string) {
	sum := c.call("sendCard", object{"client_id": "c-contract-sm2", "kind": "summary", "text": "By courier, on Thursday."}, "id", talk)["id"].(string)
	yes := c.call("postOwnMessage", object{"client_id": "c-contract-yes", "text": "Yes, exactly."}, "id", talk)
	c.call("noteYes", object{"message_id": dig(yes, "message", "id")}, "id", talk, "card", sum)
}

// theyAgree answers a card over the socket.
func (c *contract) theyAgree(maria, ben *line, talk string) {
	card := c.call("sendCard", object{"client_id": "c-frames-card", "kind": "summary", "text": "Your order has not come."}, "id", talk)["id"]
	maria.await("events", has("card.sent"))
	maria.send(object{"type": "answer", "ref": "r-card", "conversation_id": talk, "card_id": card, "choice": "confirm"})
	maria.await("ack", func(f object) bool { return f["ref"] == "r-card" })
	ben.await("events", has("card.answered"))
	maria.send(object{"type": "answer", "ref": "r-other", "conversation_id": talk, "card_id": card, "choice": "correct", "text": "No!"})
	if refused := maria.await("error", nil); refused["ref"] != "r-other" || refused["code"] != string(chat.Conflict) {
		c.t.Errorf("answered again, otherwise: %v", refused)
	}
}
