package chat

import (
	"errors"
	"fmt"
)

// Code names what went wrong. The list is closed: doors map each to one HTTP
// status in one table, and the protocol document lists them all.
type Code string

const (
	Invalid         Code = "invalid"           // a value is out of its bounds; Field says which
	UnknownField    Code = "unknown_field"     // the request has a field that is not in the protocol
	BadJSON         Code = "bad_json"          // not JSON, nested too deep, or a key twice
	TooLarge        Code = "too_large"         // the body or frame is over its limit
	Unauthorized    Code = "unauthorized"      // no credential, or one that does not hold
	TokenExpired    Code = "token_expired"     // ask for a new one
	SecretStale     Code = "secret_stale"      // a newer device secret has been used; read it again
	SecondStepDue   Code = "second_step_due"   // the password is right: send the code with it
	SecondStepUnset Code = "second_step_unset" // the role takes a second step, which is not set up yet
	Forbidden       Code = "forbidden"         // known, but not allowed to do this
	BadOrigin       Code = "bad_origin"        // the page is not among the site's allowed origins
	BadCSRF         Code = "bad_csrf"          // the request does not carry this session's token
	NotFound        Code = "not_found"         // absent, or not yours: the two look the same
	Conflict        Code = "conflict"          // somebody else changed it first
	TakenByOther    Code = "taken_by_other"    // a colleague has this conversation
	AlreadyClosed   Code = "already_closed"    // the conversation is closed
	PromiseOpen     Code = "promise_open"      // a promise of ours is open; keep it, hand it on or say why not
	CauseMissing    Code = "cause_missing"     // a complaint is closed with its root cause, or with why there is none
	PlaceholderLeft Code = "placeholder_left"  // a reply still holds a {{variable}}
	SetupDone       Code = "setup_done"        // the owner exists already
	SetupNeeded     Code = "setup_needed"      // there is no owner yet
	LinkExpired     Code = "link_expired"      // the link was used or has run out
	IdentityRefused Code = "identity_refused"  // the signed identity does not hold; Message says why
	IdentityNeeded  Code = "identity_needed"   // the site talks only with customers whom its own server vouches for
	RateLimited     Code = "rate_limited"      // too many in too short a time
	Overloaded      Code = "overloaded"        // the queue is full; come back in a moment
	StoreDown       Code = "store_unavailable" // nothing was stored and nothing lost; try again
	Internal        Code = "internal"          // our fault; the log has it
)

// Failure is an error that a person may see: a code for programs, a sentence
// that says what to do, and the field it is about if there is one.
type Failure struct {
	Code    Code   `json:"code"`
	Message string `json:"message"`
	Field   string `json:"field,omitempty"`
	// RetryAfter, in seconds, for rate_limited, overloaded and store_unavailable.
	RetryAfter int `json:"-"`
}

func (f *Failure) Error() string {
	if f.Field == "" {
		return string(f.Code) + ": " + f.Message
	}
	return string(f.Code) + ": " + f.Field + ": " + f.Message
}

// Fail makes a Failure.
func Fail(code Code, format string, args ...any) *Failure {
	return &Failure{Code: code, Message: fmt.Sprintf(format, args...)}
}

// FailField makes a Failure about one field, with code Invalid.
func FailField(field, format string, args ...any) *Failure {
	return &Failure{Code: Invalid, Field: field, Message: fmt.Sprintf(format, args...)}
}

// CodeOf returns the code of the Failure in err's chain, or Internal.
func CodeOf(err error) Code {
	var f *Failure
	if errors.As(err, &f) {
		return f.Code
	}
	return Internal
}

// Is reports whether err carries this code.
func Is(err error, code Code) bool { return err != nil && CodeOf(err) == code }

// ErrNotFound is what the store returns for an absent row.
var ErrNotFound = Fail(NotFound, "There is nothing here, or it is not yours.")
