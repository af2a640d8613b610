package mail

import (
	"errors"
	"strconv"

	"rapport/hub/chat"
)

// Trouble says, in a language, why what was sent from a page was not taken. The
// sentences of failures are for programs and in English, so it goes by code and
// field.
func Trouble(locale string, err error) string {
	w := languages().in(locale)
	var f *chat.Failure
	if !errors.As(err, &f) {
		return w.Say("trouble_later")
	}
	switch f.Code {
	case chat.Conflict:
		return w.Say("trouble_settled")
	case chat.Forbidden:
		return w.Say("trouble_refused")
	case chat.AlreadyClosed, chat.NotFound, chat.IdentityNeeded:
		return w.Say("trouble_closed")
	case chat.Invalid, chat.BadJSON, chat.TooLarge:
		return w.unfit(f)
	}
	return w.Say("trouble_later")
}

// unfit says what does not fit of a form.
func (w *words) unfit(f *chat.Failure) string {
	switch {
	case f.Field == "option":
		return w.Say("trouble_option")
	case f.Field == "comment":
		return w.Say("trouble_comment", "most", strconv.Itoa(chat.MaxComment))
	case f.Field == "text" || f.Code == chat.TooLarge:
		return w.Say("trouble_words", "most", strconv.Itoa(chat.MaxCardAnswer))
	}
	return w.Say("trouble_form")
}
