package console

import (
	"context"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"rapport/hub"
	"rapport/hub/chat"
	"rapport/hub/door"
)

// secondShape is SecondStep of the protocol.
type secondShape struct {
	On        bool      `json:"on"`
	Since     chat.Time `json:"since"`
	CodesLeft int64     `json:"codes_left"`
	Required  bool      `json:"required"` // the role takes it
}

// maxCode bounds what is typed as a code, in bytes.
const maxCode = 64

// secondStep tells whether the one who asks signs in with a second step.
func (d *Door) secondStep(c *fiber.Ctx, me *signedIn) (any, error) {
	return d.showSecondStep(c.UserContext(), me.agent)
}

func (d *Door) showSecondStep(ctx context.Context, a *chat.Agent) (any, error) {
	required, err := d.takesSecondStep(ctx, a)
	if err != nil {
		return nil, err
	}
	v, err := d.Store.SecondStep(ctx, a.ID)
	if chat.Is(err, chat.NotFound) || err == nil && v.OnAt == 0 {
		return secondShape{Required: required}, nil
	}
	if err != nil {
		return nil, err
	}
	return secondShape{true, v.OnAt, v.CodesLeft, required}, nil
}

// takesSecondStep reports whether the agent's role takes a second step.
func (d *Door) takesSecondStep(ctx context.Context, a *chat.Agent) (bool, error) {
	roles, err := d.Store.SecondStepRoles(ctx)
	return slices.Contains(roles, a.Role), err
}

// provePassword refuses a password that is not the agent's.
func (d *Door) provePassword(ctx context.Context, a *chat.Agent, password string) error {
	if len(password) > maxPassword {
		return chat.FailField("password", "This is not your password.")
	}
	fits, _, err := d.gate.verify(ctx, a.PasswordHash, password)
	if err == nil && !fits {
		err = chat.FailField("password", "This is not your password.")
	}
	return err
}

// beginSecondStep makes a secret for the app, shown in this answer only. It is on
// once a first code has shown that the app has it.
func (d *Door) beginSecondStep(c *fiber.Ctx, me *signedIn) (any, error) {
	var r struct {
		Password string `json:"password"`
	}
	if err := door.Body(c, smallBody, &r); err != nil {
		return nil, err
	}
	if err := d.provePassword(c.UserContext(), me.agent, r.Password); err != nil {
		return nil, err
	}
	secret, address, err := newSecret(issuerOf(d.PublicURL), me.agent.Email)
	if err != nil {
		return nil, err
	}
	rows, err := drawQR(address)
	if err != nil {
		return nil, err
	}
	if err := d.Store.BeginSecondStep(c.UserContext(), me.agent.ID, secret); err != nil {
		return nil, err
	}
	return fiber.Map{"secret": secret, "address": address, "qr": rows}, nil
}

// confirmSecondStep turns it on with the app's first code. All other sign-ins end:
// they were opened with a password alone.
func (d *Door) confirmSecondStep(c *fiber.Ctx, me *signedIn) (any, error) {
	code, err := readCode(c)
	if err != nil {
		return nil, err
	}
	v, err := d.Store.SecondStep(c.UserContext(), me.agent.ID)
	if chat.Is(err, chat.NotFound) || err == nil && v.OnAt > 0 {
		return nil, chat.Fail(chat.Conflict, "Begin with the second step anew.")
	}
	if err != nil {
		return nil, err
	}
	step, ok := matchCode(v.Secret, code, d.Clock().Std())
	if !ok {
		return nil, wrongCode()
	}
	codes := chat.NewRecoveryCodes()
	ended, err := d.Store.TurnOnSecondStep(c.UserContext(), me.agent.ID, v.Secret, step, hashed(codes), me.session.ID)
	if err != nil {
		return nil, err
	}
	d.kick(ended)
	d.audit(c.UserContext(), me.agent.ID, "second_step.on", me.agent.ID, "")
	d.tellTeam("", "agents")
	return fiber.Map{"codes": codes}, nil
}

// renewRecoveryCodes makes new ones in place of those before; a code proves that it
// is not somebody at a desk that was left open.
func (d *Door) renewRecoveryCodes(c *fiber.Ctx, me *signedIn) (any, error) {
	code, err := readCode(c)
	if err != nil {
		return nil, err
	}
	if _, err := d.proveCode(c.UserContext(), me.agent, code); err != nil {
		return nil, err
	}
	codes := chat.NewRecoveryCodes()
	if err := d.Store.SaveRecoveryCodes(c.UserContext(), me.agent.ID, hashed(codes)); err != nil {
		return nil, err
	}
	d.audit(c.UserContext(), me.agent.ID, "second_step.codes_renewed", me.agent.ID, "")
	return fiber.Map{"codes": codes}, nil
}

// turnOffSecondStep takes it away again, unless the role takes it.
func (d *Door) turnOffSecondStep(c *fiber.Ctx, me *signedIn) (any, error) {
	var r struct {
		Password string `json:"password"`
		Code     string `json:"code"`
	}
	if err := door.Body(c, smallBody, &r); err != nil {
		return nil, err
	}
	required, err := d.takesSecondStep(c.UserContext(), me.agent)
	if err != nil {
		return nil, err
	}
	if required {
		return nil, chat.Fail(chat.Forbidden, "Your role signs in with a second step.")
	}
	if err := d.provePassword(c.UserContext(), me.agent, r.Password); err != nil {
		return nil, err
	}
	if _, err := d.proveCode(c.UserContext(), me.agent, r.Code); err != nil {
		return nil, err
	}
	return d.dropSecondStep(c, me, me.agent, me.session.ID)
}

