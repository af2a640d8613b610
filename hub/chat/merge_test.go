package chat

import (
	"reflect"
	"slices"
	"testing"
)

// What a profile is given by another is taken away again, whatever both had; what was
// changed or signed since stays.
func TestFilledAndTakenBack(t *testing.T) {
	words := []string{"", "a", "b"}
	attributes := [][]Attribute{nil, {{"plan", "gold", false}}, {{"plan", "free", false}, {"cart", "2", false}}}
	for _, verified := range []bool{false, true} {
		for _, mine := range words {
			for _, theirs := range words {
				for _, have := range attributes {
					for _, get := range attributes {
						p := Person{Name: mine, Email: mine, Segment: mine, Verified: verified, Attributes: have}
						from := Person{Name: theirs, Email: theirs, Segment: theirs, BlockedAt: Time(len(theirs)), Attributes: get}
						before := p
						filled := p.Fill(&from)
						if verified && p.Email != mine {
							t.Fatalf("an address that nobody signed came to a signed customer: %+v", p)
						}
						if mine == "" && theirs != "" && (p.Name != theirs || p.NameGiven != verified || p.BlockedAt == 0) {
							t.Fatalf("filled %v into %+v", filled, p)
						}
						p.Unfill(&from, filled)
						if p.Attributes = p.Attributes[:len(p.Attributes):len(p.Attributes)]; len(p.Attributes) == 0 {
							p.Attributes = have
						}
						if !reflect.DeepEqual(p, before) {
							t.Fatalf("%+v became %+v by %v of %+v", before, p, filled, from)
						}
					}
				}
			}
		}
	}
	p, from := Person{Verified: true}, Person{Name: "Mari", Segment: "new", Attributes: []Attribute{{"plan", "gold", false}}}
	filled := p.Fill(&from)
	p.NameGiven, p.Segment, p.Attributes[0].Verified = false, "existing", true // a token says so now, and an agent
	p.Unfill(&from, filled)
	if p.Name != "Mari" || p.Segment != "existing" || len(p.Attributes) != 1 {
		t.Errorf("what came since was taken away: %+v", p)
	}
}

func TestWhoMayLeadToWhom(t *testing.T) {
	site, strict := &Site{ID: "s", SiteSettings: DefaultSettings("Shop")}, &Site{ID: "s", SiteSettings: DefaultSettings("Shop")}
	strict.Identity.Required = true
	one := func(id string, verified bool) *Person { return &Person{ID: id, SiteID: "s", Verified: verified} }
	for what, err := range map[string]error{
		"two strangers":                     MayMerge(site, one("a", false), one("b", false)),
		"a stranger to a signed one":        MayMerge(site, one("a", false), one("b", true)),
		"two strangers from before signing": MayMerge(strict, one("a", false), one("b", false)),
	} {
		if err != nil {
			t.Errorf("%s: %v", what, err)
		}
	}
	for what, err := range map[string]error{
		"oneself":                         MayMerge(site, one("a", false), one("a", false)),
		"another site's":                  MayMerge(site, &Person{ID: "a", SiteID: "x"}, one("b", false)),
		"two accounts":                    MayMerge(site, one("a", true), one("b", true)),
		"a signed one to a stranger":      MayMerge(site, one("a", true), one("b", false)),
		"past a signature that is wanted": MayMerge(strict, one("a", false), one("b", true)),
	} {
		if !Is(err, Invalid) {
			t.Errorf("%s: %v", what, err)
		}
	}
}

func TestAMergeFillsInOrder(t *testing.T) {
	p := Person{}
	from := Person{Name: "Mari", Email: "m@example.org", Segment: "new", BlockedAt: 5, Attributes: []Attribute{{"plan", "gold", true}}}
	if got := p.Fill(&from); !slices.Equal(got, []string{"name", "email", "segment", "blocked", "attribute:plan"}) || p.Attributes[0].Verified {
		t.Errorf("filled %v into %+v", got, p)
	}
}
