package door

import (
	"context"
	"errors"
	"strings"

	"github.com/gofiber/fiber/v2"

	"rapport/hub/chat"
	"rapport/hub/trace"
)

// conversation is the key of a conversation's id in a trace.
const conversation = "rapport.conversation"

// follow begins to follow a request, if it is one of those that are. A traceparent is
// believed of our own proxies alone: anybody else could have each of theirs followed.
func (a *App) follow(c *fiber.Ctx) *trace.Span {
	if a.traces == nil {
		return nil
	}
	parent := ""
	if inside(tcpAddr(c.Context().RemoteAddr()), a.proxies) {
		parent = c.Get("traceparent")
	}
	ctx, span := a.traces.Begin(c.UserContext(), c.Method(), trace.Asked, parent)
	if span != nil {
		c.SetUserContext(ctx)
	}
	return span
}

// tellOf ends the span of a request that was answered, or failed with err. Its path is
// told as the route's, which holds no id.
func tellOf(span *trace.Span, c *fiber.Ctx, err error) {
	route := c.Route().Path
	status := c.Response().StatusCode()
	if err != nil {
		var code string
		code, status = codeOf(err)
		span.Fail(code)
	}
	span.Name(c.Method() + " " + route)
	span.Say(trace.Text("http.request.method", c.Method()), trace.Text("http.route", route),
		trace.Number("http.response.status_code", int64(status)), trace.Text("rapport.request", RequestID(c)))
	if id := c.Params("id"); strings.Contains(route, "/conversations/:id") && chat.ValidID(id) {
		span.Say(trace.Text(conversation, id))
	}
	span.End()
}

// codeOf is the code and the status by which a request is refused.
func codeOf(err error) (code string, status int) {
	var f *chat.Failure
	if errors.As(err, &f) {
		return string(f.Code), Status(f.Code)
	}
	var fe *fiber.Error
	if errors.As(err, &fe) && fe.Code < 500 {
		return string(requestFailure(fe.Code).Code), fe.Code
	}
	return string(chat.Internal), fiber.StatusInternalServerError
}

// FollowFrame handles a frame that writes, and follows it if it is one of those that
// are. id is the conversation that the client names.
func FollowFrame(ctx context.Context, t *trace.Tracer, name, id string, handle func(context.Context) error) error {
	ctx, span := t.Begin(ctx, name, trace.Asked, "")
	err := handle(ctx)
	if span == nil {
		return err
	}
	if err != nil {
		code, _ := codeOf(err)
		span.Fail(code)
	}
	if chat.ValidID(id) {
		span.Say(trace.Text(conversation, id))
	}
	span.End()
	return err
}
