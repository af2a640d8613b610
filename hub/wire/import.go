package wire

import "rapport/hub/chat"

// Import is a file that was brought in.
type Import struct {
	ID       string          `json:"id"`
	Kind     chat.ImportKind `json:"kind"`
	Name     string          `json:"name"`
	By       *chat.AgentCard `json:"by"` // null for the command line
	Added    int64           `json:"added"`
	MadeAt   chat.Time       `json:"made_at"`
	UndoneAt chat.Time       `json:"undone_at"`
}

// NewImport shows i.
func NewImport(i *chat.Import) Import {
	w := Import{ID: i.ID, Kind: i.Kind, Name: i.Name, Added: i.Added, MadeAt: i.MadeAt, UndoneAt: i.UndoneAt}
	if i.By.ID != "" {
		by := i.By
		w.By = &by
	}
	return w
}

// Purchase is an order of a customer's.
type Purchase struct {
	Reference string    `json:"reference"`
	At        chat.Time `json:"at"`
	Amount    int64     `json:"amount"`
	Currency  string    `json:"currency"`
	State     string    `json:"state"`
	Text      string    `json:"text"`
}

// NewPurchase shows p.
func NewPurchase(p *chat.Purchase) Purchase {
	return Purchase{Reference: p.Reference, At: p.At, Amount: p.Amount, Currency: p.Currency, State: p.State, Text: p.Text}
}
