package console

import (
	"cmp"
	"context"
	"reflect"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"rapport/hub"
	"rapport/hub/chat"
	"rapport/hub/cycle"
	"rapport/hub/door"
	"rapport/hub/hours"
	"rapport/hub/wire"
)

func (d *Door) listSites(c *fiber.Ctx, _ *signedIn) (any, error) {
	sites, err := d.showSites(c.UserContext())
	if err != nil {
		return nil, err
	}
	return fiber.Map{"sites": sites}, nil
}

// siteChange is what an admin may change of a site; nil leaves it.
type siteChange struct {
	Name           *string             `json:"name"`
	Color          *string             `json:"color"`
	Position       *string             `json:"position"`
	Greeting       *string             `json:"greeting"`
	ReplyNote      *string             `json:"reply_note"`
	AllowedOrigins *[]string           `json:"allowed_origins"`
	TrackPages     *bool               `json:"track_pages"`
	NoFiles        *bool               `json:"no_files"`
	NoTranscripts  *bool               `json:"no_transcripts"`
	LinkPreviews   *bool               `json:"link_previews"`
	Disabled       *bool               `json:"disabled"`
	Start          *chat.Start         `json:"start"`
	Trade          *string             `json:"trade"`
	Facts          *chat.Facts         `json:"facts"`
	RootCauses     *[]string           `json:"root_causes"`
	After          *chat.After         `json:"after"`
	Jargon         *[]chat.Jargon      `json:"jargon"`
	Late           *chat.Late          `json:"late"`
	Hours          *chat.Hours         `json:"hours"`
	Routing        *chat.Routing       `json:"routing"`
	Form           *chat.Form          `json:"form"`
	Look           *chat.Look          `json:"look"`
	Waiting        *chat.WaitRules     `json:"waiting"`
	Handover       *chat.HandoverRules `json:"handover"`
	Identity       *chat.IdentityRules `json:"identity"`
	Visitors       *chat.VisitorRules  `json:"visitors"`
	Retention      *chat.Retention     `json:"retention"`
	Inviting       *chat.Inviting      `json:"inviting"`
	Oversight      *chat.Oversight     `json:"oversight"`
}

func (r *siteChange) apply(s *chat.SiteSettings) {
	set(&s.Name, r.Name)
	set(&s.Color, r.Color)
	set(&s.Position, r.Position)
	set(&s.Greeting, r.Greeting)
	set(&s.ReplyNote, r.ReplyNote)
	set(&s.AllowedOrigins, r.AllowedOrigins)
	set(&s.TrackPages, r.TrackPages)
	set(&s.NoFiles, r.NoFiles)
	set(&s.NoTranscripts, r.NoTranscripts)
	set(&s.LinkPreviews, r.LinkPreviews)
	set(&s.Disabled, r.Disabled)
	set(&s.Start, r.Start)
	set(&s.Trade, r.Trade)
	set(&s.Facts, r.Facts)
	set(&s.RootCauses, r.RootCauses)
	set(&s.After, r.After)
	set(&s.Jargon, r.Jargon)
	set(&s.Late, r.Late)
	set(&s.Hours, r.Hours)
	set(&s.Routing, r.Routing)
	set(&s.Handover, r.Handover)
	set(&s.Identity, r.Identity)
	set(&s.Look, r.Look)
	set(&s.Form, r.Form)
	set(&s.Waiting, r.Waiting)
	set(&s.Visitors, r.Visitors)
	set(&s.Retention, r.Retention)
	set(&s.Inviting, r.Inviting)
	set(&s.Oversight, r.Oversight)
}

func set[T any](to, from *T) {
	if from != nil {
		*to = *from
	}
}

// changed names the settings in which two differ.
func changed(a, b *chat.SiteSettings) []string {
	var names []string
	note := func(name string, differs bool) {
		if differs {
			names = append(names, name)
		}
	}
	note("name", a.Name != b.Name)
	note("color", a.Color != b.Color)
	note("position", a.Position != b.Position)
	note("greeting", a.Greeting != b.Greeting)
	note("reply_note", a.ReplyNote != b.ReplyNote)
	note("allowed_origins", !slices.Equal(a.AllowedOrigins, b.AllowedOrigins))
	note("track_pages", a.TrackPages != b.TrackPages)
	note("no_files", a.NoFiles != b.NoFiles)
	note("no_transcripts", a.NoTranscripts != b.NoTranscripts)
	note("link_previews", a.LinkPreviews != b.LinkPreviews)
	note("disabled", a.Disabled != b.Disabled)
	note("start", a.Start != b.Start)
	note("trade", a.Trade != b.Trade)
	note("facts", a.Facts != b.Facts)
	note("root_causes", !slices.Equal(a.RootCauses, b.RootCauses))
	note("after", a.After != b.After)
	note("jargon", !slices.Equal(a.Jargon, b.Jargon))
	note("late", !slices.Equal(a.Late, b.Late))
	note("hours", !reflect.DeepEqual(a.Hours, b.Hours))
	note("handover", a.Handover != b.Handover)
	note("identity", a.Identity != b.Identity)
	note("routing", !reflect.DeepEqual(a.Routing, b.Routing))
	note("form", !reflect.DeepEqual(a.Form, b.Form))
	note("look", !reflect.DeepEqual(a.Look, b.Look))
	note("waiting", !reflect.DeepEqual(a.Waiting, b.Waiting))
	note("visitors", a.Visitors != b.Visitors)
	note("retention", a.Retention != b.Retention)
	note("inviting", !reflect.DeepEqual(a.Inviting, b.Inviting))
	note("oversight", a.Oversight != b.Oversight)
	return names
}

