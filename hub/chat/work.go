package chat

// Bounds of an agent's work.
const (
	// DefaultCapacity is how many conversations somebody answers at once until a
	// number of their own is set: few enough to give each a good answer.
	DefaultCapacity = 4
	MaxCapacity     = 50
)

// Work is how an agent works: what routing reads of them beside their teams.
type Work struct {
	// Capacity is how many conversations they answer at once; 0 stands for
	// DefaultCapacity.
	Capacity int64 `json:"capacity,omitempty"`
	// Languages they write, as tags such as en or pt-BR; empty where nobody has said,
	// which fits any.
	Languages []string `json:"languages,omitempty"`
	// Hours are when they work; not kept where nobody has said, which is whenever they
	// are here.
	Hours Hours `json:"hours,omitzero"`
}

// Room is how many conversations they answer at once.
func (w *Work) Room() int64 {
	if w.Capacity == 0 {
		return DefaultCapacity
	}
	return w.Capacity
}

// Clean reports the first field that is out of its bounds.
func (w *Work) Clean() (err error) {
	if w.Capacity < 0 || w.Capacity > MaxCapacity {
		return FailField("capacity", "One person answers 1 to %d conversations at once, or 0 for the usual %d.", MaxCapacity, DefaultCapacity)
	}
	if w.Languages, err = cleanLanguages("languages", w.Languages); err != nil {
		return err
	}
	return w.Hours.clean()
}
