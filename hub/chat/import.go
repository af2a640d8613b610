package chat

import (
	"slices"
	"time"
)

// ImportKind says what a file holds.
type ImportKind string

const (
	ImportPeople ImportKind = "people"
	ImportOrders ImportKind = "orders"
	ImportTalks  ImportKind = "conversations"
)

// ImportKinds are all of them.
var ImportKinds = []ImportKind{ImportPeople, ImportOrders, ImportTalks}

// ChannelImport is that of conversations from elsewhere: nobody talks there.
const ChannelImport = "import"

// Bounds of a file that is brought in.
const (
	MaxImportBytes  = 4 << 20
	MaxImportItems  = 5_000
	MaxImportLines  = 20_000 // messages in one file
	MaxTalkLines    = 500    // messages in one conversation
	MaxImportKept   = 100    // how many are listed
	MaxPurchaseText = 300
	maxAmount       = 1e12
)

// Import is a file that somebody brought in.
type Import struct {
	ID       string
	SiteID   string
	Kind     ImportKind
	Name     string    // of the file
	By       AgentCard // zero for the command line; the store keeps the id
	Added    int64     // how many things came with it
	MadeAt   Time
	UndoneAt Time // zero while it stands
}

// Imported is a thing that came with an import, by its reference at the site.
type Imported struct {
	SiteID    string
	Kind      ImportKind
	Reference string
	ImportID  string
	PersonID  string
	ObjectID  string // the person, the purchase or the conversation
}

// Purchase is an order of a customer's.
type Purchase struct {
	ID        string
	SiteID    string
	PersonID  string
	Reference string // its number at the site
	At        Time
	Amount    int64  // in hundredths of the currency
	Currency  string // three letters
	State     string // as the site calls it: paid, sent, returned; or ""
	Text      string // what it was, or ""
}

// ImportProblem is why something of a file cannot be brought in.
type ImportProblem struct {
	Line    int    `json:"line"`
	Field   string `json:"field"`
	Message string `json:"message"`
}

// Item is one thing of a file: a person, an order or a conversation.
type Item struct {
	Line      int    // where it begins in the file, from 1
	Reference string // its id at the site; of a person the sub of their signed identity
	Customer  string // the reference of whom an order or a conversation is
	Person    *Person
	Purchase  *Purchase
	Talk      []TalkLine // oldest first
}

// TalkLine is one message of a conversation from elsewhere.
type TalkLine struct {
	ByCustomer bool
	Name       string // who answered, or ""
	At         Time
	Text       string
}

// Clean makes an item of a kind fit to store at now, and reports the first field
// that is out of its bounds. Doing it again changes nothing.
func (i *Item) Clean(kind ImportKind, now Time) error {
	if i.Reference = CleanLine(i.Reference, MaxReference); i.Reference == "" {
		return FailField("reference", "It needs a reference: its number at your site.")
	}
	if kind == ImportPeople {
		return i.cleanPerson()
	}
	if i.Customer = CleanLine(i.Customer, MaxReference); i.Customer == "" {
		return FailField("customer", "Say whose it is: the customer's reference.")
	}
	if kind == ImportOrders {
		return i.cleanPurchase(now)
	}
	return i.cleanTalk(now)
}

func (i *Item) cleanPerson() error {
	p := i.Person
	p.Name, p.Locale = CleanLine(p.Name, MaxName), CleanLine(p.Locale, 20)
	if p.Email != "" {
		email, err := CleanEmail("email", p.Email)
		if err != nil {
			return err
		}
		p.Email = email
	}
	if p.Segment != "" && !slices.Contains(Segments, p.Segment) {
		return FailField("segment", "A segment is prospective, new, existing or past.")
	}
	if len(p.Attributes) > MaxAttributes {
		return TooManyAttributes()
	}
	for k := range p.Attributes {
		a := &p.Attributes[k]
		a.Key, a.Value, a.Verified = CleanLine(a.Key, MaxKey), CleanLine(a.Value, MaxValue), false
	}
	return nil
}

func (i *Item) cleanPurchase(now Time) error {
	p := i.Purchase
	if err := past("at", p.At, now); err != nil {
		return err
	}
	if p.Amount < -maxAmount || p.Amount > maxAmount {
		return FailField("amount", "This amount is too large.")
	}
	if !currencyForm.MatchString(p.Currency) {
		return FailField("currency", "A currency has three capital letters, such as EUR.")
	}
	p.Reference, p.State, p.Text = i.Reference, CleanLine(p.State, MaxKey), CleanLine(p.Text, MaxPurchaseText)
	return nil
}

func (i *Item) cleanTalk(now Time) error {
	if len(i.Talk) == 0 || len(i.Talk) > MaxTalkLines {
		return FailField("messages", "A conversation has 1 to %d messages.", MaxTalkLines)
	}
	for k := range i.Talk {
		l := &i.Talk[k]
		if err := past("at", l.At, now); err != nil {
			return err
		}
		if k > 0 && l.At < i.Talk[k-1].At {
			return FailField("at", "The messages of a conversation stand oldest first.")
		}
		l.Name = CleanLine(l.Name, MaxName)
		text, err := CleanText("text", l.Text, MaxText-MaxName)
		if err != nil {
			return err
		}
		l.Text = text
	}
	return nil
}

// oldest is the earliest time that anything from elsewhere may have: 1990.
const oldest = Time(631_152_000_000)

func past(field string, at, now Time) error {
	if at < oldest || at > now.Add(24*time.Hour) {
		return FailField(field, "Say when it was: after 1990, and not in the future.")
	}
	return nil
}

// ImportTx reads and writes what is brought in.
type ImportTx interface {
	// Import returns one. ErrNotFound if there is none.
	Import(id string) (*Import, error)
	InsertImport(i *Import) error
	// SaveImport stores how many things came, and when it was undone.
	SaveImport(i *Import) error
	// Imported reports whether this reference came already.
	Imported(siteID string, kind ImportKind, reference string) (bool, error)
	NoteImported(i *Imported) error
	// ImportedWith returns things that came with an import, at most limit.
	ImportedWith(importID string, limit int) ([]Imported, error)
	ForgetImported(i *Imported) error
	InsertPurchase(p *Purchase) error
	DeletePurchase(id string) error
	// AsItCame reports whether nothing but what was brought in has happened in a
	// conversation.
	AsItCame(conversationID string) (bool, error)
	// Bare reports whether nothing but an import knows this person: no browser, no
	// conversation, no purchase, no note, no delay, no block.
	Bare(personID string) (bool, error)
	// ForgetIdentity takes away the sub that a bare person is known by.
	ForgetIdentity(siteID, sub string) error
}
