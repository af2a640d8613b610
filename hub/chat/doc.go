// Package chat holds the nouns of Rapport and nothing else: values with their
// bounds and Validate methods, the closed list of events, the error codes, ids,
// the clock and the transaction that the store hands to the desk.
//
// Words are those of the product: a visitor is a browser, a customer (Person in
// code) is the human being behind one or more of them, a conversation is the
// thread, and a matter is what they came about. Step, prompts and promises
// belong to the matter.
//
// The package imports nothing of ours, does no I/O and keeps no state.
package chat
