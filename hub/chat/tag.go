package chat

import (
	"strings"
	"unicode/utf8"
)

// Bounds of tags: how many a site keeps, how many stand on one conversation, and
// how long a name is, in code points.
const (
	MaxTags    = 500
	MaxTagsOn  = 20
	MaxTagName = 40
)

// Tag is a word that a team sorts its conversations by.
type Tag struct {
	ID         string
	SiteID     string
	Name       string
	Uses       int64 // conversations that have it
	MadeBy     string
	MadeAt     Time
	MergedInto string // the tag that took its place, "" for none
	DeletedAt  Time   // also of one that was merged
}

// TagCard is what a row shows of a tag.
type TagCard struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// CleanTag makes a tag's name fit to store, or says why it is none.
func CleanTag(name string) (string, error) {
	if utf8.RuneCountInString(name) > 2*MaxTagName {
		return "", FailField("name", "A tag has at most %d characters.", MaxTagName)
	}
	name = CleanLine(strings.TrimLeft(strings.TrimSpace(name), "#"), 2*MaxTagName)
	switch n := utf8.RuneCountInString(name); {
	case n == 0:
		return "", FailField("name", "Give the tag a name.")
	case n > MaxTagName:
		return "", FailField("name", "A tag has at most %d characters.", MaxTagName)
	}
	return name, nil
}

// FoldTag is a clean name as two of them are compared.
func FoldTag(name string) string { return strings.ToLower(name) }

// TagTx reads and writes tags.
type TagTx interface {
	// Tag returns a tag that stands, or the one it was merged into. ErrNotFound for
	// one that is not there or was deleted.
	Tag(id string) (*Tag, error)
	// TagByName returns the tag of a site that stands under a name.
	TagByName(siteID, name string) (*Tag, error)
	// InsertTag stores a new one; Conflict where the site has MaxTags.
	InsertTag(v *Tag) error
	// TagsOn returns the ids of a conversation's tags.
	TagsOn(conversationID string) ([]string, error)
	// AddTag puts a tag on a conversation that does not have it, and counts it.
	AddTag(conversationID, tagID string) error
	// RemoveTag takes it off one that has it.
	RemoveTag(conversationID, tagID string) error
}
