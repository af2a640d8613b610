package main

// webhooks has the site's own server told, where nobody listens, and takes it back.
func (c *contract) webhooks(site string) {
	hook := c.call("addWebhook", object{"url": "https://webhooks.invalid/rapport", "kinds": []string{"message.posted", "feedback.given"}}, "id", site)["id"].(string)
	c.call("listWebhooks", nil, "id", site)
	c.call("rotateWebhook", object{}, "id", site, "wid", hook)
	if tried := c.call("tryWebhook", object{}, "id", site, "wid", hook); tried["reason"] == "" {
		c.t.Errorf("a host that is not there took it: %v", tried)
	}
	c.call("changeWebhook", object{"kinds": []string{"message.posted"}, "paused": true}, "id", site, "wid", hook)
	c.call("sendAgain", object{}, "id", site, "wid", hook)
	c.call("listAttempts", nil, "id", site, "wid", hook)
	c.call("deleteWebhook", nil, "id", site, "wid", hook)
}
