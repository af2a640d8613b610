// Package hours works out when a site is open: weekly periods, public holidays,
// days of its own and what clocks do to them.
//
// # The clock on the wall
//
// A site is open at an instant when the clock on its wall, the date included,
// shows a time within its hours. Everything else follows from that one rule. An
// hour that the clock skips is not there to be open in; one that it shows twice
// is open both times, and a period that ends inside it is open twice as well. A
// date that a zone left out never comes. A period past midnight belongs to the
// day on which it began: the bar that opens on New Year's Eve is open at one in
// the morning although New Year's Day is closed.
//
// # What stands above what
//
// A date's own hours count first, then a day of every year, then public holidays
// (closed, but for those that the site names as worked), then the week.
//
// Nothing here does I/O or has a clock of its own. A Calendar may be used by
// several goroutines. Answers are exact; looks ahead end after Horizon.
package hours
