package console

import (
	"context"

	"github.com/gofiber/fiber/v2"

	"rapport/hub/chat"
	"rapport/hub/door"
	"rapport/hub/wire"
)

// Reacher tells agents of who waits while no console is open.
type Reacher interface {
	Key() string // what browsers are set up with
	Welcome(d chat.PushDevice)
}

// reachShape is Reach of the protocol.
type reachShape struct {
	Key      string        `json:"key"`
	MailSent bool          `json:"mail_sent"`
	Mail     bool          `json:"mail"`
	Quiet    bool          `json:"quiet"`
	Begins   int           `json:"begins"`
	Ends     int           `json:"ends"`
	Zone     string        `json:"zone"`
	Mutes    []string      `json:"mutes"`
	Devices  []deviceShape `json:"devices"`
}

// deviceShape is PushDevice of the protocol.
type deviceShape struct {
	ID        string    `json:"id"`
	Current   bool      `json:"current"`
	UserAgent string    `json:"user_agent"`
	CreatedAt chat.Time `json:"created_at"`
	ReachedAt chat.Time `json:"reached_at"`
}

func (d *Door) reach(c *fiber.Ctx, me *signedIn) (any, error) {
	return d.showReach(c.UserContext(), me)
}

func (d *Door) showReach(ctx context.Context, me *signedIn) (any, error) {
	r, err := d.Store.Reach(ctx, me.agent.ID)
	if err != nil {
		return nil, err
	}
	devices, err := d.Store.PushDevices(ctx, me.agent.ID)
	if err != nil {
		return nil, err
	}
	out := reachShape{MailSent: d.Mail, Mail: r.Mail, Quiet: r.Quiet, Begins: r.Begins, Ends: r.Ends, Zone: r.Zone, Mutes: mutesOf(r), Devices: []deviceShape{}}
	if d.Reach != nil {
		out.Key = d.Reach.Key()
	}
	for _, v := range devices {
		out.Devices = append(out.Devices, deviceShape{v.ID, v.SessionID == me.session.ID, v.UserAgent, v.CreatedAt, v.ReachedAt})
	}
	return out, nil
}

// mutesOf never is null.
func mutesOf(r *chat.Reach) []string { return append([]string{}, r.Mutes...) }

// setReach keeps when and how an agent is reached, beside their devices.
func (d *Door) setReach(c *fiber.Ctx, me *signedIn) (any, error) {
	var r struct {
		Mail   bool     `json:"mail"`
		Quiet  bool     `json:"quiet"`
		Begins int      `json:"begins"`
		Ends   int      `json:"ends"`
		Zone   string   `json:"zone"`
		Mutes  []string `json:"mutes"`
	}
	if err := door.Body(c, smallBody, &r); err != nil {
		return nil, err
	}
	reach := chat.Reach{AgentID: me.agent.ID, Mail: r.Mail, Quiet: r.Quiet, Begins: r.Begins, Ends: r.Ends, Zone: r.Zone, Mutes: r.Mutes}
	if err := reach.Validate(); err != nil {
		return nil, err
	}
	if err := d.Store.SaveReach(c.UserContext(), &reach); err != nil {
		return nil, err
	}
	// What is muted holds in all their consoles.
	d.Hub.Tell(me.agent.ID, wire.Changed("", "me"))
	return d.showReach(c.UserContext(), me)
}

// addPushDevice has this browser told from now on, as long as it is signed in. Its
// first note comes at once.
func (d *Door) addPushDevice(c *fiber.Ctx, me *signedIn) (any, error) {
	var r chat.PushAddress
	if err := door.Body(c, smallBody, &r); err != nil {
		return nil, err
	}
	if err := r.Validate(); err != nil {
		return nil, err
	}
	before, err := d.Store.PushDevices(c.UserContext(), me.agent.ID)
	if err != nil {
		return nil, err
	}
	v := chat.PushDevice{ID: chat.NewID(), AgentID: me.agent.ID, SessionID: me.session.ID, Push: r, UserAgent: me.session.UserAgent}
	if err := d.Store.SavePushDevice(c.UserContext(), &v); err != nil {
		return nil, err
	}
	if d.Reach != nil && !known(before, v.ID) {
		d.Reach.Welcome(v)
	}
	return d.showReach(c.UserContext(), me)
}

func known(devices []chat.PushDevice, id string) bool {
	for _, v := range devices {
		if v.ID == id {
			return true
		}
	}
	return false
}

func (d *Door) deletePushDevice(c *fiber.Ctx, me *signedIn) (any, error) {
	if err := empty(c); err != nil {
		return nil, err
	}
	id, err := idOf(c, "id")
	if err != nil {
		return nil, err
	}
	if err := d.Store.DeletePushDevice(c.UserContext(), me.agent.ID, id); err != nil {
		return nil, err
	}
	return d.showReach(c.UserContext(), me)
}
