package cycle

// KnownEvidence is a rule as an owner reads it: its name, and what it finds.
type KnownEvidence struct {
	Name Rule   `json:"name"`
	Why  string `json:"why"`
}

// Evidence lists all rules that a prompt may name, by name.
func Evidence() []KnownEvidence {
	names := Rules()
	out := make([]KnownEvidence, len(names))
	for i, name := range names {
		out[i] = KnownEvidence{name, english.rules[name].Why}
	}
	return out
}
