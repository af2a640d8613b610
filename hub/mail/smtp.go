package mail

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	netmail "net/mail"
	"strings"
	"time"

	gomail "github.com/wneessen/go-mail"

	"rapport/hub/ics"
)

// answerTime is how long the mail server may take to be reached, to let us in, and
// to take a letter: for each of them anew.
const answerTime = 15 * time.Second

// message is an e-mail that is ready to go.
type message struct {
	ID       string // of this letter, the same at every try; without <>
	Thread   string // of its conversation, so that mail programs show them together
	FromName string
	To       string
	Subject  string
	Lang     string
	Stop     string // where a POST ends such letters (RFC 8058), or ""
	Text     string
	HTML     string // "" for none

	Calendars []calendar
}

// calendar is an appointment as a file that goes with a letter.
type calendar struct{ Method, Text string }

// post hands messages in at a mail server, over a connection each: letters are
// rare, and servers drop idle ones.
type post struct {
	server *Server
	roots  *x509.CertPool // whom its certificate is believed from; nil: the machine's
}

// send returns nil when the server has taken the message. The end of ctx keeps it
// from dialling; a message that is being handed in is handed in all the same.
func (p post) send(ctx context.Context, m *message) error {
	msg, err := p.build(m)
	if err != nil {
		return fmt.Errorf("write mail: %w", err)
	}
	client, err := gomail.NewClient(p.server.Host, p.options()...)
	if err != nil {
		return fmt.Errorf("mail server: %w", err)
	}
	err = client.DialAndSendWithContext(ctx, msg)
	if msg.IsDelivered() {
		return nil // whatever went wrong while saying goodbye
	}
	return err
}

func (p post) options() []gomail.Option {
	s := p.server
	list := []gomail.Option{
		gomail.WithPort(s.Port), gomail.WithTimeout(answerTime), gomail.WithoutNoop(),
		gomail.WithTLSConfig(&tls.Config{ServerName: s.Host, RootCAs: p.roots, MinVersion: tls.VersionTLS12}),
	}
	switch {
	case s.TLS:
		list = append(list, gomail.WithSSL())
	case s.User != "":
		list = append(list, gomail.WithTLSPolicy(gomail.TLSMandatory))
	default:
		list = append(list, gomail.WithTLSPolicy(gomail.TLSOpportunistic))
	}
	if s.User != "" {
		list = append(list, gomail.WithSMTPAuth(gomail.SMTPAuthAutoDiscover), gomail.WithUsername(s.User), gomail.WithPassword(s.Password))
	}
	return list
}

func (p post) build(m *message) (*gomail.Msg, error) {
	msg := gomail.NewMsg(gomail.WithNoDefaultUserAgent())
	if err := msg.To(m.To); err != nil {
		return nil, err
	}
	msg.FromMailAddress(&netmail.Address{Name: m.FromName, Address: p.server.From})
	msg.Subject(m.Subject)
	msg.SetMessageIDWithValue(m.ID + "@" + p.server.domain())
	msg.SetGenHeader(gomail.HeaderReferences, "<"+m.Thread+"@"+p.server.domain()+">")
	msg.SetGenHeader("Auto-Submitted", "auto-generated") // no holiday replies to it
	msg.SetGenHeader(gomail.HeaderContentLang, m.Lang)
	if m.Stop != "" {
		msg.SetGenHeader(gomail.HeaderListUnsubscribe, "<"+m.Stop+">")
		msg.SetGenHeader(gomail.HeaderListUnsubscribePost, "List-Unsubscribe=One-Click")
	}
	msg.SetDate()
	msg.SetBodyString(gomail.TypeTextPlain, m.Text)
	if m.HTML != "" {
		msg.AddAlternativeString(gomail.TypeTextHTML, m.HTML)
	}
	for _, c := range m.Calendars {
		kind := gomail.ContentType("text/calendar; charset=utf-8; method=" + c.Method)
		if err := msg.AttachReader(ics.FileName, strings.NewReader(c.Text), gomail.WithFileContentType(kind)); err != nil {
			return nil, err
		}
	}
	return msg, nil
}

// forGood reports whether the server refused this recipient or this letter for
// ever. A refused sender or sign-in is our own setting, which can be put right.
func forGood(err error) bool {
	var refused *gomail.SendError
	if !errors.As(err, &refused) || refused.IsTemp() || refused.ErrorCode() < 500 {
		return false
	}
	switch refused.Reason {
	case gomail.ErrSMTPRcptTo, gomail.ErrSMTPData, gomail.ErrSMTPDataClose:
		return true
	}
	return false
}

// unreachable reports whether the server did not answer at all, so that the next
// letter would fare no better.
func unreachable(err error) bool {
	var refused *gomail.SendError
	return err != nil && !errors.As(err, &refused)
}