func (d *Door) changeSite(c *fiber.Ctx, me *signedIn) (any, error) {
	var r siteChange
	if err := door.Body(c, textBody, &r); err != nil {
		return nil, err
	}
	id, err := idOf(c, "id")
	if err != nil {
		return nil, err
	}
	if r.Retention != nil && !me.agent.May(chat.ErasePeople) {
		return nil, chat.Fail(chat.Forbidden, "Your role may not erase customers, and so not say how long conversations are kept.")
	}
	site, before, fields, err := d.saveSite(c.UserContext(), id, &r)
	if err != nil {
		return nil, err
	}
	if site.LooksAround() {
		d.Visitors.Allow(site.ID)
	} else {
		d.Visitors.Drop(site.ID)
	}
	if len(fields) > 0 {
		d.auditChange(c.UserContext(), me.agent.ID, "site.changed", site.ID, strings.Join(fields, " "), before, site.SiteSettings)
		d.tellTeam(site.ID, "site")
		d.Hub.Broadcast(hub.PresenceTopic(site.ID), wire.SiteChanged(), nil)
	}
	if before.LinkPreviews && !site.LinkPreviews {
		if err := d.Store.ForgetLinks(c.UserContext(), site.ID); err != nil {
			return nil, err
		}
	}
	return d.showSite(c.UserContext(), site)
}

// saveSite changes a site as it is now, says how it was, and names the fields that
// changed.
func (d *Door) saveSite(ctx context.Context, id string, r *siteChange) (site *chat.Site, before chat.SiteSettings, fields []string, err error) {
	done, err := d.settle(ctx)
	if err != nil {
		return nil, before, nil, err
	}
	defer done()
	if site, err = d.Store.Site(ctx, id); err != nil {
		return nil, before, nil, err
	}
	before = site.SiteSettings
	r.apply(&site.SiteSettings)
	d.stamp(&site.Retention, before.Retention)
	if err := d.checkSite(ctx, site); err != nil {
		return nil, before, nil, err
	}
	if err := fillable(&site.SiteSettings); err != nil {
		return nil, before, nil, err
	}
	fields = changed(&before, &site.SiteSettings)
	if len(fields) == 0 {
		return site, before, nil, nil
	}
	return site, before, fields, d.Store.SaveSite(ctx, site)
}

// fillable refuses words of the owner's with a variable that can never have a value.
func fillable(s *chat.SiteSettings) error {
	refuse := func(field string, left []string) error {
		if len(left) == 0 {
			return nil
		}
		return chat.FailField(field, "%s can never be filled in. Take it out, or give it words of its own.", left[0])
	}
	if err := refuse("follow_up_text", cycle.Unfillable(s.After.FollowUpText)); err != nil {
		return err
	}
	for _, w := range s.Late {
		err := cmp.Or(
			refuse("late.known", cycle.Unfillable(w.Known, cycle.DelayVariables(true)...)),
			refuse("late.open", cycle.Unfillable(w.Open, cycle.DelayVariables(false)...)))
		if err != nil {
			return err
		}
	}
	return nil
}

// checkWaiting cleans a site's settings and refuses hours of a country that is not
// known, and words that could never be said.
func checkWaiting(site *chat.Site) error {
	if err := site.Validate(); err != nil {
		return err
	}
	if c := site.Hours.Country; c != "" && !hours.Known(c) {
		return chat.FailField("hours.country", "The public holidays of %s are not known here.", c)
	}
	for field, text := range site.Waiting.Texts() {
		if left := cycle.Unsayable(*text); left != "" {
			return chat.FailField(field, "%s can never be filled in. Take it out, or give it words of its own.", left)
		}
	}
	return nil
}

// siteOf returns the site in the path.
func (d *Door) siteOf(c *fiber.Ctx) (*chat.Site, error) {
	id, err := idOf(c, "id")
	if err != nil {
		return nil, err
	}
	return d.Store.Site(c.UserContext(), id)
}

// siteIn returns the id of the site in the path, if there is one.
func (d *Door) siteIn(c *fiber.Ctx) (string, error) {
	site, err := d.siteOf(c)
	if err != nil {
		return "", err
	}
	return site.ID, nil
}
