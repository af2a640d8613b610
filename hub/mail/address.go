package mail

import (
	"errors"
	"fmt"
	netmail "net/mail"
	"net/url"
	"strconv"
	"strings"
)

// Server is where outgoing e-mail is handed in, as --smtp and --mail-from say.
type Server struct {
	Host     string
	Port     int
	TLS      bool // from the first byte; otherwise STARTTLS, demanded where there is a password
	User     string
	Password string
	From     string // address that letters come from and replies go to
}

// ReadServer reads smtp://user@host:587 or smtps://host, and the address that
// letters come from. A password stands in neither. Errors are one line for people.
func ReadServer(smtp, from, password string) (*Server, error) {
	u, err := url.Parse(smtp)
	switch {
	case err != nil, u.Scheme != "smtp" && u.Scheme != "smtps", u.Hostname() == "", strings.Trim(u.Path, "/") != "", u.RawQuery != "", u.Fragment != "":
		return nil, errors.New("smtp: write it like smtp://user@mail.example.com:587 or smtps://user@mail.example.com")
	}
	s := &Server{Host: u.Hostname(), Port: 587, TLS: u.Scheme == "smtps", User: u.User.Username(), Password: password}
	if _, set := u.User.Password(); set {
		return nil, errors.New("smtp: a password in the URL can be seen by others on this machine; set RAPPORT_SMTP_PASSWORD instead")
	}
	if s.TLS {
		s.Port = 465
	}
	if p := u.Port(); p != "" {
		if s.Port, err = strconv.Atoi(p); err != nil || s.Port < 1 || s.Port > 65535 {
			return nil, fmt.Errorf("smtp: %q is not a port", p)
		}
	}
	if (s.User == "") != (s.Password == "") {
		return nil, errors.New("smtp: a user needs RAPPORT_SMTP_PASSWORD, and that needs a user: smtp://user@mail.example.com")
	}
	if s.From, err = readFrom(from); err != nil {
		return nil, err
	}
	return s, nil
}

// readFrom wants a bare address: the name before it is each site's.
func readFrom(from string) (string, error) {
	if from == "" {
		return "", errors.New("mail-from: say from which address letters come, for example --mail-from hello@example.com")
	}
	a, err := netmail.ParseAddress(from)
	if err != nil || a.Name != "" || a.Address != strings.TrimSpace(from) || strings.ContainsAny(from, "\r\n") {
		return "", fmt.Errorf("mail-from %q: write an address alone, like hello@example.com; the site's name is put before it", from)
	}
	return a.Address, nil
}

// domain is what stands behind the @, for the ids of letters.
func (s *Server) domain() string { return s.From[strings.LastIndexByte(s.From, '@')+1:] }
