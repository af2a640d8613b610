// Package cycle is the interaction cycle as pure functions: which of the five
// steps a matter is in, which prompts are done, and why.
//
// # The model
//
// A matter goes through Greeting, Understanding, Agreeing, Delivering and
// Closing. State is what the cycle remembers of one matter between two events;
// it is stored with the matter as compact JSON. An Event is something that
// happened: a message was posted, the conversation was closed or opened again,
// an agent moved the step, ticked a prompt or took something back. Apply turns
// a state and an event into the next state and a list of changes. A Change is a
// move of the step or a tick of a prompt, with one line that says why and the
// message that caused it; the desk stores each as a chat.Progress and tells the
// agents.
//
//	state ──┐
//	        ├─ Apply(guide, state, event) ──► state, changes, whether to store
//	event ──┘
//
// There is no I/O here and no clock: the time comes with the event, so the same
// events always give the same state (Replay), on every database and machine.
//
// # What moves the step
//
// The first human reply ends Greeting. A reply that started from a template of
// one later step moves there. Closing the conversation moves to Closing, and
// opening it again to Understanding. A proposal that is sent as a card moves to
// Agreeing, its acceptance to Delivering. The rest is read from words: the
// customer confirms what was said back, or the agent offers something (Agreeing);
// the customer takes the offer, or the agent says that it is done (Delivering);
// the customer says that it is solved, or thanks as one does at the end while
// nothing is open (Closing). Words only move forward, and nothing ever waits for
// a move: steps are a framework, never a gate.
//
// # What is read
//
// A Reading is the interaction type, the mood and its trend, the need in the
// customer's words, and their last question that no reply has followed; what the
// agent's last word leaves to the customer, which says what a plain yes or thanks
// mean; and by which words the last offer can be taken. How well it reads is
// measured on testdata/labelled (Measure).
//
// # The agent's word wins
//
// After an agent has set the step, no automatic move goes back before it, until
// the conversation is opened again, which starts a new round. A move that an
// agent has undone is not made again for the same kind of cause. A prompt that
// an agent has set, cleared or undone is theirs: evidence never touches it
// again. What an agent says of type, mood or need is never read anew.
//
// # Evidence
//
// A prompt may name an evidence rule. Rules are phrases, read sentence by
// sentence with case, accents and apostrophes folded; quoted text and addresses
// are not read. They stand in phrases/en.json, which the browser can read too;
// another language is another file. Rules are made to be right rather than
// complete: what they miss costs one click at most, what they claim wrongly
// costs trust. Prompts of any step can be ticked at any time, because people do
// not talk in order.
//
// Prompts that are still open when a matter closes were not needed. That is
// read from the closing itself and stored nowhere, so that closing a short talk
// does not write twenty rows.
package cycle