// resetSecondStep is for a colleague who has lost their app and their codes.
func (d *Door) resetSecondStep(c *fiber.Ctx, me *signedIn) (any, error) {
	if err := empty(c); err != nil {
		return nil, err
	}
	a, err := d.beneath(c, me)
	if err != nil {
		return nil, err
	}
	if a.ID == me.agent.ID {
		return nil, chat.Fail(chat.Forbidden, "Turn off your own second step with your password and a code.")
	}
	return d.dropSecondStep(c, me, a, "")
}

// dropSecondStep takes an agent's second step away and ends their sign-ins but keep.
func (d *Door) dropSecondStep(c *fiber.Ctx, me *signedIn, a *chat.Agent, keep string) (any, error) {
	ended, err := d.Store.TurnOffSecondStep(c.UserContext(), a.ID, keep)
	if chat.Is(err, chat.NotFound) {
		return nothing{}, nil // there was none
	}
	if err != nil {
		return nil, err
	}
	d.kick(ended)
	d.audit(c.UserContext(), me.agent.ID, "second_step.off", a.ID, "")
	d.tellTeam("", "agents")
	return nothing{}, nil
}

func (d *Door) kick(ended []string) {
	for _, id := range ended {
		d.Hub.Kick(id, hub.Revoked)
	}
}

func readCode(c *fiber.Ctx) (string, error) {
	var r struct {
		Code string `json:"code"`
	}
	err := door.Body(c, smallBody, &r)
	return r.Code, err
}

func hashed(codes []string) []string {
	out := make([]string, len(codes))
	for i, code := range codes {
		out[i] = chat.HashRecoveryCode(code)
	}
	return out
}

func wrongCode() error {
	return chat.FailField("code", "This code is not right, or was used already. Take the one that your app shows now.")
}

// proveCode takes a code of the agent's app, or one of their recovery codes, refuses
// any other, and returns since when the second step is on. Each is good once. How many
// are tried is bounded by agent, in a minute and in a day, from wherever they come: a
// code has six digits.
func (d *Door) proveCode(ctx context.Context, a *chat.Agent, code string) (since chat.Time, err error) {
	if err := d.refuse(ctx, perCode, a.ID); err != nil {
		return 0, err
	}
	code = strings.TrimSpace(code)
	v, err := d.Store.SecondStep(ctx, a.ID)
	if err != nil {
		return 0, err
	}
	if v.OnAt == 0 || len(code) > maxCode {
		return 0, wrongCode()
	}
	if taken, err := d.takeCode(ctx, v, code); taken || err != nil {
		return v.OnAt, err
	}
	if wait := v.Missed.Wait(d.Clock()); wait > 0 {
		return 0, tooManyCodes(wait)
	}
	if err := d.Store.MissCode(ctx, a.ID); err != nil {
		return 0, err
	}
	return 0, wrongCode()
}

// takeCode reports whether a code was right, and uses it up.
func (d *Door) takeCode(ctx context.Context, v *chat.SecondStep, code string) (bool, error) {
	if step, ok := matchCode(v.Secret, code, d.Clock().Std()); ok {
		return d.Store.UseSecondStep(ctx, v.AgentID, step)
	}
	taken, err := d.Store.UseRecoveryCode(ctx, v.AgentID, chat.HashRecoveryCode(code))
	if taken {
		d.audit(ctx, v.AgentID, "second_step.recovery_code_used", v.AgentID, "")
	}
	return taken, err
}

// tooManyCodes tells how long the codes of the app are not taken, and what is.
func tooManyCodes(wait time.Duration) error {
	hours := int(math.Ceil(wait.Hours()))
	f := chat.Fail(chat.RateLimited, "Too many wrong codes were typed. Take one of your recovery codes, or try again in %d h.", hours)
	f.RetryAfter = int(math.Ceil(wait.Seconds()))
	return f
}

// securityShape is Security of the protocol.
type securityShape struct {
	Roles []chat.Role `json:"second_step_roles"`
}

func (d *Door) security(c *fiber.Ctx, _ *signedIn) (any, error) {
	roles, err := d.Store.SecondStepRoles(c.UserContext())
	return securityShape{append([]chat.Role{}, roles...)}, err
}

// setSecurity says which roles sign in with a second step. Whoever has none yet is
// signed out and sets it up next; the caller must have it first, so that nobody locks
// themselves out.
func (d *Door) setSecurity(c *fiber.Ctx, me *signedIn) (any, error) {
	var r securityShape
	if err := door.Body(c, smallBody, &r); err != nil {
		return nil, err
	}
	slices.Sort(r.Roles)
	r.Roles = slices.Compact(r.Roles)
	if slices.Contains(r.Roles, me.agent.Role) && !me.agent.Second {
		return nil, chat.FailField("second_step_roles", "Set up your own second step first, on your account page.")
	}
	before, err := d.Store.SecondStepRoles(c.UserContext())
	if err != nil {
		return nil, err
	}
	ended, err := d.Store.SaveSecondStepRoles(c.UserContext(), r.Roles)
	if err != nil {
		return nil, err
	}
	d.kick(ended)
	d.audit(c.UserContext(), me.agent.ID, "security.second_step_roles", me.agent.ID, "from "+roleLine(before)+" to "+roleLine(r.Roles))
	return securityShape{append([]chat.Role{}, r.Roles...)}, nil
}

func roleLine(roles []chat.Role) string {
	words := make([]string, len(roles))
	for i, r := range roles {
		words[i] = string(r)
	}
	return "[" + strings.Join(words, ",") + "]"
}
