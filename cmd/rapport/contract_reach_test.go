package main

// reach has the owner's browser told of who waits, sets quiet hours, and forgets the
// browser. Nothing is told: its service is nobody's.
func (c *contract) reach() {
	c.t.Helper()
	c.call("readReach", nil)
	c.call("setReach", object{"mail": true, "quiet": true, "begins": 1260, "ends": 420, "zone": "Europe/Berlin", "mutes": []string{"mention.sound"}})
	devices := c.call("addPushDevice", object{
		"endpoint": "https://push.invalid.example/v1/9f2c", "auth": "BTBZMqHH6r4Tts7J_aSIgg",
		"p256dh": "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
	})["devices"].([]any)
	c.call("deletePushDevice", nil, "id", dig(devices[0], "id").(string))
}
