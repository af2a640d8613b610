package intake

import "rapport/hub/chat"

var examples = map[chat.ImportKind]string{
	chat.ImportPeople: `"reference","name","email","segment","locale","attribute:plan"
"c-1001","Maria Lopez","maria@example.com","existing","en","Club"
"c-1002","Tom Becker","tom@example.com","new","de",""
`,
	chat.ImportOrders: `"reference","customer","at","amount","currency","state","text"
"4411","c-1001","2026-03-14","129.00","EUR","delivered","Tall lamp, moss green"
"4412","c-1002","2026-11-20 16:05","48.50","EUR","paid","Two bowls"
`,
	chat.ImportTalks: `"reference","customer","at","by","name","text"
"t-77","c-1001","2026-03-20 09:12","customer","","My lamp flickers. What can I do?"
"t-77","c-1001","2026-03-20 09:20","agent","Ben","Please turn the bulb a little tighter, and tell me whether it helps."
"t-77","c-1001","2026-03-20 09:31","customer","","It does. Thank you!"
`,
}

// Example is a small file of a kind, and what it is called.
func Example(kind chat.ImportKind) (name, text string) {
	return "rapport-" + string(kind) + ".csv", examples[kind]
}
