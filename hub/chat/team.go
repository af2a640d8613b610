package chat

import "slices"

// Team is some of the people who answer, and what they are there for. Somebody
// may be in several teams or in none.
type Team struct {
	ID      string
	Name    string
	Skills  Skills
	Members []string // agent ids, each once, in their order
	MadeAt  Time
}

// Skills are the customers and matters that a team is for. An empty list is for
// any; the lists together are "and", the words of one list "or".
type Skills struct {
	Sites     []string `json:"sites,omitempty"`     // ids of those it serves
	Segments  []string `json:"segments,omitempty"`  // of Segments
	Types     []string `json:"types,omitempty"`     // of InteractionTypes
	Languages []string `json:"languages,omitempty"` // tags such as en or pt-BR
}

// Moved returns who joined a team that had these members before, and who left it.
func (t *Team) Moved(before []string) (list []string) {
	for _, id := range t.Members {
		if !slices.Contains(before, id) {
			list = append(list, id)
		}
	}
	for _, id := range before {
		if !slices.Contains(t.Members, id) {
			list = append(list, id)
		}
	}
	return list
}

// Bounds of teams.
const (
	MaxTeams     = 200
	MaxMembers   = 1_000 // of one team
	maxTeamSites = 1_000
)

// Clean makes a team fit to keep, each list in its order and each word once, and
// reports the first field that is out of its bounds. Whether sites and members
// are there is the store's to know.
func (t *Team) Clean() error {
	t.Name = CleanLine(t.Name, MaxName)
	switch {
	case t.Name == "":
		return FailField("name", "Give the team a name.")
	case len(t.Members) > MaxMembers:
		return FailField("members", "At most %d people are in one team.", MaxMembers)
	}
	t.Members = slices.Compact(slices.Sorted(slices.Values(t.Members)))
	return t.Skills.clean()
}

func (s *Skills) clean() (err error) {
	for _, part := range []struct {
		name  string
		list  *[]string
		known []string
	}{{"segments", &s.Segments, Segments}, {"types", &s.Types, InteractionTypes}} {
		for _, word := range *part.list {
			if !slices.Contains(part.known, word) {
				return FailField(part.name, "%q is not among %v.", CleanLine(word, MaxKey), part.known)
			}
		}
		*part.list = ordered(*part.list, part.known)
	}
	if len(s.Sites) > maxTeamSites {
		return FailField("sites", "These are more sites than there are.")
	}
	s.Sites = slices.Compact(slices.Sorted(slices.Values(s.Sites)))
	s.Languages, err = cleanLanguages("languages", s.Languages)
	return err
}

// Serves reports whether a team with these skills is for a site.
func (s *Skills) Serves(siteID string) bool {
	return len(s.Sites) == 0 || slices.Contains(s.Sites, siteID)
}

// cleanLanguages brings tags into their order, each once, and reports the first
// that is none.
func cleanLanguages(field string, tags []string) ([]string, error) {
	if len(tags) > maxLanguages {
		return nil, FailField(field, "At most %d languages.", maxLanguages)
	}
	for _, tag := range tags {
		if !languageForm.MatchString(tag) {
			return nil, FailField(field, "%q is not a language tag such as en or pt-BR.", CleanLine(tag, MaxKey))
		}
	}
	return slices.Compact(slices.Sorted(slices.Values(tags))), nil
}
