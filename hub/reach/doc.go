// Package reach calls agents to customers who wait while no console is open, on
// their phones by Web Push and by e-mail.
//
// It hears of what happens as the store publishes it and holds in memory who waits.
// A customer for whom nobody takes part, or whose agent has gone, is called for after
// half a minute, and again with growing gaps until somebody has them; then those who
// were called are told that it is done. Nobody is called while their site is closed,
// they are absent or it is quiet for them. What was written and by whom never leaves
// the house: a call says where somebody waits and for how long.
//
// However many wait, an agent gets one call for all of them, then a pause, and a
// bounded number of letters a day: how much a visitor writes changes neither.
//
// A restart finds who waits, in the queue and with agents, and begins to call anew.
// Push services are others' machines, so they are asked by package outgoing alone, and
// not for long; a device whose service says that it is gone, or which fails for a day,
// is forgotten.
package reach
