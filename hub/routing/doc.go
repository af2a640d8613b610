// Package routing decides who gets a conversation that waits. It has no I/O and no
// clock of its own: the same conversation, people and time always give the same
// answer, whatever the order in which the people are named.
//
// # Who may
//
// Only somebody whose connection is alive, who says that they are online and takes
// something new (no "nothing new for ten minutes", no writing up, no absence), who
// has room, and who fits: a team of theirs serves the site and, where it names any,
// the segment, the type and the language; and they write the customer's language.
// What is not known of a customer fits any team, and who is in no team serves all.
// Whoever has nothing at all has room for one, however much it weighs.
//
// Who has passed on it, by declining or by letting the offer run out, is left alone
// for PassedFor. A conversation for which nobody has come within WidenAfter is for
// anybody who serves its site, so that no rule keeps a customer waiting for ever.
//
// # Who of them
//
// The first of these that tells two of them apart decides:
//
//  1. who has not passed on it before;
//  2. for a complaint, who is trained for them;
//  3. who spoke with this customer last;
//  4. who fits more closely: their teams name the type, the segment or the language;
//  5. who has the largest share of their room free;
//  6. who was given something longest ago.
//
// What decided is said with the answer, in words for people.
package routing
