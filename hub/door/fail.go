package door

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"strconv"
	"sync"

	"github.com/gofiber/fiber/v2"

	"rapport/hub/chat"
)

// statuses is the one table of codes and HTTP statuses.
var statuses = map[chat.Code]int{
	chat.Invalid:         fiber.StatusUnprocessableEntity,
	chat.UnknownField:    fiber.StatusUnprocessableEntity,
	chat.PlaceholderLeft: fiber.StatusUnprocessableEntity,
	chat.BadJSON:         fiber.StatusBadRequest,
	chat.TooLarge:        fiber.StatusRequestEntityTooLarge,
	chat.Unauthorized:    fiber.StatusUnauthorized,
	chat.TokenExpired:    fiber.StatusUnauthorized,
	chat.SecretStale:     fiber.StatusUnauthorized,
	chat.SetupNeeded:     fiber.StatusUnauthorized,
	chat.SecondStepDue:   fiber.StatusUnauthorized,
	chat.SecondStepUnset: fiber.StatusForbidden,
	chat.IdentityRefused: fiber.StatusForbidden,
	chat.IdentityNeeded:  fiber.StatusForbidden,
	chat.Forbidden:       fiber.StatusForbidden,
	chat.BadOrigin:       fiber.StatusForbidden,
	chat.BadCSRF:         fiber.StatusForbidden,
	chat.NotFound:        fiber.StatusNotFound,
	chat.Conflict:        fiber.StatusConflict,
	chat.TakenByOther:    fiber.StatusConflict,
	chat.AlreadyClosed:   fiber.StatusConflict,
	chat.PromiseOpen:     fiber.StatusConflict,
	chat.CauseMissing:    fiber.StatusConflict,
	chat.SetupDone:       fiber.StatusConflict,
	chat.LinkExpired:     fiber.StatusGone,
	chat.RateLimited:     fiber.StatusTooManyRequests,
	chat.Overloaded:      fiber.StatusServiceUnavailable,
	chat.StoreDown:       fiber.StatusServiceUnavailable,
	chat.Internal:        fiber.StatusInternalServerError,
}

// Status is the HTTP status of a code.
func Status(code chat.Code) int {
	if s, ok := statuses[code]; ok {
		return s
	}
	return fiber.StatusInternalServerError
}

// fail is the app's error handler: every error that a handler returns becomes
// {code, message, field}. What is not a Failure is logged and told nobody.
func (a *App) fail(c *fiber.Ctx, err error) error {
	f, status := a.failure(c, err)
	a.failures.add(f.Code)
	if f.RetryAfter > 0 {
		c.Set(fiber.HeaderRetryAfter, strconv.Itoa(f.RetryAfter))
	}
	c.Set(fiber.HeaderCacheControl, "no-store")
	c.Set(fiber.HeaderXContentTypeOptions, "nosniff")
	return c.Status(status).JSON(f)
}

// failure finds the Failure in an error, and its status.
func (a *App) failure(c *fiber.Ctx, err error) (*chat.Failure, int) {
	var f *chat.Failure
	if errors.As(err, &f) {
		if f.Code == chat.Internal {
			a.report(c, err)
		}
		return f, Status(f.Code)
	}
	var fe *fiber.Error
	if errors.As(err, &fe) && fe.Code < 500 {
		return requestFailure(fe.Code), fe.Code
	}
	id := a.report(c, err)
	return chat.Fail(chat.Internal, "Something went wrong on our side. If it stays, name this number: %s", id), fiber.StatusInternalServerError
}

// report logs an error of ours under a number that the answer carries too.
func (a *App) report(c *fiber.Ctx, err error) string {
	id := RequestID(c)
	c.Set(fiber.HeaderXRequestID, id)
	a.log.Error("request failed", "request", id, "method", c.Method(), "route", c.Route().Path, "error", err)
	return id
}

// requestFailure words what Fiber and fasthttp refuse by themselves.
func requestFailure(status int) *chat.Failure {
	switch status {
	case fiber.StatusNotFound:
		return chat.ErrNotFound
	case fiber.StatusMethodNotAllowed:
		return chat.Fail(chat.Invalid, "This address does not answer to that method.")
	case fiber.StatusRequestEntityTooLarge:
		return chat.Fail(chat.TooLarge, "This request is too large.")
	case fiber.StatusRequestHeaderFieldsTooLarge:
		return chat.Fail(chat.TooLarge, "The headers of this request are too large.")
	case fiber.StatusRequestTimeout:
		return chat.Fail(chat.Invalid, "The request did not arrive in time.")
	case fiber.StatusUpgradeRequired:
		return chat.Fail(chat.Invalid, "This address speaks WebSocket, version 13.")
	}
	return chat.Fail(chat.Invalid, "This is not a request that the server understands.")
}

const requestID = "rapport.request"

// RequestID is a number for this request, made when it is first asked for.
func RequestID(c *fiber.Ctx) string {
	if id, ok := c.Locals(requestID).(string); ok {
		return id
	}
	var b [8]byte
	_, _ = rand.Read(b[:]) // never fails; see crypto/rand
	id := hex.EncodeToString(b[:])
	c.Locals(requestID, id)
	return id
}

// failureCounts counts by code.
type failureCounts struct {
	mu sync.Mutex
	by map[chat.Code]int64
}

func (f *failureCounts) add(code chat.Code) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.by == nil {
		f.by = make(map[chat.Code]int64)
	}
	f.by[code]++
}

func (f *failureCounts) read() map[chat.Code]int64 {
	f.mu.Lock()
	defer f.mu.Unlock()
	out := make(map[chat.Code]int64, len(f.by))
	for k, v := range f.by {
		out[k] = v
	}
	return out
}
