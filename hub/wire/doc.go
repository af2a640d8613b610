// Package wire is the Go twin of static/src/wire/protocol*.ts: the shapes of
// protocol v1 and their encoding. The golden files in static/docs/golden hold
// both to each other.
//
// Two audiences exist. A visitor's wire carries public numbers only and never
// more of an agent than name and picture; the team's wire carries everything.
package wire
