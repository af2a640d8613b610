package cycle

import (
	"cmp"

	"rapport/hub/chat"
)

// Variable is a name that a template may use.
type Variable struct {
	Name    string `json:"name"`
	Meaning string `json:"meaning"`
}

// AttributePrefix leads to what is known about a customer:
// customer.attribute.KEY.
const AttributePrefix = "customer.attribute."

// Variables are the names that templates may use, in the order of a menu.
var Variables = []Variable{
	{"customer.first_name", "The customer's first name"},
	{"customer.name", "The customer's full name"},
	{"customer.email", "The customer's e-mail address"},
	{"agent.first_name", "Your first name"},
	{"agent.name", "Your full name"},
	{"site.name", "The name of this site"},
	{"site.returns", "How returns work"},
	{"site.delivery", "How and when you deliver"},
	{"site.price", "What to know about prices"},
	{"site.phone", "How to call you"},
	{"site.tone", "The words with which you say goodbye"},
	{AttributePrefix + "KEY", "Something known about the customer: put its name for KEY"},
}

// What words that are said by themselves may use besides.
const (
	HoursOpens    = "hours.opens"    // when the site opens next, as a person says it
	QueuePlace    = "queue.place"    // the customer's place, from 1
	QueueEstimate = "queue.estimate" // how long it takes, where enough is known
)

// Unsayable names the first placeholder of words that are said by themselves that
// can never be filled in, "" for none. No agent says them.
func Unsayable(body string) string {
	for _, name := range Unfillable(body) {
		if name != HoursOpens && name != QueuePlace && name != QueueEstimate {
			return name
		}
	}
	return ""
}

// Values are the variables that have a value in this conversation.
func Values(p chat.Person, a chat.Agent, s chat.Site) map[string]string {
	vars := make(map[string]string, 11+len(p.Attributes))
	set := func(name, value string) {
		if value != "" {
			vars[name] = value
		}
	}
	set("customer.first_name", FirstName(p.Name))
	set("customer.name", p.Name)
	set("customer.email", p.Email)
	set("agent.first_name", FirstName(a.Name))
	set("agent.name", a.Name)
	set("site.name", s.Name)
	set("site.returns", s.Facts.Returns)
	set("site.delivery", s.Facts.Delivery)
	set("site.price", s.Facts.Price)
	set("site.phone", s.Facts.Phone)
	set("site.tone", s.Facts.Tone)
	for _, at := range p.Attributes {
		set(AttributePrefix+at.Key, at.Value)
	}
	return vars
}

// DelayVariables are the names that words about a delay may use beside Variables;
// the new time where it is known.
func DelayVariables(known bool) []string {
	names := []string{"delay.what", "delay.reference", "delay.reason"}
	if known {
		names = append(names, "delay.until")
	}
	return names
}

// DelayValues are the DelayVariables that have a value. until is the new time in words
// for the customer, "" where nobody knows it.
func DelayValues(d chat.Delay, until string) map[string]string {
	return map[string]string{"delay.what": cmp.Or(d.What, d.Reference), "delay.reference": d.Reference, "delay.reason": d.Reason, "delay.until": until}
}
