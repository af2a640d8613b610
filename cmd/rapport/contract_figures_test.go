package main

import (
	"encoding/json"
)

// figures signs in once more and reads what was done for customers, among whom is one who said 4 of 5.
func (c *contract) figures(talk string) {
	c.csrf = c.call("login", object{"email": "ben@shop.example", "password": "nine kind words before noon"})["csrf"].(string)
	site := dig(c.call("readMe", nil)["sites"].([]any)[0], "id").(string)
	now := c.call("readFigures", nil, "?", "site="+site+"&days=28")
	days := now["days"].([]any)
	if len(days) != 28 || dig(days[0], "day") != now["since"] {
		c.t.Errorf("%d days since %v", len(days), now["since"])
	}
	for _, what := range []string{"started", "closed"} {
		var sum int64
		for _, day := range days {
			n, _ := dig(day, what).(json.Number).Int64()
			sum += n
		}
		if all, _ := now[what].(json.Number).Int64(); all != sum || all == 0 {
			c.t.Errorf("%d %s, and %d on the days", all, what, sum)
		}
	}
	if ratings := now["ratings"].([]any); ratings[3].(json.Number) != "1" || now["solved"].(json.Number) != "1" {
		c.t.Errorf("they said %v, solved %v", ratings, now["solved"])
	}
	if rows := now["unhappy_rows"].([]any); len(rows) != 0 {
		c.t.Errorf("%s is not unhappy: %v", talk, rows)
	}
}
