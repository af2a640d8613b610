// Package mail tells customers by e-mail what they did not see in the chat.
//
// The desk queues, in the transaction of the event, that a reply, a card or a
// promise is to be told; where the site does so, a closing is queued too, to ask
// once whether it is solved, with a way out that mail programs know. A Worker
// takes what waits in one conversation, drops what its customer has seen
// meanwhile, waits until they have been away for two minutes, and sends the rest
// as one letter. A letter that the mail server takes is noted as sent after that:
// a crash in between sends it again, under the same Message-ID. A try that fails
// is repeated with growing pauses for two days; then, and at once when the server
// refuses the recipient or the letter for good, it is given up with a line in the
// audit log.
//
// Words stand in words/, a file per language. What a visitor typed never stands
// in such a letter, since the address may not be theirs: it holds our own words,
// and links that open the rest. Each link is good for one thing, for 14 days.
//
// A copy of the conversation is another letter, which somebody asked for: it goes out
// at once, alone, to the address that they named. It holds what the customer saw; what
// they typed themselves leads nowhere unless the site vouches for the address.
package mail
