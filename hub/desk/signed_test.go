package desk_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"rapport/hub/chat"
	"rapport/hub/desk"
	"rapport/storage/storagetest/ready"
)

// browser is one at which somebody sits: the profile that it began with, and the secret
// and device that it holds now.
type browser struct {
	home   string
	secret string
	device string
}

func (s *shop) browser() *browser {
	s.Helper()
	who, v := s.visit("", nil)
	return &browser{home: who.ID, secret: v.Secret, device: v.DeviceID}
}

// comes is another visit of a browser, signed in as sub, or as nobody for "".
func (s *shop) comes(b *browser, sub string) string {
	s.Helper()
	var who *desk.Claims
	if sub != "" {
		who = &desk.Claims{Sub: sub}
	}
	_, v := s.visit(b.secret, who)
	if b.secret = v.Secret; v.DeviceID != b.device { // another customer's device was left behind
		b.device, b.home = v.DeviceID, v.Person.ID
	}
	return v.Person.ID
}

func (s *shop) together(by chat.Actor, stays, goes string) *desk.Merged {
	s.Helper()
	done, err := s.desk.MergePeople(s.ctx(), by, stays, goes)
	s.must(err)
	return done
}

// An account that the site brought in stays by itself when a browser that an agent brought
// to it signs in as somebody else.
func TestASignInTakesNoBroughtInAccountAlong(t *testing.T) {
	for _, there := range []bool{true, false} {
		s := newShop(t)
		sue := s.agent("Sue", chat.Supervisor)
		s.brings(chat.ImportPeople, false, person("c-1", "maria"))
		maria := s.rows(`SELECT person_id FROM identity WHERE sub = 'c-1'`)[0]
		stranger := s.browser()
		s.together(sue, maria, stranger.home)
		if there {
			s.visit("", &desk.Claims{Sub: "tom"})
		}
		if tom := s.comes(stranger, "tom"); tom == maria {
			t.Errorf("Tom is Maria; an account before: %v", there)
		}
		if p, err := s.store.Profile(s.ctx(), maria); err != nil || p.MergedInto != "" || p.Verified {
			t.Errorf("Maria is %+v: %v", p, err)
		}
		if again, _ := s.visit("", &desk.Claims{Sub: "c-1"}); again.ID != maria {
			t.Errorf("Maria comes as %s", again.ID)
		}
	}
}

// Where a browser that an agent had brought to another signed in, taking them apart leaves
// it with its customer, and the other with itself; with what each had.
func TestTakenApartOnlyWhoSignedInStaysSignedIn(t *testing.T) {
	for _, first := range []bool{true, false} {
		s := newShop(t)
		sue := s.agent("Sue", chat.Supervisor)
		a, b := s.browser(), s.browser()
		who := chat.Actor{Kind: chat.ByPerson, ID: b.home, Site: s.site.ID}
		s.must(second(s.desk.UpdatePerson(s.ctx(), who, b.home, desk.PersonChange{Attributes: map[string]string{"plan": "gold"}})))
		own := s.says(chat.Actor{Kind: chat.ByPerson, ID: a.home, Site: s.site.ID}, chat.NewID(), "client-1", "Mine").Message.ConversationID
		if !first {
			s.visit("", &desk.Claims{Sub: "grace"})
		}
		done := s.together(sue, a.home, b.home)
		grace := s.comes(b, "grace")
		if got := s.comes(a, ""); got != grace || grace == a.home {
			t.Errorf("together the other is %s's, want %s", got, grace)
		}
		apart, err := s.desk.UnmergePeople(s.ctx(), sue, grace, done.Merge.ID)
		s.must(err)
		for _, id := range []string{a.home, b.home, grace} {
			if !slices.Contains(apart.Changed, id) {
				t.Errorf("%s is not told", id)
			}
		}
		if s.comes(a, "") != a.home || s.comes(b, "") != grace {
			t.Errorf("taken apart they are %s and %s, want %s and %s", s.comes(a, ""), s.comes(b, ""), a.home, grace)
		}
		if e := s.last(own, chat.PersonUpdated); e.PersonID != a.home {
			t.Errorf("the team heard %+v", e)
		}
		p, err := s.store.Person(s.ctx(), a.home)
		s.must(err)
		q, err := s.store.Person(s.ctx(), grace)
		s.must(err)
		if len(p.Attributes) != 0 || len(q.Attributes) != 1 || p.Verified || !q.Verified {
			t.Errorf("who never signed in is %+v, who did %+v", p, q)
		}
	}
}

