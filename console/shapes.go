package console

import (
	"context"
	"net"
	"strings"

	"github.com/gofiber/fiber/v2"

	"rapport/hub/chat"
	"rapport/hub/hours"
)

// meShape is Me of the protocol: what a signed-in agent is told of themselves.
type meShape struct {
	Agent    agentShape  `json:"agent"`
	CSRF     string      `json:"csrf"`
	Insecure bool        `json:"insecure"`
	Sites    []siteShape `json:"sites"`
	// May is what their role allows.
	May []chat.Permission `json:"may"`
	// SecondStepUnset: their role takes a second step that they have to set up first.
	SecondStepUnset bool `json:"second_step_unset,omitempty"`
	// Solo: nobody else may sign in here.
	Solo bool `json:"solo"`
	// Mutes is what they are not called for; absent for nothing.
	Mutes []string `json:"mutes,omitempty"`
}

type agentShape struct {
	chat.AgentCard
	Email    string    `json:"email"`
	Role     chat.Role `json:"role"`
	Disabled bool      `json:"disabled"`
	// Complaints: trained for them; absent for no.
	Complaints bool      `json:"complaints,omitempty"`
	Work       chat.Work `json:"work,omitzero"`
	// Second: signs in with a second step; absent for no.
	Second    bool      `json:"second_step,omitempty"`
	CreatedAt chat.Time `json:"created_at"`
	// Absence stands now; absent for none. The list of agents has it.
	Absence *absenceShape `json:"absence,omitempty"`
}

func showAgent(a *chat.Agent) agentShape {
	return agentShape{AgentCard: cardOf(a), Email: a.Email, Role: a.Role, Disabled: a.DisabledAt > 0, Complaints: a.Complaints, Work: a.Work, Second: a.Second, CreatedAt: a.CreatedAt}
}

func cardOf(a *chat.Agent) chat.AgentCard {
	return chat.AgentCard{ID: a.ID, Name: a.Name, Picture: a.Picture}
}

type sessionShape struct {
	ID        string    `json:"id"`
	Current   bool      `json:"current"`
	UserAgent string    `json:"user_agent"`
	IP        string    `json:"ip"`
	CreatedAt chat.Time `json:"created_at"`
	SeenAt    chat.Time `json:"seen_at"`
}

type invitationShape struct {
	ID        string    `json:"id"`
	Email     string    `json:"email"`
	Role      chat.Role `json:"role"`
	Teams     []string  `json:"teams,omitempty"`
	ExpiresAt chat.Time `json:"expires_at"`
	Link      string    `json:"link,omitempty"`
}

func showInvitation(v *chat.Invitation, link string) invitationShape {
	return invitationShape{v.ID, v.Email, v.Role, v.Teams, v.ExpiresAt, link}
}

type siteShape struct {
	ID string `json:"id"`
	chat.SiteSettings
	Key               string    `json:"key"`
	Snippet           string    `json:"snippet"`
	IdentityKID       string    `json:"identity_kid"`
	IdentityRotatedAt chat.Time `json:"identity_rotated_at"`
	Demo              bool      `json:"demo,omitempty"` // the demonstration shop shows it
	Mail              string    `json:"mail"`
	CreatedAt         chat.Time `json:"created_at"`

	// Opening is when the site is open next; nil where it keeps no hours.
	Opening *[]openSpan `json:"opening,omitempty"`
}

// openSpan is a stretch in which a site is open, from one time to another.
type openSpan [2]chat.Time

// openSpans are enough for a console that stands open for some days.
const openSpans = 20

// opening tells when a site is open from now on.
func opening(s *chat.Site, now chat.Time) *[]openSpan {
	c := hours.Of(s.Hours)
	if !c.Kept() {
		return nil
	}
	out := []openSpan{}
	for _, v := range c.Coming(now.Std(), openSpans) {
		out = append(out, openSpan{chat.At(v.From), chat.At(v.To)})
	}
	return &out
}

// Whether customers who have left are written to.
const (
	mailReady    = "ready"
	mailNotSetUp = "not_set_up"
)

// showSite adds to a site what an owner needs to put it on a page.
func (d *Door) showSite(ctx context.Context, s *chat.Site) (siteShape, error) {
	secrets, err := d.Store.IdentitySecrets(ctx, s.ID)
	if err != nil {
		return siteShape{}, err
	}
	shape := siteShape{
		ID: s.ID, SiteSettings: s.SiteSettings, Key: s.Key, Demo: s.Demo(), Mail: mailNotSetUp, CreatedAt: s.CreatedAt,
		Snippet: `<script async src="` + d.WidgetURL + `/w.js" data-site="` + s.Key + `"></script>`,
		Opening: opening(s, d.Clock()),
	}
	if shape.AllowedOrigins == nil {
		shape.AllowedOrigins = []string{}
	}
	if d.Mail {
		shape.Mail = mailReady
	}
	if len(secrets) > 0 && secrets[0].RetiresAt == 0 {
		shape.IdentityKID, shape.IdentityRotatedAt = secrets[0].KID, secrets[0].CreatedAt
	}
	return shape, nil
}

func (d *Door) showSites(ctx context.Context) ([]siteShape, error) {
	sites, err := d.Store.Sites(ctx)
	if err != nil {
		return nil, err
	}
	out := make([]siteShape, 0, len(sites))
	for i := range sites {
		shape, err := d.showSite(ctx, &sites[i])
		if err != nil {
			return nil, err
		}
		out = append(out, shape)
	}
	return out, nil
}

// showMe is the answer to everything that ends with being signed in.
func (d *Door) showMe(c *fiber.Ctx, a *chat.Agent, sessionID string) (any, error) {
	sites, err := d.showSites(c.UserContext())
	if err != nil {
		return nil, err
	}
	agents, err := d.Store.Agents(c.UserContext())
	if err != nil {
		return nil, err
	}
	unset := false
	if !a.Second {
		if unset, err = d.takesSecondStep(c.UserContext(), a); err != nil {
			return nil, err
		}
	}
	reach, err := d.Store.Reach(c.UserContext(), a.ID)
	if err != nil {
		return nil, err
	}
	return meShape{showAgent(a), d.csrf.token(sessionID), d.insecure(c), sites, a.Rights().List(), unset, working(agents) == 1, reach.Mutes}, nil
}

// insecure reports whether what this browser sends can be read on its way.
func (d *Door) insecure(c *fiber.Ctx) bool {
	host := string(c.Request().Host())
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	ip := net.ParseIP(strings.Trim(host, "[]"))
	here := host == "localhost" || strings.HasSuffix(host, ".localhost") || ip != nil && ip.IsLoopback()
	return !d.https && !here
}
