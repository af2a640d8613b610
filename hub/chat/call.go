package chat

import "slices"

// Kinds of what an agent may be called for.
const (
	CallWaiting  = "waiting"  // somebody waits whom nobody has
	CallMine     = "mine"     // a customer of theirs has written
	CallOffer    = "offer"    // a conversation is offered or handed to them
	CallMention  = "mention"  // a colleague names them in a note
	CallPromise  = "promise"  // a promise of theirs is due
	CallDecision = "decision" // a colleague asks for their decision
)

// Ways in which one is called: at a console that is open and out of sight, and while
// none is.
const (
	BySound   = "sound"
	ByDesktop = "desktop"
	ByPhone   = "phone" // their devices and e-mail
)

// callKinds says in which ways each kind calls. Whoever is offered something or asked
// is at a console, so that no phone is called for it.
var callKinds = map[string][]string{
	CallWaiting: {BySound, ByDesktop, ByPhone}, CallMine: {BySound, ByDesktop, ByPhone},
	CallOffer: {BySound, ByDesktop}, CallMention: {BySound, ByDesktop},
	CallPromise: {BySound, ByDesktop}, CallDecision: {BySound, ByDesktop},
}

// MuteOf names a kind of call in one way, as "mention.sound".
func MuteOf(kind, way string) string { return kind + "." + way }

// Mutes are all that can be muted.
func Mutes() (out []string) {
	for kind, ways := range callKinds {
		for _, way := range ways {
			out = append(out, MuteOf(kind, way))
		}
	}
	slices.Sort(out)
	return out
}

// cleanMutes sorts what somebody does not want to be called for; each stands there once.
func cleanMutes(list []string) ([]string, error) {
	known := Mutes()
	if len(list) > len(known) {
		return nil, FailField("mutes", "These are more than there are.")
	}
	for _, m := range list {
		if !slices.Contains(known, m) {
			return nil, FailField("mutes", "Nobody is called for %q.", CleanLine(m, MaxKey))
		}
	}
	out := slices.Clone(list)
	slices.Sort(out)
	if out = slices.Compact(out); len(out) == 0 {
		return nil, nil
	}
	return out, nil
}

// Hears reports whether an agent is called for a kind in a way.
func (r *Reach) Hears(kind, way string) bool { return !slices.Contains(r.Mutes, MuteOf(kind, way)) }