// A block that is laid or lifted while two are one holds for both afterwards.
func TestABlockLaidTogetherHoldsForBoth(t *testing.T) {
	s := newShop(t)
	sue := s.agent("Sue", chat.Supervisor)
	a, b := s.visitor(), s.visitor()
	for _, yes := range []bool{true, false} {
		done := s.together(sue, a.ID, b.ID)
		s.later(time.Minute)
		s.must(second(s.desk.UpdatePerson(s.ctx(), sue, b.ID, desk.PersonChange{Blocked: &yes})))
		s.must(second(s.desk.UnmergePeople(s.ctx(), sue, a.ID, done.Merge.ID)))
		for _, who := range []chat.Actor{a, b} {
			if p, err := s.store.Person(s.ctx(), who.ID); err != nil || p.Blocked() != yes {
				t.Errorf("blocked is %v, want %v: %v", p.Blocked(), yes, err)
			}
		}
	}
	if lines := s.rows(`SELECT action FROM audit WHERE object = ? ORDER BY number`, b.ID); !slices.Equal(lines, []string{"person.blocked", "person.unblocked"}) {
		t.Errorf("the log has %v", lines)
	}
}

// In random worlds a browser is an account's only where it has signed in as that itself,
// or a merge by hand that still stands joins it to one that has.
func TestNobodyIsLeftInAnAccount(t *testing.T) {
	t.Run("sqlite", func(t *testing.T) { newShop(t).leavesNobodyInAnAccount() })
	t.Run("postgres", func(t *testing.T) { shopOn(t, ready.Database(t)).leavesNobodyInAnAccount() })
}

func (s *shop) leavesNobodyInAnAccount() {
	s.Helper()
	rnd := rand.New(rand.NewPCG(20261122, 39))
	sue := s.agent("Sue", chat.Supervisor)
	for world := range 25 {
		w := signWorld{shop: s, accounts: map[string]bool{}, joined: map[[2]string]bool{}}
		for range 5 {
			w.browsers = append(w.browsers, s.browser())
		}
		var told []string
		for range 30 {
			s.later(time.Second)
			told = append(told, w.step(rnd, sue, world))
			if bad := w.astray(); bad != "" {
				s.Fatalf("world %d: %s after\n%s", world, bad, strings.Join(told, "\n"))
			}
		}
	}
}

// signWorld is what has to be known to tell whose a browser may be.
type signWorld struct {
	*shop
	browsers []*browser
	standing []*desk.Merged
	accounts map[string]bool
	joined   map[[2]string]bool // a profile, and an account as which its browser signed in
}

func (w *signWorld) step(rnd *rand.Rand, sue chat.Actor, world int) string {
	w.Helper()
	i, j := rnd.IntN(len(w.browsers)), rnd.IntN(len(w.browsers))
	one, other := w.browsers[i], w.browsers[j]
	switch rnd.IntN(5) {
	case 0, 1:
		done, err := w.desk.MergePeople(w.ctx(), sue, one.home, other.home)
		if err != nil {
			w.refused(err, chat.Invalid)
			return fmt.Sprintf("%d may not lead to %d", j, i)
		}
		w.standing = append(w.standing, done)
		return fmt.Sprintf("%d leads to %d", j, i)
	case 2:
		sub := fmt.Sprintf("%d of %d", rnd.IntN(3), world)
		account := w.comes(one, sub)
		w.accounts[account], w.joined[[2]string{one.home, account}] = true, true
		return fmt.Sprintf("%d signs in as %s", i, sub)
	default:
		if len(w.standing) == 0 {
			return "nothing"
		}
		k := rnd.IntN(len(w.standing))
		m := w.standing[k].Merge
		if _, err := w.desk.UnmergePeople(w.ctx(), sue, m.IntoID, m.ID); err != nil {
			w.refused(err, chat.Conflict)
			return "something stands upon it"
		}
		w.standing = slices.Delete(w.standing, k, k+1)
		return fmt.Sprintf("merge %d is undone", k)
	}
}

// astray tells of a browser that is an account's without right.
func (w *signWorld) astray() string {
	w.Helper()
	next := map[string][]string{}
	join := func(a, b string) { next[a], next[b] = append(next[a], b), append(next[b], a) }
	for _, m := range w.standing {
		join(m.Merge.FromID, m.Merge.IntoID)
	}
	for pair := range w.joined {
		join(pair[0], pair[1])
	}
	for i, b := range w.browsers {
		device, err := w.store.Device(w.ctx(), b.device)
		w.must(err)
		reached, todo := map[string]bool{}, []string{b.home}
		for len(todo) > 0 {
			id := todo[0]
			if todo = todo[1:]; !reached[id] {
				reached[id] = true
				todo = append(todo, next[id]...)
			}
		}
		if w.accounts[device.PersonID] && !reached[device.PersonID] {
			return fmt.Sprintf("browser %d is in an account of others", i)
		}
	}
	return ""
}
