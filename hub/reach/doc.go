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
// A restart finds who waits in the queue and begins to call anew. Push services are
// others' machines, so they are asked by package outgoing alone; one that says that a
// browser is gone has its device forgotten.
package reach
